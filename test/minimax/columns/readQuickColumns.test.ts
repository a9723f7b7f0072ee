import fc from '../../support/fastCheck';
import { MiniMaxChat } from '../../../nodes/MiniMaxChat/MiniMaxChat.node';
import { readColumns } from '../../../nodes/minimax/columns/readColumns';
import { readQuickColumns } from '../../../nodes/minimax/columns/readQuickColumns';
import { refusal } from '../../support/refusal';

const text = (name: string) => ({ name, type: 'text' });
const choice = (name: string, ...choices: string[]) => ({ name, type: 'choice', choices });

it.each([
	['supplier', [text('supplier')]],
	[
		'supplier, due: date, amount:number',
		[text('supplier'), { name: 'due', type: 'date' }, { name: 'amount', type: 'number' }],
	],
	['supplier\r\n\n  due date : Date ,\n', [text('supplier'), { name: 'due date', type: 'date' }]],
	['label: billing | bug|wish', [choice('label', 'billing', 'bug', 'wish')]],
	[
		'label: a | b, note\nmood: good|bad',
		[choice('label', 'a', 'b'), text('note'), choice('mood', 'good', 'bad')],
	],
	['at: 8:00 | 9:30', [choice('at', '8:00', '9:30')]],
	['label: text | list |', [choice('label', 'text', 'list')]],
	['supplier, , note', [text('supplier'), text('note')]],
	[
		'供应商，日期：date、标签：账单｜错误',
		[text('供应商'), { name: '日期', type: 'date' }, choice('标签', '账单', '错误')],
	],
	[
		'seats: WHOLE  Number, paid: Yes or no',
		[
			{ name: 'seats', type: 'integer' },
			{ name: 'paid', type: 'boolean' },
		],
	],
	[
		'a: String, b: array, c: boolean, d: integer',
		[
			text('a'),
			{ name: 'b', type: 'list' },
			{ name: 'c', type: 'boolean' },
			{ name: 'd', type: 'integer' },
		],
	],
])('reads %j', (written, rows) => {
	expect(readQuickColumns(written)).toEqual(readColumns(rows));
});

it('knows every type by its name on the panel', () => {
	const columns = new MiniMaxChat().description.properties.find(({ name }) => name === 'columns');
	const rows = JSON.parse(JSON.stringify(columns)) as {
		options: Array<{
			values: Array<{ name: string; options?: Array<{ name: string; value: string }> }>;
		}>;
	};
	const types = rows.options[0]?.values.find(({ name }) => name === 'type')?.options ?? [];
	const others = types.filter(({ value }) => value !== 'choice');

	expect(others).toHaveLength(6);
	for (const { name, value } of others) {
		expect(readQuickColumns(`a: ${name}`)).toEqual(readColumns([{ name: 'a', type: value }]));
	}
});

it('gives what rows of the same columns give', () => {
	const word = fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
		.filter((name) => /^[^\p{C}\p{Z}\s,，、،:：|｜]+$/u.test(name));
	const row = fc.oneof(
		fc.record({ name: word, type: fc.constantFrom('text', 'number', 'date', 'list') }),
		fc.record({
			name: word,
			type: fc.constant('choice'),
			choices: fc.array(word, { minLength: 2, maxLength: 4 }),
		}),
	);
	const write = (one: { name: string; type: string; choices?: string[] }) =>
		`${one.name}: ${one.choices?.join(' | ') ?? one.type}`;
	const outcome = (read: () => unknown) => {
		try {
			return read();
		} catch (error) {
			return (error as Error).message;
		}
	};

	fc.assert(
		fc.property(
			fc.array(row, { minLength: 1, maxLength: 5 }),
			fc.constantFrom(', ', '\n'),
			(rows, mark) => {
				const written = rows.map(write).join(mark);
				expect(outcome(() => readQuickColumns(written))).toEqual(outcome(() => readColumns(rows)));
			},
		),
	);
});

it.each([
	[
		'label: billing, bug',
		"'Quick Columns' gives the column 'label' the type 'billing', which is none",
		"A type is text, number, whole number, yes or no, date or list. Choices are separated by |, as in 'label: billing | bug', and columns by commas.",
	],
	[
		'label: One of',
		"'Quick Columns' gives the column 'label' the type 'One of', which is none",
		/^A type is/,
	],
	['label:', "'Quick Columns' gives the column 'label' the type '', which is none", /^A type is/],
	[
		'label: | ',
		"'Quick Columns' gives the column 'label' the type '|', which is none",
		/^A type is/,
	],
	[
		'label: | |',
		"'Quick Columns' gives the column 'label' the type '| |', which is none",
		/^A type is/,
	],
	[
		`due  : ${'d'.repeat(60)}`,
		`'Quick Columns' gives the column 'due' the type '${'d'.repeat(50)}', which is none`,
		/^A type is/,
	],
	[
		': date',
		"'Quick Columns' gives no name to ': date'",
		"Write the column's name and a colon before it, for example 'label: billing | bug'.",
	],
	['billing | bug', "'Quick Columns' gives no name to 'billing | bug'", /a colon before it/],
	['\u200b: date', "'Quick Columns', row 1 has no name", /^Give it the name/],
	[',\n,', "'Quick Columns' holds no column", /^Add one/],
	['a, b, a: date', "'Quick Columns' holds the name 'a' twice", /^Give each/],
	['usage: number', "'Quick Columns' cannot hold a column called 'usage'", /'my_usage'/],
	[
		Array.from({ length: 201 }, (_, at) => `c${at}`).join(),
		/^'Quick Columns' holds 201 columns/,
		/^Spread/,
	],
])('refuses %j', (written, message, description) => {
	expect(refusal(() => readQuickColumns(written))).toEqual([
		typeof message === 'string' ? message : expect.stringMatching(message),
		typeof description === 'string' ? description : expect.stringMatching(description),
	]);
});
