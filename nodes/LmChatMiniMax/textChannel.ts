/** Takes text from a callback and gives it to a `for await`, for one reader. */
export function createTextChannel() {
	let controller: ReadableStreamDefaultController<string> | undefined;
	const texts = new ReadableStream<string>({
		start: (given) => void (controller = given),
		cancel: () => void (controller = undefined),
	});
	return {
		texts,
		push: (text: string): void => controller?.enqueue(text),
		/** No more text comes; what was pushed can still be read. */
		close: (): void => controller?.close(),
	};
}
