interface Watch {
	waiting: number;
	readonly stop: () => void;
}

/**
 * Calls back when a signal aborts under which requests wait. All requests with the same signal share one listener:
 * a node run may have thousands of them, and adding a listener takes Node.js longer the more there are.
 */
export class AbortWatch {
	private readonly watches = new Map<AbortSignal, Watch>();

	/** @param onAbort called once for a signal, however many wait under it */
	constructor(private readonly onAbort: (signal: AbortSignal) => void) {}

	/** One more request waits under the signal. */
	enter(signal: AbortSignal | undefined): void {
		if (signal === undefined) return;
		const watch = this.watches.get(signal) ?? { waiting: 0, stop: () => this.onAbort(signal) };
		if (watch.waiting === 0) signal.addEventListener('abort', watch.stop);
		watch.waiting += 1;
		this.watches.set(signal, watch);
	}

	/** One request waits no longer; with the last one the listener is removed. */
	leave(signal: AbortSignal | undefined): void {
		const watch = signal && this.watches.get(signal);
		if (!watch) return;
		watch.waiting -= 1;
		if (watch.waiting > 0) return;
		signal.removeEventListener('abort', watch.stop);
		this.watches.delete(signal);
	}
}
