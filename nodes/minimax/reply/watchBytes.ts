import { isCancellation } from './classifyInterruption';
import type { SilenceWatch } from './watchSilence';

export interface WatchedBytes {
	/** End where the connection broke off, as if that was their end. */
	bytes: AsyncIterable<Uint8Array>;
	/** What the connection broke off with; null as long as it did not. */
	interruption(): { error: unknown } | null;
}

/**
 * Bytes that do not throw, so that an exception while they are read is one of the reader's. Only
 * cancellations pass through.
 *
 * @param silence ends them when nothing comes for too long
 */
export function watchBytes(
	source: AsyncIterable<Uint8Array>,
	silence?: SilenceWatch,
): WatchedBytes {
	let interruption: { error: unknown } | null = null;

	const passOn = (result: IteratorResult<Uint8Array>): IteratorResult<Uint8Array> => {
		if (result.done === true) silence?.end();
		else silence?.moved();
		return result;
	};
	const breakOff = (error: unknown): IteratorResult<Uint8Array> => {
		if (isCancellation(error)) throw error;
		interruption = { error };
		return { done: true, value: undefined };
	};

	// A plain object and no generator: a generator costs a microtask for each piece of bytes.
	const bytes: AsyncIterable<Uint8Array> = {
		[Symbol.asyncIterator]() {
			const iterator = source[Symbol.asyncIterator]();
			return {
				async next() {
					if (interruption !== null) return { done: true, value: undefined };
					const next = iterator.next();
					return await (silence === undefined ? next : silence.wait(next)).then(passOn, breakOff);
				},
				async return() {
					silence?.end();
					await iterator.return?.();
					return { done: true, value: undefined };
				},
			};
		},
	};
	return { bytes, interruption: () => interruption };
}
