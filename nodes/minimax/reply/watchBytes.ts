import { isCancellation, TooLongError } from './classifyInterruption';
import type { SilenceWatch } from './watchSilence';

/**
 * The longest answer, 524,288 tokens in as many chunks, comes to some 250 MB; compressed, a reply of 1 MB may
 * stand for more than any machine holds.
 */
const MOST_BYTES = 512 * 1024 * 1024;

/**
 * Most bytes in a row that bring nothing of the answer: one event of the greatest length, in characters of four
 * bytes.
 */
const MOST_IDLE_BYTES = 64 * 1024 * 1024;

const DONE: IteratorResult<Uint8Array> = { done: true, value: undefined };

export interface WatchedBytes {
	/** End where the connection broke off, as if that was their end. */
	bytes: AsyncIterable<Uint8Array>;
	/** Something of the answer has come: the time of silence begins anew. */
	moved(): void;
	/** What the connection broke off with; null as long as it did not. */
	interruption(): { error: unknown } | null;
}

/**
 * Bytes that do not throw, so that an exception while they are read is one of the reader's. Only
 * cancellations pass through.
 *
 * @param silence ends them when nothing comes for too long; whoever reads them tells it what moves on
 */
export function watchBytes(
	source: AsyncIterable<Uint8Array>,
	silence?: SilenceWatch,
): WatchedBytes {
	let interruption: { error: unknown } | null = null;
	let total = 0;
	let idle = 0;

	const passOn = (result: IteratorResult<Uint8Array>): IteratorResult<Uint8Array> => {
		if (result.done === true) silence?.end();
		else {
			total += result.value.length;
			idle += result.value.length;
		}
		return result;
	};
	const breakOff = (error: unknown): IteratorResult<Uint8Array> => {
		if (isCancellation(error)) throw error;
		interruption = { error };
		return DONE;
	};

	// A plain object and no generator: a generator costs a microtask for each piece of bytes.
	const bytes: AsyncIterable<Uint8Array> = {
		[Symbol.asyncIterator]() {
			const iterator = source[Symbol.asyncIterator]();
			const leave = async (): Promise<IteratorResult<Uint8Array>> => {
				silence?.end();
				await iterator.return?.();
				return DONE;
			};
			return {
				next() {
					if (interruption !== null) return Promise.resolve(DONE);
					if (total > MOST_BYTES || idle > MOST_IDLE_BYTES) {
						interruption = { error: new TooLongError() };
						return leave();
					}
					const next = iterator.next();
					return (silence === undefined ? next : silence.wait(next)).then(passOn, breakOff);
				},
				return: leave,
			};
		},
	};
	return {
		bytes,
		moved() {
			idle = 0;
			silence?.moved();
		},
		interruption: () => interruption,
	};
}
