/** Time, as far as it is needed here; in milliseconds. */
export interface Timer {
	now(): number;
	/** Rejects when the signal aborts. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface SilenceOptions {
	/** Milliseconds without a sign of the answer that end the waiting. */
	timeoutMs: number;
	timer: Timer;
	/** Closes the connection. */
	hangUp: () => void;
}

export interface SilenceWatch {
	/** Settles as the promise does, or rejects with a SilenceError once nothing has come for too long. */
	wait<T>(promise: Promise<T>): Promise<T>;
	/** Something has come: the time begins anew. */
	moved(): void;
	/** Shortens the time of allowed silence to so many milliseconds. */
	hurry(ms: number): void;
	/** Nothing is waited for any more. */
	end(): void;
}

/** Nothing came in time. */
export class SilenceError extends Error {
	constructor(readonly timeoutMs: number) {
		super('Nothing came in time');
		this.name = 'SilenceError';
	}
}

/**
 * Ends a wait once nothing has come for too long, and hangs up. n8n's HTTP client has a timeout until the
 * reply begins. During the reply it has one only where it follows redirects, which our requests must not
 * (axios 1.18, lib/adapters/http.js: handleTimeout, isNativeTransport). Only the time spent waiting counts,
 * not what the reader takes in between.
 */
export function watchSilence({ timeoutMs, timer, hangUp }: SilenceOptions): SilenceWatch {
	const over = new AbortController();
	/** Milliseconds of the waits before this one in which nothing came. */
	let earlierMs = 0;
	let waiting: { since: number; reject: (error: Error) => void } | null = null;
	let isWatching = false;
	let isTooLate = false;
	let limitMs = timeoutMs;
	let hurried = new AbortController();

	function silenceMs(): number {
		return earlierMs + (waiting === null ? 0 : timer.now() - waiting.since);
	}

	// One timer for as long as somebody waits: it is set again for what is left when something came meanwhile.
	async function watchClock(): Promise<void> {
		isWatching = true;
		for (let leftMs = limitMs - silenceMs(); leftMs > 0 && waiting !== null; ) {
			await timer
				.sleep(leftMs, AbortSignal.any([over.signal, hurried.signal]))
				.catch(() => undefined);
			if (over.signal.aborted) return;
			leftMs = limitMs - silenceMs();
		}
		isWatching = false;
		if (waiting === null) return;
		isTooLate = true;
		waiting.reject(new SilenceError(timeoutMs));
		hangUp();
	}

	return {
		async wait(promise) {
			if (isTooLate) throw new SilenceError(timeoutMs);
			return await new Promise((resolve, reject) => {
				waiting = { since: timer.now(), reject };
				if (!isWatching) void watchClock();
				promise.then(
					(value) => {
						earlierMs = silenceMs();
						waiting = null;
						resolve(value);
					},
					(error: unknown) => {
						over.abort();
						reject(error);
					},
				);
			});
		},
		moved() {
			earlierMs = 0;
			if (waiting !== null) waiting.since = timer.now();
		},
		hurry(ms) {
			if (ms >= limitMs) return;
			limitMs = ms;
			const before = hurried;
			hurried = new AbortController();
			before.abort();
		},
		end: () => over.abort(),
	};
}
