export interface WatchedBytes {
	bytes: AsyncIterable<Uint8Array>;
	/** The exception the bytes ended with, and how long nothing came before it; null without one. */
	interruption(): { error: unknown; silenceMs: number } | null;
}

/**
 * Tells exceptions of the connection from those of whoever reads it.
 * @param now milliseconds
 */
export function watchBytes(bytes: AsyncIterable<Uint8Array>, now: () => number): WatchedBytes {
	let interruption: { error: unknown; silenceMs: number } | null = null;
	return {
		bytes: {
			[Symbol.asyncIterator]() {
				const iterator = bytes[Symbol.asyncIterator]();
				return {
					next() {
						const askedAt = now();
						const next = iterator.next();
						next.then(undefined, (error: unknown) => {
							interruption = { error, silenceMs: now() - askedAt };
						});
						return next;
					},
					async return() {
						await iterator.return?.();
						return { done: true, value: undefined };
					},
				};
			},
		},
		interruption: () => interruption,
	};
}
