import type { Locator, Page } from 'playwright-core';
import { dragInputField } from '../browser/nodePanel.ts';

/**
 * Does what a person does in the editor and counts the clicks; dragging a field counts as one. The nodes
 * panel is used with the keyboard alone (N, a name, Enter), which adds behind the selected node.
 */
export class Hand {
	clicks = 0;
	/** How many of them took an entry of a list, which typing and Enter do as well. */
	picks = 0;
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async click(target: Locator, position?: { x: number; y: number }): Promise<void> {
		this.clicks += 1;
		await target.click(position && { position });
	}

	/** Clicks into a field and types; what stands there is replaced. */
	async fill(target: Locator, text: string): Promise<void> {
		await this.click(target);
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.insertText(text);
	}

	/** Opens a list of the panel and takes an entry. */
	async pick(list: Locator, entry: string): Promise<void> {
		const option = this.page
			.getByRole('option')
			.filter({ visible: true, hasText: new RegExp(`^\\s*${entry}`) })
			.first();
		this.picks += 1;
		await this.click(list);
		// A list that is opened while the panel still moves closes again.
		if (!(await option.isVisible())) await this.page.waitForTimeout(700);
		if (!(await option.isVisible())) await list.click();
		await this.click(option);
	}

	async dragField(field: string, target: Locator): Promise<void> {
		this.clicks += 1;
		await dragInputField(this.page, field, target);
	}

	/** @param action of a node that asks for one before it is added */
	async addNode(name: string, action?: string): Promise<void> {
		const { page } = this;
		await page.keyboard.press('n');
		await page.getByTestId('node-creator-search-bar').fill(name);
		await takeFirst(page, name);
		// Of a package that was installed through n8n's page, n8n shows the details first.
		const panel = page.getByTestId('ndv');
		const details = page.getByRole('button', { name: 'Add to workflow' });
		const offered = action === undefined ? details : page.getByText(action, { exact: true });
		await panel.or(offered).first().waitFor();
		if (!(await panel.isVisible())) {
			await page.waitForTimeout(500);
			await page.keyboard.press('Enter');
		}
		await page.getByTestId('ndv').waitFor();
		await page
			.getByText('Got it')
			.click({ timeout: 1_000 })
			.catch(() => undefined);
	}

	async closeNode(): Promise<void> {
		await this.click(this.page.getByTestId('ndv-close-button'));
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}
}

/** Enter takes the first entry of the nodes panel once it is the one that is looked for. */
export async function takeFirst(page: Page, entry: string): Promise<void> {
	const first = page.getByTestId('node-creator-item-name').first();
	await first
		.filter({ hasText: new RegExp(`^\\s*${entry.replace(/[()]/g, '\\$&')}\\s*$`) })
		.waitFor();
	// The panel marks it a moment after it shows it.
	await page.waitForTimeout(500);
	await page.keyboard.press('Enter');
}
