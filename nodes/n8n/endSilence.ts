import type { Clock } from '../minimax/pace/pace';
import type { Reply } from '../minimax/reply/readCompletion';

type ByteStream = AsyncIterable<Uint8Array>;

export interface Silence {
	/** Milliseconds without a byte that end the reply. */
	timeoutMs: number;
	clock: Clock;
	/** Closes the connection. */
	hangUp: () => void;
}

/**
 * The reply with a body that ends with a timeout once nothing has come for too long. n8n's HTTP client
 * watches until the reply begins; inside of a reply only where it follows redirects, which ours must
 * not do (axios 1.18, lib/adapters/http.js: handleTimeout, isNativeTransport). The time its reader
 * takes does not count.
 */
export function endSilence(reply: Reply, silence: Silence): Reply {
	const { body } = reply;
	return isByteStream(body) ? { ...reply, body: watch(body, silence) } : reply;
}

function isByteStream(body: Reply['body']): body is ByteStream {
	return typeof body === 'object' && Symbol.asyncIterator in body;
}

function watch(bytes: ByteStream, { timeoutMs, clock, hangUp }: Silence): ByteStream {
	return {
		[Symbol.asyncIterator]() {
			const iterator = bytes[Symbol.asyncIterator]();
			const over = new AbortController();
			/** The read that waits for a byte. */
			let waiting: { since: number; reject: (error: Error) => void } | null = null;

			// One timer for a whole reply: it is set again for what is left when a byte came meanwhile.
			async function watchClock(): Promise<void> {
				for (let leftMs = timeoutMs; leftMs > 0; ) {
					await clock.sleep(leftMs, over.signal);
					const sinceMs = waiting === null ? 0 : clock.now() - waiting.since;
					leftMs = timeoutMs - sinceMs;
				}
				waiting?.reject(timeoutError());
				hangUp();
			}
			// Its sleep rejects when the reply is over.
			watchClock().catch(() => undefined);

			return {
				async next() {
					return await new Promise((resolve, reject) => {
						waiting = { since: clock.now(), reject };
						iterator.next().then(
							(result) => {
								waiting = null;
								if (result.done === true) over.abort();
								resolve(result);
							},
							(error: unknown) => {
								over.abort();
								reject(error);
							},
						);
					});
				},
				async return() {
					over.abort();
					await iterator.return?.();
					return { done: true, value: undefined };
				},
			};
		},
	};
}

function timeoutError(): Error {
	const error = new Error('No byte came in time');
	error.name = 'TimeoutError';
	return error;
}
