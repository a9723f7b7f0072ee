import type { Locator, Page } from 'playwright-core';
import { until } from '../until.ts';

/** Opens a node's panel by double click on the canvas. */
export async function openNode(page: Page, name: string): Promise<void> {
	await page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
	await page.getByTestId('ndv').waitFor();
}

export async function closeNode(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/** Types into the model field's search and returns what is listed. */
export async function searchModels(page: Page, search: string): Promise<string[]> {
	const entries = page.getByTestId('rlc-item');
	if (!(await page.getByTestId('rlc-search').isVisible())) {
		await page.getByTestId('parameter-input-model').getByTestId('rlc-input').click();
		await entries.first().waitFor();
	}
	// The list without a search may still be on its way.
	const searched = page.waitForResponse(
		(response) =>
			response.url().includes('resource-locator-results') &&
			response.request().postData()?.includes(JSON.stringify(search)) === true,
	);
	await page.getByTestId('rlc-search').fill(search);
	const { data } = (await (await searched).json()) as { data: { results: unknown[] } };
	// The chosen model stands there from the beginning, the others come with the answer.
	await entries.nth(data.results.length - 1).waitFor();
	return await entries.allInnerTexts();
}

export async function chooseModel(page: Page, label: string): Promise<void> {
	await page.getByTestId('rlc-item').getByText(label, { exact: true }).click();
}

export function messageContents(page: Page): Locator {
	return page.getByTestId('parameter-input-content').locator('textarea');
}

export function fieldOf(page: Page, name: string): Locator {
	return page.getByTestId(`parameter-input-${name}`);
}

/** Opens the list of a field with choices. */
export async function openFieldList(page: Page, name: string): Promise<void> {
	const list = fieldOf(page, name).locator('input').first();
	await intoTheMiddle(list);
	await list.click();
	await page.getByRole('option').filter({ visible: true }).first().waitFor();
}

/** Opens what stands behind the question mark of a field, and returns its words. */
export async function showFieldHint(page: Page, label: string): Promise<string> {
	const own = page
		.getByTestId('input-label')
		.filter({ has: page.getByText(label, { exact: true }) })
		.last();
	// The sidebar has hints as well.
	const hints = page.locator('[data-reka-popper-content-wrapper]');
	const others = await hints.allInnerTexts();
	return await until(`the hint of ${label} shows`, async () => {
		await intoTheMiddle(own);
		await own.locator('label').first().hover();
		// A field that is still growing above takes the question mark away from under the pointer.
		await own.locator('label svg').first().hover();
		const find = async () =>
			(await hints.allInnerTexts()).find((words) => words !== '' && !others.includes(words));
		return await until('it shows', find, 2_000).catch(() => undefined);
	});
}

export async function intoTheMiddle(target: Locator): Promise<void> {
	await target.waitFor();
	await target.evaluate((element) => element.scrollIntoView({ block: 'center' }));
}

/** Presses "Execute step" and returns the output panel's text once it shows what is expected. */
export async function executeStep(page: Page, expected: string): Promise<string> {
	const output = page.getByTestId('output-panel');
	await page.getByTestId('node-execute-button').click();
	// Beside other work a step has been seen to take 20 s in the editor.
	await output.getByText(expected).first().waitFor({ timeout: 60_000 });
	return await output.innerText();
}

/** Drags a field of the input, as the schema shows it, to a place of the panel. */
export async function dragInputField(page: Page, field: string, target: Locator): Promise<void> {
	const name = page
		.getByTestId('ndv-input-panel')
		.getByTestId('run-data-schema-node-name')
		.getByText(field, { exact: true });
	const from = await middleOf(name);
	const to = await middleOf(target);
	await page.mouse.move(from.x, from.y);
	await page.mouse.down();
	await page.mouse.move(from.x + 20, from.y + 20, { steps: 5 });
	await page.mouse.move(to.x, to.y, { steps: 10 });
	await page.mouse.up();
	await page.mouse.move(to.x, to.y + 300);
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
	await locator.first().waitFor();
	const box = await locator.first().boundingBox();
	if (!box) throw new Error('The element has no place on the screen.');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
