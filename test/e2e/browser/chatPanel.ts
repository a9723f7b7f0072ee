import type { Page } from 'playwright-core';
import { until } from '../until.ts';

/** Opens the chat below the canvas and drags it up to where its answers can be read. */
export async function openChat(page: Page): Promise<void> {
	const input = page.getByTestId('chat-input');
	if (!(await input.isVisible())) await page.getByTestId('workflow-chat-button').click();
	await input.waitFor();
	const edge = page.locator('[data-test-id=resize-handle][data-dir=top]');
	const box = await edge.boundingBox();
	if (!box || box.y < 450) return;
	await page.mouse.move(box.x + 300, box.y + 2);
	await page.mouse.down();
	await page.mouse.move(box.x + 300, 420, { steps: 5 });
	await page.mouse.up();
	await page.getByTestId('zoom-to-fit').click();
}

/**
 * Sends a message and watches the answer until the workflow has ended.
 * @returns every state of the answer that was on the screen, the shortest first
 */
export async function askInChat(
	page: Page,
	message: string,
	isComplete: (answer: string) => boolean,
	onGrowing: () => Promise<void> = async () => {},
): Promise<string[]> {
	const answers = page.locator('.chat-message-from-bot');
	const before = (await answers.allInnerTexts()).filter((text) => text.trim() !== '').length;
	await page.getByTestId('chat-input').fill(message);
	await page.keyboard.press('Enter');
	const states: string[] = [];
	let hasGrown = false;
	await until('the chat shows the whole answer', async () => {
		// While an answer comes there is an empty message with moving dots besides.
		const shown = (await answers.allInnerTexts()).filter((text) => text.trim() !== '');
		const answer = shown[before]?.trim();
		if (answer === undefined || answer === states.at(-1)) return false;
		states.push(answer);
		if (states.length >= 3 && !hasGrown) {
			hasGrown = true;
			await onGrowing();
		}
		return isComplete(answer);
	});
	return states;
}
