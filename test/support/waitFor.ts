/**
 * Resolves as soon as the condition holds. The limit only makes a test that hangs say what it hangs at,
 * ahead of jest's own: nothing is asserted by it, as a busy machine takes ten times as long.
 */
export async function waitFor(condition: () => boolean, limitMs = 40_000): Promise<void> {
	const start = performance.now();
	while (!condition()) {
		if (performance.now() - start > limitMs) {
			throw new Error(`Not within ${limitMs} ms: ${condition}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
