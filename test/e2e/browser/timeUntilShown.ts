import type { Page } from 'playwright-core';

/**
 * How long it takes from the next press of the mouse until all these texts are to be seen in entries of a list, in
 * milliseconds by the page's own clock. To be called before the press.
 */
export async function timeUntilShown(page: Page, texts: string[]): Promise<number> {
	return await page.evaluate(
		async (wanted) =>
			await new Promise<number>((resolve) => {
				const look = (pressedAt: number) => {
					const entries = [...document.querySelectorAll('[data-test-id=rlc-item]')];
					const names = entries
						.filter((entry) => entry.checkVisibility())
						.map((entry) => entry.textContent);
					const isThere = (text: string) => names.some((name) => name?.includes(text));
					if (wanted.every(isThere)) resolve(performance.now() - pressedAt);
					else requestAnimationFrame(() => look(pressedAt));
				};
				document.addEventListener('pointerdown', () => look(performance.now()), {
					capture: true,
					once: true,
				});
			}),
		texts,
	);
}
