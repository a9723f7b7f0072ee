import assert from 'node:assert/strict';
import { fieldOf, messageContents } from '../browser/nodePanel.ts';
import { chatName } from '../buildWorkflow.ts';
import { until } from '../until.ts';
import type { Hand } from './hand.ts';

type Row = Record<string, unknown>;

/** What somebody wants to have, and how they get it in each of the two panels. */
export interface Task {
	title: string;
	/** Rows that the step before has made; none where the task begins with an empty canvas. */
	rows?: Row[];
	before: (hand: Hand) => Promise<void>;
	after: (hand: Hand) => Promise<void>;
	/** With the node that n8n has for it. */
	builtIn?: (hand: Hand) => Promise<void>;
	/** The name of the last step in each panel, and what stands in its parameters once the editor has saved them. */
	last: { before: string; after: string; builtIn?: string; holds: string[] };
	/** @param outputs the items of each output of the last step */
	check: (outputs: Row[][]) => void;
}

/** Both panels take what goes to the model by dragging it. */
async function giveText(hand: Hand): Promise<void> {
	await hand.dragField('text', 'Content', messageContents(hand.page).first());
}

/** In the panel of 0.1.0 the answer's format is an option, and its shape JSON Schema. */
async function askForJson(hand: Hand, schema: object): Promise<void> {
	const { page } = hand;
	const add = page.getByTestId('collection-parameter-add').first().locator('input');
	await hand.pick("'Add Option'", add, 'Response Format');
	await hand.pick('Response Format', fieldOf(page, 'responseFormat').locator('input'), 'JSON');
	await hand.pick("'Add Option'", add, 'JSON Schema');
	const field = fieldOf(page, 'jsonSchema').locator('.cm-content');
	await hand.fill('JSON Schema', field, JSON.stringify(schema));
}

async function nameColumns(hand: Hand, columns: string): Promise<void> {
	await hand.fill('Quick Columns', fieldOf(hand.page, 'quickColumns').locator('textarea'), columns);
}

/** An If whose true branch has the rows with that value. */
async function branch(hand: Hand, field: string, value: string): Promise<void> {
	const { page } = hand;
	await hand.closeNode();
	await hand.addNode('If');
	const side = (name: string) => page.getByTestId(`filter-condition-${name}`);
	await hand.dragField(field, 'the left of the condition', side('left'));
	// n8n lays the cursor there by itself, at times late.
	await side('left').locator('.cm-focused').waitFor();
	const right = side('right').locator('input').first();
	// What the expression gives covers the field's left half, and its right end opens a larger one.
	const { width = 0 } = (await right.boundingBox()) ?? {};
	await hand.click('the right of the condition', right, { x: width - 80, y: 10 });
	await page.keyboard.insertText(value);
	await until(`${value} stands there`, async () => (await right.inputValue()) === value);
}

const labels = ['billing', 'bug', 'wish'];
const mails = Array.from({ length: 20 }, (_, index) => ({
	row: index + 1,
	text: `${['My invoice is wrong', 'The app crashes', 'Please add a dark mode'][index % 3]}.`,
}));

const greeting: Task = {
	title: 'Every morning: ask the model, use its text in the next step',
	before: async (hand) => await greet(hand, 'Complete a chat'),
	after: async (hand) => await greet(hand),
	last: { before: 'Edit Fields', after: 'Edit Fields', holds: ['content'] },
	check([rows = []]) {
		const [row] = rows;
		assert.match(String(row?.['content']), /\w/);
	},
};

async function greet(hand: Hand, action?: string): Promise<void> {
	const { page } = hand;
	await hand.addNode('Schedule Trigger');
	await hand.closeNode();
	await hand.addNode(chatName, action);
	await hand.fill('Content', messageContents(page).first(), 'Write a greeting for the morning.');
	await hand.execute('finishReason');
	await hand.closeNode();
	await hand.addNode('Edit Fields (Set)');
	await hand.dragField('content', 'its fields', page.getByTestId('drop-area'));
	await page.getByTestId('assignment').waitFor();
}

