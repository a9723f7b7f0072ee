import { readColumns } from '../../../nodes/minimax/columns/readColumns';
import { completionToItem } from '../../../nodes/minimax/reply/completionToItem';
import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';
import { refusal } from '../../support/refusal';

const column = { name: 'label', type: 'text', choices: [], description: '', required: true };

it.each([
	[{ name: ' label ' }, column],
	[
		{ name: 'label', type: 'text', choices: 'a, b', description: ' What it is ', required: true },
		{ ...column, description: 'What it is' },
	],
	[
		{ name: 'label', type: 'choice', choices: 'billing, bug ,, wish,bug' },
		{ ...column, type: 'choice', choices: ['billing', 'bug', 'wish'] },
	],
	[
		{ name: 'label', type: 'choice', choices: '\nnew, unread\r\nold\n' },
		{ ...column, type: 'choice', choices: ['new, unread', 'old'] },
	],
	[
		{ name: 'label', type: 'choice', choices: '\nnew, unread' },
		{ ...column, type: 'choice', choices: ['new', 'unread'] },
	],
	[
		{ name: 'label', type: 'choice', choices: 'new\rold' },
		{ ...column, type: 'choice', choices: ['new', 'old'] },
	],
	[{ name: 'label', type: null }, column],
	[
		{ name: 'label', type: 'choice', choices: ['new', 7, 'old'] },
		{ ...column, type: 'choice', choices: ['new', '7', 'old'] },
	],
	[
		{ name: 'label', type: '', required: false },
		{ ...column, required: false },
	],
	[
		{ name: 'label', type: 'date', required: 'false' },
		{ ...column, type: 'date', required: false },
	],
	[
		{ name: 7, type: 'list' },
		{ ...column, name: '7', type: 'list' },
	],
])('reads the row %j', (row, expected) => {
	expect(readColumns({ values: [row] })).toEqual([expected]);
});

it.each([
	['blanks', '\u00a0 label\t\n', 'label'],
	['marks that cannot be seen', '\ufeff\u200blabel\u200f', 'label'],
	['an end of line', 'due\r\ndate', 'due date'],
	['a blank that does not break', 'due\u00a0date', 'due date'],
	['letters in two parts', 'Gro\u0308\u00dfe', 'Gr\u00f6\u00dfe'],
	['half of an emoji', 'a\ud83d', 'a\ufffd'],
	['an emoji of several', '👩\u200d🚀', '👩\u200d🚀'],
	['a joiner inside', 'می\u200cخواهم', 'می\u200cخواهم'],
	['dots and brackets', 'a.b[0]["c"]', 'a.b[0]["c"]'],
])('a name with %s', (_what, given, name) => {
	expect(readColumns({ values: [{ name: given }] })).toEqual([{ ...column, name }]);
});

it('keeps the order', () => {
	const rows = ['b', 'a', 'content', 'json', 'Id'].map((name) => ({ name, type: 'number' }));

	expect(readColumns({ values: rows }).map(({ name }) => name)).toEqual([
		'b',
		'a',
		'content',
		'json',
		'Id',
	]);
});

describe('refuses', () => {
	it.each([[undefined], [null], [{}], [{ values: [] }], [{ values: 'label' }], ['label'], [[7]]])(
		'%j, which holds none',
		(field) => {
			expect(refusal(() => readColumns(field))).toEqual([
				"'Columns' holds no column",
				'Add one and give it a name, or ask for text instead of columns.',
			]);
		},
	);

	it.each([{ name: '' }, { name: '  ', type: 'date' }, { name: '\u200b' }, { name: null }, {}])(
		'the empty name of %j',
		(row) => {
			expect(refusal(() => readColumns({ values: [{ name: 'label' }, row] }))).toEqual([
				"'Columns', row 2 has no name",
				expect.stringContaining('If it comes from an expression, check that'),
			]);
		},
	);

	/** All that an item has besides its columns. */
	const item = completionToItem(
		normalizeCompletion(
			{
				input_sensitive: true,
				choices: [{ message: { tool_calls: [{ function: { name: 'look' } }] } }],
			},
			{ openerMayBeMissing: false },
		),
		{},
		'Ask in other words.',
	);

	it.each([
		...Object.keys(item),
		// What MiniMax Chat adds, what n8n reads out of items, and what no object can hold.
		...['reused', 'rowsInRequest', 'output', 'error', 'pairedItem', '__proto__'],
	])('the name %s', (name) => {
		expect(refusal(() => readColumns({ values: [{ name }] }))).toEqual([
			`'Columns' cannot hold a column called '${name}'`,
			expect.stringContaining("'my_"),
		]);
	});

	it.each([
		['finishReason', 'my_finishReason'],
		['__proto__', 'my_proto'],
	])('the name %s for the better one %s', (name, better) => {
		expect(refusal(() => readColumns({ values: [{ name }] }))[1]).toBe(
			`The item has a field of that name for something else. Choose another one, for example '${better}'.`,
		);
	});

	it('a name that stands twice', () => {
		for (const again of [' label', 'label\u200b']) {
			const rows = [{ name: 'label' }, { name: 'due' }, { name: again }];

			expect(refusal(() => readColumns({ values: rows }))).toEqual([
				"'Columns' holds the name 'label' twice",
				'Give each column a name of its own.',
			]);
		}
	});

	it.each(['', ' , ,', '\n\n', [], null, undefined])('no choices: %j', (choices) => {
		const rows = [{ name: 'label', type: 'choice', choices }];

		expect(refusal(() => readColumns({ values: rows }))).toEqual([
			"'Columns' leaves the column 'label' nothing to choose from",
			expect.stringContaining('one a line or separated by commas'),
		]);
	});

	it('an unknown type', () => {
		expect(refusal(() => readColumns({ values: [{ name: 'due', type: 'datetime' }] }))).toEqual([
			"'Columns' gives the column 'due' the type 'datetime', which is none",
			'A type is text, number, integer, boolean, date, choice or list.',
		]);
	});

	it('an unknown type that is long, in part', () => {
		const rows = [{ name: 'due', type: 'x'.repeat(60) }];

		expect(refusal(() => readColumns({ values: rows }))[0]).toBe(
			`'Columns' gives the column 'due' the type '${'x'.repeat(50)}', which is none`,
		);
	});

	it('more than 200', () => {
		const rows = Array.from({ length: 201 }, (_, index) => ({ name: `c${index}` }));

		expect(refusal(() => readColumns({ values: rows }))).toEqual([
			"'Columns' holds 201 columns, but at most 200 can be asked for at once",
			'Spread them over several steps.',
		]);
		expect(readColumns({ values: rows.slice(1) })).toHaveLength(200);
	});
});
