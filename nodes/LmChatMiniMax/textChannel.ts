export interface TextChannel extends AsyncIterable<string> {
	push(text: string): void;
	/** No more text comes; what was pushed can still be read. */
	close(): void;
}

/** Takes text from a callback and gives it to a `for await`, for one reader. */
export function createTextChannel(): TextChannel {
	const texts: string[] = [];
	let isClosed = false;
	let wake = (): void => {};
	return {
		push(text) {
			texts.push(text);
			wake();
		},
		close() {
			isClosed = true;
			wake();
		},
		async *[Symbol.asyncIterator]() {
			for (;;) {
				const text = texts.shift();
				if (text !== undefined) yield text;
				else if (isClosed) return;
				else await new Promise<void>((resolve) => (wake = resolve));
			}
		},
	};
}
