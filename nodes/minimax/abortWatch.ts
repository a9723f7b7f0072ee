interface Watch {
	waiting: number;
	readonly stop: () => void;
}

/**
 * Says when a signal aborts under which somebody waits. Thousands wait under that of a node run, and Node.js
 * looks through all listeners of a signal to add one more, so that all of them share one.
 */
export class AbortWatch {
	private readonly watches = new Map<AbortSignal, Watch>();

	/** @param onAbort called once for a signal, however many wait under it */
	constructor(private readonly onAbort: (signal: AbortSignal) => void) {}

	/** One more waits under the signal. */
	enter(signal: AbortSignal | undefined): void {
		if (signal === undefined) return;
		const watch = this.watches.get(signal) ?? { waiting: 0, stop: () => this.onAbort(signal) };
		if (watch.waiting === 0) signal.addEventListener('abort', watch.stop);
		watch.waiting += 1;
		this.watches.set(signal, watch);
	}

	/** One of those who entered waits no longer; the last one takes the listener away. */
	leave(signal: AbortSignal | undefined): void {
		const watch = signal && this.watches.get(signal);
		if (!watch) return;
		watch.waiting -= 1;
		if (watch.waiting > 0) return;
		signal.removeEventListener('abort', watch.stop);
		this.watches.delete(signal);
	}
}
