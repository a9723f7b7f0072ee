import type { Page } from 'playwright-core';
import type { NodeType } from '../../../dev/n8n/n8nTypes.ts';
import { fieldOf, intoTheMiddle, openFieldList, showFieldHint } from '../browser/nodePanel.ts';

/** A node as it is opened, and what is done in its panel before the picture is taken. */
export interface Scene {
	title: string;
	/** The page of pictures it goes to. */
	sheet: 'fields' | 'options' | 'chat-model';
	type: 'miniMaxChat' | 'lmChatMiniMax';
	parameters: Record<string, unknown>;
	/** Done anew for each width; the pointer is out of the way before. */
	show?: (page: Page) => Promise<void>;
}

interface Field {
	displayName: string;
	name: string;
	type: string;
	default?: unknown;
	description?: string;
	displayOptions?: { show?: Record<string, unknown[]> };
	options?: Field[];
}

/**
 * What there is to see: the panel as it is added, every field that unfolds, and each entry of Options as the
 * description has it, so that no option is forgotten.
 */
export function listScenes(types: NodeType[]): Scene[] {
	return [
		...fieldScenes,
		...optionScenes('miniMaxChat', 'options', types),
		...optionScenes('lmChatMiniMax', 'chat-model', types),
	];
}

const openList = (name: string) => async (page: Page) => await openFieldList(page, name);
const showHint =
	(label: string) =>
	async (page: Page): Promise<void> => {
		await showFieldHint(page, label);
	};
const showField =
	(name: string) =>
	async (page: Page): Promise<void> => {
		await intoTheMiddle(fieldOf(page, name).first());
	};

async function openAddOption(page: Page): Promise<void> {
	const add = page.getByTestId('collection-parameter-add').first().locator('input');
	await intoTheMiddle(add);
	await add.click();
	await page.getByRole('option').filter({ visible: true }).first().waitFor();
}

async function openRestOfOptions(page: Page): Promise<void> {
	await openAddOption(page);
	await page.getByRole('option').filter({ visible: true }).last().scrollIntoViewIfNeeded();
}

/** What else a row of a collection can have. */
async function openOptionalFields(page: Page): Promise<void> {
	const add = page.getByTestId('fixed-collection-add-property').last().locator('input');
	await intoTheMiddle(add);
	await add.click();
	await page.getByRole('option').filter({ visible: true }).first().waitFor();
}

async function openModelList(page: Page): Promise<void> {
	await fieldOf(page, 'model').getByTestId('rlc-input').click();
	// Known ones and those the server lists.
	await page.getByTestId('rlc-item').nth(5).waitFor();
}

const model = (value: string) => ({ model: { __rl: true, mode: 'list', value } });
const user = (content: string) => ({ messages: { values: [{ role: 'user', content }] } });
const columns = (...values: object[]) => ({ responseFormat: 'columns', columns: { values } });

const chat = (
	title: string,
	parameters: Record<string, unknown> = {},
	show?: Scene['show'],
): Scene => ({
	title,
	sheet: 'fields',
	type: 'miniMaxChat',
	parameters,
	...(show && { show }),
});

const threeColumns = columns(
	{ name: 'supplier', type: 'text' },
	{ name: 'due', type: 'date', description: 'When it has to be paid', required: false },
	{ name: 'label', type: 'choice', choices: 'billing, bug, wish' },
);

const fieldScenes: Scene[] = [
	chat('As it is added'),
	chat('Model', {}, openModelList),
	chat('Role', {}, openList('role')),
	chat('Role of M2-her', model('M2-her'), openList('role')),
	chat('Add Name', user('Hello'), openOptionalFields),
	chat('Name of a message', {
		messages: { values: [{ role: 'user', content: 'Hello', name: 'Anna' }] },
	}),
	chat('Messages From', {}, openList('messagesFrom')),
	chat('Messages From: JSON', { messagesFrom: 'json' }),
	chat('Response Format', {}, openList('responseFormat')),
	chat(
		'Quick Columns',
		{ quickColumns: 'supplier, due: date, label: billing | bug | wish' },
		showHint('Quick Columns'),
	),
	chat('Response Format: Columns', columns({ name: '', type: 'text' }), showField('type')),
	chat('Type of a column', columns({ name: 'label', type: 'text' }), openList('type')),
	chat(
		'One of, with its Choices',
		columns({ name: 'label', type: 'choice', choices: 'billing, bug, wish' }),
		showField('choices'),
	),
	chat('Add Description or Required', columns({ name: 'label', type: 'text' }), openOptionalFields),
	chat('Description and Required of a column', threeColumns, showField('description')),
	chat('Response Format: JSON', { responseFormat: 'json' }, openList('jsonFrom')),
	chat('JSON from an example', { responseFormat: 'json', jsonFrom: 'example' }, async (page) => {
		await showHint('JSON Example')(page);
	}),
	chat('JSON by a schema', { responseFormat: 'json', jsonFrom: 'schema' }, async (page) => {
		await showHint('JSON Schema')(page);
	}),
	chat('Max Tokens', {}, showHint('Max Tokens')),
	chat('Temperature', {}, showHint('Temperature')),
	chat('Top P', {}, showHint('Top P')),
	chat('Simplify', {}, showHint('Simplify')),
	{ ...chat('Options, from the top', {}, openAddOption), sheet: 'options' },
	{ ...chat('Options, to the end', {}, openRestOfOptions), sheet: 'options' },
	{ ...chat('As it is added'), type: 'lmChatMiniMax', sheet: 'chat-model' },
	{ ...chat('Model', {}, openModelList), type: 'lmChatMiniMax', sheet: 'chat-model' },
	{ ...chat('Options', {}, openAddOption), type: 'lmChatMiniMax', sheet: 'chat-model' },
];

const options: Record<string, object> = {
	includeFields: { includeInput: 'selected', includeFields: 'row, subject' },
	images: { images: { values: [{ source: 'binary', binaryProperty: 'data', detail: 'default' }] } },
	videos: { videos: { values: [{ source: 'url', url: '', detail: 'default' }] } },
	toolChoice: { tools: '[]', toolChoice: 'auto' },
};

function optionScenes(type: Scene['type'], sheet: Scene['sheet'], types: NodeType[]): Scene[] {
	const description = types.find(({ name }) => name.endsWith(`.${type}`));
	const properties = (description?.['properties'] ?? []) as Field[];
	const entries = properties.find(({ name }) => name === 'options')?.options ?? [];
	if (entries.length === 0) throw new Error(`${type} has no Options.`);
	return entries.map((entry) => ({
		title: entry.displayName,
		sheet,
		type,
		parameters: {
			options: options[entry.name] ?? { [entry.name]: entry.default },
		},
		show: showOption(entry),
	}));
}

function showOption({ name, type, displayName, description }: Field): Scene['show'] {
	if (type === 'options') return openList(name);
	if (type === 'fixedCollection') return openList('detail');
	return description === undefined ? showField(name) : showHint(displayName);
}
