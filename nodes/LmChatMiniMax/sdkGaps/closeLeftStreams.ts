import type { Adapter, Pieces } from './adapter';

/**
 * Closes the connection as soon as a reader leaves a stream, also while the model is silent. By itself
 * LangChain notices only when the next piece comes, as its generators have asked for that one already
 * (@langchain/core 1.4, utils/stream.js, IterableReadableStream); until then a `break` hangs.
 */
export function closeLeftStreams(model: Adapter): void {
	const stream = model.stream.bind(model);
	model.stream = async (input, options) => {
		const left = new AbortController();
		const pieces = await stream(input, { ...options, left: left.signal });
		const watch = (leaver: Pick<Pieces, 'cancel'>): void => {
			const cancel = leaver.cancel.bind(leaver);
			leaver.cancel = async (reason) => {
				left.abort();
				await cancel(reason);
			};
		};
		const getReader = pieces.getReader.bind(pieces);
		// All ways to read and to leave go through it, `for await` and `break` too.
		pieces.getReader = () => {
			const reader = getReader();
			watch(reader);
			return reader;
		};
		watch(pieces);
		return pieces;
	};
}
