import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { readNodeItems } from '../../dev/n8n/readNodeItems.ts';
import { closeNode, messageContents, openNode } from './browser/nodePanel.ts';
import { buildWorkflow, chatName, items, startByHand, startName } from './buildWorkflow.ts';
import { Hand, takeFirst } from './clicks/hand.ts';
import { endWithGroups } from './endWithGroups.ts';
import { openStage } from './openStage.ts';
import { until } from './until.ts';

/**
 * `npm run e2e:clicks [-- --before file.tgz]`: does three tasks in a real editor and counts the clicks, with
 * this package and, beside it, with a packed one whose panel still is that of 0.1.0. The numbers are in docs/clicks.md.
 */
endWithGroups();

const { values } = parseArgs({ options: { before: { type: 'string' }, only: { type: 'string' } } });

interface Task {
	title: string;
	/** Rows that the step before has made; none where the task begins with an empty canvas. */
	rows?: object[];
	before: (hand: Hand) => Promise<void>;
	after: (hand: Hand) => Promise<void>;
	/** The last step, and what it has to give out. */
	ends: {
		node: string;
		/** Stands in its parameters once the editor has saved them. */
		typed: string;
		/** Whose items are checked, if not its own. */
		gives?: string;
		check: (rows: Array<Record<string, unknown>>) => void;
	};
}

const list = (page: Page, name: string, at = 0): Locator =>
	page.getByTestId(`parameter-input-${name}`).locator('input').nth(at);
const text = (page: Page, name: string, at = 0): Locator =>
	page.getByTestId(`parameter-input-${name}`).locator('textarea, input').nth(at);
const code = (page: Page, name: string): Locator =>
	page.getByTestId(`parameter-input-${name}`).locator('.cm-content');

const oldChat = async (hand: Hand) => await hand.addNode(chatName, 'Complete a chat');
const addOption = async (hand: Hand, option: string) =>
	await hand.pick(hand.page.getByTestId('collection-parameter-add').first().locator('input'), option);
const askForJson = async (hand: Hand, schema: object) => {
	const { page } = hand;
	await addOption(hand, 'Response Format');
	await hand.pick(list(page, 'responseFormat'), 'JSON');
	await addOption(hand, 'JSON Schema');
	await hand.fill(code(page, 'jsonSchema'), JSON.stringify(schema));
};
const compare = async (hand: Hand, value: string, expected: string) => {
	const { page } = hand;
	await hand.addNode('If');
	const side = (name: string) =>
		page.getByTestId(`filter-condition-${name}`).locator('input').first();
	// The equals sign makes it an expression.
	await hand.fill(side('left'), '=');
	await page.getByTestId('filter-condition-left').locator('.cm-content').waitFor();
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.insertText(`{{ ${value} }}`);
	await page.keyboard.press('Tab');
	// What the expression gives covers the field's left half.
	const box = await side('right').boundingBox();
	await hand.click(side('right'), { x: (box?.width ?? 20) - 20, y: 10 });
	await page.keyboard.insertText(expected);
	// The field takes what was typed when it is left.
	await page.keyboard.press('Tab');
	await page.waitForTimeout(500);
};

const labels = ['billing', 'bug', 'wish'];
const mails = Array.from({ length: 20 }, (_, index) => ({
	row: index + 1,
	text: `${['My invoice is wrong', 'The app crashes', 'Please add a dark mode'][index % 3]}.`,
}));
function countBugs(rows: Array<Record<string, unknown>>): void {
	const labelled = rows.map((row) => (row['json'] ?? row) as Record<string, unknown>);
	assert.equal(labelled.filter(({ label }) => label === 'bug').length, 7);
}

const invoices = [
	{ text: 'Fjord Coffee Roasters\nInvoice INV-7781, 3 November 2026\nTotal EUR 177.50' },
];

