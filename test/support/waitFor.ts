/** Resolves as soon as the condition holds; rejects when it does not within `limitMs` milliseconds. */
export async function waitFor(condition: () => boolean, limitMs = 1000): Promise<void> {
	const start = performance.now();
	while (!condition()) {
		if (performance.now() - start > limitMs) {
			throw new Error(`Not within ${limitMs} ms: ${condition}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
