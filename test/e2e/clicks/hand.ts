import type { Locator, Page } from 'playwright-core';
import { dragInputField, openNode } from '../browser/nodePanel.ts';
import { until } from '../until.ts';

/** One press of the mouse. */
export interface Press {
	/** In the words of docs/clicks.md. */
	what: string;
	/** Whether it takes an entry out of a list in whose search the cursor stands, for which Enter does as well. */
	orEnter: boolean;
}

/**
 * Does what a person does in the editor, and notes every press of the mouse; dragging a field is one. Keys write
 * texts and, instead of the mouse, take entries out of lists.
 */
export class Hand {
	readonly presses: Press[] = [];
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async click(what: string, target: Locator, position?: { x: number; y: number }): Promise<void> {
		this.presses.push({ what, orEnter: false });
		await target.click(position && { position });
	}

	private async takeFirst(entry: string): Promise<void> {
		this.presses.push({ what: entry, orEnter: true });
		await this.page.keyboard.press('Enter');
	}

	/** Clicks into a field and types; what stands there is replaced. */
	async fill(what: string, target: Locator, text: string): Promise<void> {
		await this.click(what, target);
		await this.page.keyboard.press('ControlOrMeta+A');
		await this.page.keyboard.insertText(text);
	}

	/** Opens a list of the panel and takes an entry. */
	async pick(what: string, list: Locator, entry: string): Promise<void> {
		const option = this.page
			.getByRole('option')
			.filter({ visible: true, hasText: new RegExp(`^\\s*${entry}`) })
			.first();
		await list.scrollIntoViewIfNeeded();
		await this.click(what, list);
		// A list that opens while the panel still moves closes again; that is one click for a person.
		await until(`the list with ${entry} is open`, async () => {
			const isThere = await option.waitFor({ timeout: 2_000 }).then(
				() => true,
				() => false,
			);
			if (!isThere && (await list.getAttribute('aria-expanded')) !== 'true') await list.click();
			return isThere;
		});
		await this.page.keyboard.insertText(entry);
		const first = this.page.getByRole('option').filter({ visible: true }).first();
		await until(`${entry} comes first`, async () =>
			((await first.textContent()) ?? '').trim().startsWith(entry),
		);
		await this.page.keyboard.press('ArrowDown');
		await this.takeFirst(`'${entry}'`);
		await until(`${entry} is taken`, async () => !(await option.isVisible()));
	}

	async dragField(field: string, where: string, target: Locator): Promise<void> {
		this.presses.push({ what: `drag ${field} to ${where}`, orEnter: false });
		await dragInputField(this.page, field, target);
	}

	/**
	 * The plus behind the last step, or in the middle of an empty canvas; then the name and Enter, and for a
	 * community package 'Add to workflow' and the action, where n8n asks for them.
	 */
	async addNode(name: string, action?: string): Promise<void> {
		const { page } = this;
		// Only the last step has one: every other leads somewhere.
		const plus = page.getByTestId('canvas-handle-plus');
		await this.click('the plus', page.getByTestId('canvas-add-button').or(plus).last());
		await this.takeNode(name, action);
	}

	/** The plus below a step that wants a model; then as with every node. */
	async addModel(name: string): Promise<void> {
		const handle = this.page.locator('[data-handleid*=ai_languageModel]');
		await this.click('the plus below', handle.getByTestId('canvas-handle-plus'));
		await this.takeNode(name);
	}

	private async takeNode(name: string, action?: string): Promise<void> {
		const { page } = this;
		await page.getByTestId('node-creator-search-bar').fill(name);
		const exactly = new RegExp(`^\\s*${name.replace(/[()]/g, '\\$&')}\\s*$`);
		const first = page.getByTestId('node-creator-item-name').first();
		await first.filter({ hasText: exactly }).waitFor();
		await this.takeFirst(`'${name}'`);
		const panel = page.getByTestId('ndv');
		const questions = ['Add to workflow', ...(action === undefined ? [] : [action])];
		await until(`the panel of ${name} is open`, async () => {
			if (await panel.isVisible()) return true;
			for (const question of questions) {
				const button = page.getByText(question, { exact: true });
				if (!(await button.isVisible())) continue;
				await this.click(`'${question}'`, button);
				questions.splice(questions.indexOf(question), 1);
				break;
			}
			return false;
		});
	}

	async openNode(name: string): Promise<void> {
		this.presses.push({ what: `open ${name}`, orEnter: false });
		await openNode(this.page, name);
	}

	async closeNode(): Promise<void> {
		await this.click('close the panel', this.page.getByTestId('ndv-close-button'));
		await this.page.getByTestId('ndv').waitFor({ state: 'hidden' });
	}

	/** Presses "Execute step" and waits for a field of the item. */
	async execute(field: string): Promise<void> {
		await this.click("'Execute step'", this.page.getByTestId('node-execute-button'));
		const output = this.page.getByTestId('output-panel');
		await output.getByText(field, { exact: true }).first().waitFor({ timeout: 60_000 });
	}
}
