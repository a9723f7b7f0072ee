import type { Page } from 'playwright-core';

/** Searches the nodes panel behind the canvas's plus button; the entries stay on the screen. */
export async function searchNodes(page: Page, search: string): Promise<string[]> {
	await page.getByTestId('node-creator-plus-button').click();
	await page.getByTestId('node-creator-search-bar').fill(search);
	const names = page.getByTestId('node-creator-item-name');
	await names
		.filter({ hasText: new RegExp(search, 'i') })
		.first()
		.waitFor();
	return await names.allInnerTexts();
}

/** Searches for a word that need not stand in the names; resolves once the wanted node is listed. */
export async function findNodes(page: Page, search: string, wanted: string): Promise<string[]> {
	await page.getByTestId('node-creator-plus-button').click();
	await page.getByTestId('node-creator-search-bar').fill(search);
	const names = page.getByTestId('node-creator-item-name');
	const found = names.getByText(wanted, { exact: true }).first();
	await found.waitFor();
	await found.scrollIntoViewIfNeeded();
	return (await names.allInnerTexts()).map((name) => name.trim());
}

/** Adds the entry to the canvas, and with it opens the node's panel. */
export async function addNode(page: Page, name: string): Promise<void> {
	const entries = page.getByTestId('node-creator-item-name');
	await entries
		.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) })
		.first()
		.click();
	const panel = page.getByTestId('ndv');
	// Of a package that was installed through n8n's page, n8n shows the details first.
	const details = page.getByRole('button', { name: 'Add to workflow' });
	await panel.or(details).first().waitFor();
	if (await details.isVisible()) await details.click();
	await panel.waitFor();
}

/** A new workflow that starts by hand. */
export async function startNewWorkflow(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await page.getByTestId('canvas-add-button').click();
	await page.getByText('Trigger manually').click();
	await page.getByTestId('canvas-node').first().waitFor();
}
