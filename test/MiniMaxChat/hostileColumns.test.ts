import fc from '../support/fastCheck';
import type { INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { anyId, apiErrorOf, jsonOf, onlyItem, runChat } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const columnsOf = (values: INodeParameters[]) => ({
	responseFormat: 'columns',
	columns: { values },
});
const answering = (answer: unknown) => ({ reply: JSON.stringify(answer) });
const about = {
	reasoning: expect.anything(),
	usage: expect.anything(),
	finishReason: 'stop',
	model: 'MiniMax-M3',
	id: anyId,
};

const namesOfObjects = [
	'constructor',
	'toString',
	'valueOf',
	'hasOwnProperty',
	'toJSON',
	'then',
	'length',
	'prototype',
];
const namesOfN8n = ['json', 'binary', 'content', 'text', 'message', 'details', 'index', '$json'];
const oddNames = [
	'a.b',
	'a[0]',
	'["a"]',
	"it's",
	'say "hi"',
	'back\\slash',
	'first name',
	'Größe',
	'订单号',
	'الاسم',
	'👩‍🚀',
	'{{ $json.a }}',
	'=a',
	'<b>',
	'%',
	'null',
	'ID',
	'Error',
	'USAGE',
	'__proto',
];

it('names of every kind come out as they are, in their order', async () => {
	const names = [...namesOfObjects, ...namesOfN8n, ...oddNames];
	// An expression is what the user wrote as one: n8n takes a leading equals sign for it.
	const rows = names.map((name) => ({
		name: name.startsWith('=') ? `={{ ${JSON.stringify(name)} }}` : name,
	}));
	const values = Object.fromEntries(names.map((name, index) => [name, `value ${index}`]));
	simulator.set(answering(values));
	const item = onlyItem(await runChat(simulator, { parameters: columnsOf(rows) }));

	expect(item).toEqual({ ...values, ...about });
	expect(Object.keys(item)).toEqual([...names, ...Object.keys(about)]);
});

it('a hundred columns', async () => {
	const rows = Array.from({ length: 100 }, (_, index) => ({ name: `c${index}`, type: 'integer' }));
	const values = Object.fromEntries(rows.map(({ name }, index) => [name, index]));
	simulator.set(answering(values));

	expect(onlyItem(await runChat(simulator, { parameters: columnsOf(rows) }))).toEqual({
		...values,
		...about,
	});
});

/** A type, what a model may write for it, and what that is; undefined where it is not of the type. */
const written: Array<[type: string, answer: unknown, value: unknown]> = [
	['text', 'It snows.', 'It snows.'],
	['text', 7, '7'],
	['text', '', ''],
	['text', ['a'], undefined],
	['number', 12.5, 12.5],
	['number', '12.5', 12.5],
	['number', '12,5', undefined],
	['integer', '3', 3],
	['integer', 3.5, undefined],
	['boolean', 'false', false],
	['boolean', 'Yes', true],
	['boolean', 'perhaps', undefined],
	['date', '2026-01-31', '2026-01-31'],
	['date', '2026/2/1', '2026-02-01'],
	['date', '31.01.2026', undefined],
	['date', '2026-01-31T09:00:00+02:00', undefined],
	['choice', 'Bug', 'bug'],
	['choice', 'new, unread', 'new, unread'],
	['choice', 'praise', undefined],
	['list', ['a', 2], ['a', '2']],
	['list', 'a', undefined],
	['list', [['a']], undefined],
];

const someColumns = fc
	.uniqueArray(
		fc.record({
			name: fc.oneof(
				fc.constantFrom(...namesOfObjects, ...oddNames.filter((name) => !name.startsWith('='))),
				fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
			),
			answer: fc.constantFrom(...written),
			required: fc.boolean(),
			isMissing: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 8, selector: ({ name }) => lettersOf(name) },
	)
	// Names that look like numbers come first in every object; what cannot be seen is cut off.
	.filter((columns) =>
		columns.every(({ name }) => /^[^\s\p{Cf}\p{M}=\d][^\s\p{Cf}\p{M}]*$/u.test(name)),
	)
	.filter((columns) => columns.every(({ name }) => name !== '__proto__' && name !== 'id'));

const lettersOf = (name: string) => {
	const letters = name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '');
	return letters === '' ? name : letters;
};

it('gives every value that is right, and names just the columns that are wrong', async () => {
	await fc.assert(
		fc.asyncProperty(someColumns, async (columns) => {
			const rows = columns.map(({ name, answer: [type], required }) => ({
				name,
				type,
				required,
				choices: 'bug\nnew, unread',
			}));
			const given = columns.filter(({ isMissing }) => !isMissing);
			simulator.set(
				answering(Object.fromEntries(given.map(({ name, answer }) => [name, answer[1]]))),
			);
			const wrong = columns
				.filter(({ answer, required, isMissing }) =>
					isMissing ? required : answer[2] === undefined,
				)
				.map(({ name }) => `Column '${name.normalize('NFC')}'`);
			const result = await runChat(simulator, { parameters: columnsOf(rows) });

			if (wrong.length === 0) {
				const values = columns.map(({ name, answer, isMissing }) => [
					name.normalize('NFC'),
					isMissing ? null : answer[2],
				]);
				const item = onlyItem(result);
				expect(item).toEqual({ ...Object.fromEntries(values), ...about });
				expect(Object.keys(item)).toEqual([...values.map(([name]) => name), ...Object.keys(about)]);
			} else {
				const { message, description } = apiErrorOf(result);
				const words = `${message}. ${description}`;
				for (const { name } of columns) {
					const column = `Column '${name.normalize('NFC')}'`;
					expect([column, words.includes(`${column} `)]).toEqual([
						column,
						wrong.slice(0, 5).includes(column),
					]);
				}
			}
		}),
		{ seed: 1, numRuns: 40 },
	);
});

it('a number in quotes beside a wrong one is not called wrong', async () => {
	const rows = [
		{ name: 'amount', type: 'number' },
		{ name: 'paid', type: 'boolean' },
		{ name: 'due', type: 'date' },
	];
	simulator.set(answering({ amount: '12.5', paid: 'false', due: 'soon' }));
	const { message, description } = apiErrorOf(
		await runChat(simulator, { parameters: columnsOf(rows) }),
	);

	expect(message).toBe(`Column 'due' is to be a date such as 2026-01-31, but "soon" came`);
	expect(description).toMatch(/^Turn on the option 'Repair JSON'/);
});

it.each([
	['a list of one row', [{ label: 'bug' }]],
	['a name in other letters', { Label: 'bug' }],
])('reads %s', async (_what, answer) => {
	simulator.set(answering(answer));
	const item = onlyItem(await runChat(simulator, { parameters: columnsOf([{ name: 'label' }]) }));

	expect(item).toEqual({ label: 'bug', ...about });
});

it.each([
	['two rows', [{ label: 'bug' }, { label: 'wish' }]],
	['an empty list', []],
	['a list in a list', [[{ label: 'bug' }]]],
])('refuses %s', async (_what, answer) => {
	simulator.set(answering(answer));
	const { message } = apiErrorOf(
		await runChat(simulator, { parameters: columnsOf([{ name: 'label' }]) }),
	);

	expect(message).toBe(
		`An object with the columns was asked for, but ${JSON.stringify(Array.isArray(answer[0]) ? answer[0] : answer)} came`,
	);
});

describe('Include Input Fields', () => {
	const items = [
		{ row: 1, label: 'old', customer: { name: 'Ada', tags: ['vip'] }, 'first name': 'A', 'a.b': 2 },
	];
	const parameters = columnsOf([{ name: 'due' }, { name: 'label' }]);
	const values = { due: 'soon', label: 'bug' };
	beforeEach(() => simulator.set(answering(values)));

	it.each([
		['customer.name, row', { name: 'Ada', row: 1 }],
		['customer["name"]', { name: 'Ada' }],
		['["first name"], first name', { 'first name': 'A' }],
		['a.b', { 'a.b': 2 }],
		['customer.tags[0]', { 0: 'vip' }],
		['customer.street, customer.name.first, nobody, __proto__, constructor.name', {}],
		['label', {}],
		['.', {}],
	])('the names %s', async (includeFields, included) => {
		const options = { includeInput: 'selected', includeFields };
		const item = onlyItem(await runChat(simulator, { items, parameters, options }));

		expect(item).toEqual({ ...included, ...values, ...about });
	});

	it('new fields stand in their order behind those of the input, also where names clash', async () => {
		const options = { includeInput: 'all' };
		const item = onlyItem(await runChat(simulator, { items, parameters, options }));

		expect(Object.keys(item)).toEqual([
			'row',
			'customer',
			'first name',
			'a.b',
			'due',
			'label',
			...Object.keys(about),
		]);
	});

	it.each([{}, { includeFields: ' , ' }])('refuses Selected with no names: %j', async (more) => {
		const options = { includeInput: 'selected', ...more };
		const { error } = await runChat(simulator, { items, parameters, options });

		expect(error?.message).toMatch(
			"'Include Input Fields' is Selected, but 'Fields to Include' names none",
		);
		expect(simulator.requests).toEqual([]);
	});

	it('an expression may give an empty list', async () => {
		const options = { includeInput: 'selected', includeFields: '={{ [] }}' };
		const { outputs } = await runChat(simulator, { items, parameters, options });

		expect(jsonOf(outputs[0])).toEqual([{ ...values, ...about }]);
	});
});