const tasks: Task[] = [
	{
		title: 'Every morning: ask the model, use its text in the next step',
		async before(hand) {
			await startWithSchedule(hand);
			await oldChat(hand);
			await finishText(hand);
		},
		async after(hand) {
			await startWithSchedule(hand);
			await hand.addNode(chatName);
			await finishText(hand);
		},
		ends: {
			node: 'Edit Fields',
			typed: 'content',
			check: ([row]) => assert.match(String(row?.['content']), /\w/),
		},
	},
	{
		title: '20 rows: label each, branch on the label',
		rows: mails,
		async before(hand) {
			await oldChat(hand);
			await hand.dragField('text', messageContents(hand.page).first());
			await askForJson(hand, {
				type: 'object',
				properties: { label: { enum: labels } },
				required: ['label'],
			});
			await hand.closeNode();
			await compare(hand, '$json.json.label', 'bug');
		},
		async after(hand) {
			const { page } = hand;
			await hand.addNode(chatName);
			await hand.dragField('text', messageContents(page).first());
			await hand.pick(list(page, 'responseFormat'), 'Columns');
			await hand.fill(text(page, 'name'), 'label');
			await hand.pick(list(page, 'type'), 'One of');
			await hand.fill(text(page, 'choices'), labels.join(', '));
			await hand.closeNode();
			await compare(hand, '$json.label', 'bug');
		},
		ends: { node: 'If', typed: 'conditions', gives: chatName, check: countBugs },
	},
	{
		title: 'An invoice: name, date and amount as fields of the item',
		rows: invoices,
		async before(hand) {
			await oldChat(hand);
			await hand.dragField('text', messageContents(hand.page).first());
			await askForJson(hand, {
				type: 'object',
				properties: {
					supplier: { type: 'string' },
					date: { type: 'string', format: 'date' },
					amount: { type: 'number', description: 'total' },
				},
				required: ['supplier', 'date', 'amount'],
			});
		},
		async after(hand) {
			const { page } = hand;
			await hand.addNode(chatName);
			await hand.dragField('text', messageContents(page).first());
			await hand.pick(list(page, 'responseFormat'), 'Columns');
			for (const [index, [name, type]] of [
				['supplier', 'Text'],
				['date', 'Date'],
				['total_amount', 'Number'],
			].entries()) {
				if (index > 0) {
					await hand.click(
						page.getByTestId('fixed-collection-columns').getByTestId('fixed-collection-add'),
					);
				}
				await hand.fill(text(page, 'name', index), name ?? '');
				if (type !== 'Text') await hand.pick(list(page, 'type', index), type ?? '');
			}
		},
		ends: {
			node: chatName,
			typed: 'amount',
			check([row]) {
				const found = (row?.['json'] ?? row) as Record<string, unknown>;
				assert.equal(found['supplier'], 'Fjord Coffee Roasters');
				assert.equal(found['date'], '2026-11-03');
				assert.equal(found['amount'] ?? found['total_amount'], 177.5);
			},
		},
	},
];

async function startWithSchedule(hand: Hand): Promise<void> {
	const { page } = hand;
	await hand.click(page.getByTestId('canvas-add-button'));
	await page.getByTestId('node-creator-search-bar').fill('Schedule Trigger');
	await takeFirst(page, 'Schedule Trigger');
	await page.getByTestId('ndv').waitFor();
	await hand.closeNode();
}

async function finishText(hand: Hand): Promise<void> {
	const { page } = hand;
	await hand.fill(messageContents(page).first(), 'Write a greeting for the morning.');
	await hand.click(page.getByTestId('node-execute-button'));
	await page.getByTestId('output-panel').getByText('finishReason').first().waitFor();
	await hand.closeNode();
	await hand.addNode('Edit Fields (Set)');
	await hand.dragField('content', page.getByTestId('drop-area'));
	await page.getByTestId('assignment').waitFor();
}

async function countClicks(panel: 'before' | 'after', packed?: string): Promise<void> {
	const stage = await openStage(packed);
	const { user, openEditor, n8n } = await stage.openScene(`clicks-${panel}`);
	const editor = await openEditor();
	const { page } = editor;
	for (const [index, task] of tasks.entries()) {
		if (values.only !== undefined && values.only !== String(index + 1)) continue;
		const known = new Set((await user.listWorkflows()).map(({ id }) => id));
		if (task.rows === undefined) {
			await page.goto(`${n8n.url}/workflow/new`);
		} else {
			const workflow = buildWorkflow(task.title, [startByHand(), items(task.rows)]);
			const pinData = { Items: task.rows.map((json) => ({ json })) };
			const { id } = await user.createWorkflow({ ...workflow, pinData } as typeof workflow);
			await editor.openWorkflow(id);
			// As after making it: the step is selected.
			await openNode(page, 'Items');
			await closeNode(page);
		}
		const hand = new Hand(page);
		await task[panel](hand).catch(async (error: unknown) => {
			await page.screenshot({ path: join(stage.artifacts, `clicks-${panel}-${index + 1}.png`) });
			throw error;
		});
		await editor.picture(`clicks-${panel}-${index + 1}`);
		await closeNode(page);
		await page.keyboard.press('ControlOrMeta+S');
		const saved = await until('the editor has saved by itself', async () => {
			const own = (await user.listWorkflows()).find(
				({ id, name }) => !known.has(id) && (task.rows === undefined || name === task.title),
			);
			const workflow = own && (await user.readWorkflow(own.id));
			const last = workflow?.nodes.find(({ name }) => name === task.ends.node);
			return JSON.stringify(last?.parameters ?? '').includes(task.ends.typed)
				? workflow
				: undefined;
		});
		const start = task.rows === undefined ? 'Schedule Trigger' : startName;
		const execution = await user.runWorkflow(await user.readWorkflow(saved.id), start);
		assert.equal(execution.status, 'success', execution.error?.message);
		task.ends.check(
			readNodeItems(execution, task.ends.gives ?? task.ends.node).map(({ json }) => json),
		);
		console.log(`${panel}: ${show(hand)} – ${task.title}`);
	}
	await stage.close();
}

const show = ({ clicks, picks }: Hand): string => `${clicks} clicks (${clicks - picks})`;

await countClicks('after');
if (values.before !== undefined) await countClicks('before', values.before);
process.exit(0);