const labelling: Task = {
	title: '20 rows: label each, branch on the label',
	rows: mails,
	async before(hand) {
		await hand.addNode(chatName, 'Complete a chat');
		await giveText(hand);
		await askForJson(hand, {
			type: 'object',
			properties: { label: { enum: labels } },
			required: ['label'],
		});
		await hand.execute('label');
		await branch(hand, 'label', 'bug');
	},
	async after(hand) {
		await hand.addNode(chatName);
		await giveText(hand);
		await nameColumns(hand, `label: ${labels.join(' | ')}`);
		await hand.execute('label');
		await branch(hand, 'label', 'bug');
	},
	last: { before: 'If', after: 'If', holds: ['label', 'bug'] },
	check([bugs = [], others = []]) {
		const labelOf = (row: Row) => ((row['json'] ?? row) as Row)['label'];
		assert.deepEqual(
			bugs.map(labelOf),
			Array.from({ length: 7 }, () => 'bug'),
		);
		assert.equal(others.length, 13);
		assert.ok(others.every((row) => labels.includes(String(labelOf(row)))));
		assert.ok(others.every((row) => labelOf(row) !== 'bug'));
	},
};

const invoice: Task = {
	title: 'An invoice: name, date and amount as fields of the item',
	rows: [{ text: 'Fjord Coffee Roasters\nInvoice INV-7781, 3 November 2026\nTotal EUR 177.50' }],
	async before(hand) {
		await hand.addNode(chatName, 'Complete a chat');
		await giveText(hand);
		await askForJson(hand, {
			type: 'object',
			properties: {
				supplier: { type: 'string' },
				date: { type: 'string', format: 'date' },
				total_amount: { type: 'number' },
			},
			required: ['supplier', 'date', 'total_amount'],
		});
		await hand.execute('supplier');
	},
	async after(hand) {
		await hand.addNode(chatName);
		await giveText(hand);
		await nameColumns(hand, 'supplier, date: date, total_amount: number');
		await hand.execute('supplier');
	},
	async builtIn(hand) {
		await extract(hand);
	},
	last: {
		before: 'Complete a chat',
		after: chatName,
		builtIn: 'Information Extractor',
		holds: ['total_amount'],
	},
	check([rows = []]) {
		const [row] = rows;
		const found = (row?.['json'] ?? row?.['output'] ?? row) as Row;
		assert.equal(found['supplier'], 'Fjord Coffee Roasters');
		assert.equal(found['date'], '2026-11-03');
		assert.equal(found['total_amount'], 177.5);
	},
};

const attributes = [
	{ name: 'supplier', type: 'String', description: 'The company that sends the invoice' },
	{ name: 'date', type: 'Date', description: 'The day of the invoice' },
	{ name: 'total_amount', type: 'Number', description: 'The total' },
];

/** In n8n's Information Extractor each attribute needs a description, and a chat model stands beside it. */
async function extract(hand: Hand): Promise<void> {
	const { page } = hand;
	const extractor = 'Information Extractor';
	await hand.addNode(extractor);
	await hand.dragField('text', 'Text', fieldOf(page, 'text').locator('textarea'));
	const rows = page.getByTestId('fixed-collection-attributes');
	for (const [at, { name, type, description }] of attributes.entries()) {
		await hand.click("'Add Attribute'", rows.getByTestId('fixed-collection-add'));
		await hand.fill('Name', fieldOf(page, 'name').locator('input').nth(at), name);
		if (type !== 'String') {
			await hand.pick('Type', fieldOf(page, 'type').locator('input').nth(at), type);
		}
		const words = fieldOf(page, 'description').locator('input').nth(at);
		await hand.fill('Description', words, description);
	}
	await hand.closeNode();
	await hand.addModel('MiniMax Reasoning Chat Model');
	await hand.closeNode();
	await hand.openNode(extractor);
	await hand.execute('output');
}

export const tasks: Task[] = [greeting, labelling, invoice];
