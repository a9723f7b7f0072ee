import type { Page } from 'playwright-core';

/** Brings the whole workflow into view, without the hints that n8n lays over a new editor. */
export async function showCanvas(page: Page): Promise<void> {
	await page.getByTestId('zoom-to-fit').click();
	// The canvas glides there.
	await page
		.locator('.vue-flow__transformationpane')
		.evaluate(
			async (pane) => await Promise.all(pane.getAnimations().map(({ finished }) => finished)),
		);
}
