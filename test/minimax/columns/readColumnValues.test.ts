import type { Column } from '../../../nodes/minimax/columns/column';
import { readColumnValues as readValues } from '../../../nodes/minimax/columns/readColumnValues';
import { toNode } from '../../../nodes/minimax/json/jsonNode';
import { readNode } from '../../../nodes/minimax/json/readNode';

const readColumnValues = (json: unknown, columns: Column[]) => readValues(toNode(json), columns);

const column = (given: Partial<Column>): Column => ({
	name: 'value',
	type: 'text',
	choices: [],
	description: '',
	required: true,
	...given,
});

it.each<[Partial<Column>, unknown, unknown]>([
	[{}, 'It snows.', 'It snows.'],
	[{}, '', ''],
	[{ type: 'number' }, 12.5, 12.5],
	[{ type: 'number' }, 0, 0],
	[{ type: 'integer' }, -3, -3],
	[{ type: 'boolean' }, false, false],
	[{ type: 'choice', choices: ['bug', 'wish'] }, 'wish', 'wish'],
	[{ type: 'list' }, ['a', 'b'], ['a', 'b']],
	[{ type: 'list' }, [], []],
	[{ type: 'boolean' }, ' Yes', true],
	[{ type: 'boolean' }, 'no', false],
	[{ type: 'date' }, '2026/1/31', '2026-01-31'],
	[{ required: false }, '', ''],
])('%j takes %j as %j', (given, came, value) => {
	expect(readColumnValues({ value: came }, [column(given)])).toEqual({
		ok: true,
		values: { value },
	});
});

it.each<[Partial<Column>, unknown, string]>([
	[{}, 7, 'a text, but 7 came'],
	[{ type: 'number' }, '12.5', 'a number, but "12.5" came'],
	[{ type: 'integer' }, 12.5, 'a whole number, but 12.5 came'],
	[{ type: 'boolean' }, 'maybe', 'true or false, but "maybe" came'],
	[{ type: 'boolean' }, 1, 'true or false, but 1 came'],
	[
		{ type: 'choice', choices: ['bug', 'wish'] },
		'praise',
		'one of "bug", "wish", but "praise" came',
	],
	[{ type: 'list' }, 'a, b', 'a list of texts, but "a, b" came'],
	[{ type: 'list' }, ['a', { b: 1 }], 'a list of texts, but ["a",{"b":1}] came'],
	[{ type: 'date' }, 'soon', 'a date such as 2026-01-31, but "soon" came'],
	[{ type: 'date' }, '31.01.2026', 'a date such as 2026-01-31, but "31.01.2026" came'],
	[
		{ type: 'choice', choices: Array.from({ length: 22 }, (_, index) => `${index}`) },
		'x',
		`one of ${Array.from({ length: 20 }, (_, index) => `"${index}"`).join(', ')} and 2 more, but "x" came`,
	],
	[{ type: 'date' }, 20260131, 'a date such as 2026-01-31, but 20260131 came'],
	[{ type: 'choice', choices: ['1'] }, 1, 'one of "1", but 1 came'],
	[{ type: 'number' }, 'x'.repeat(78), `a number, but "${'x'.repeat(78)}" came`],
	[{ type: 'number' }, 'x'.repeat(79), `a number, but "${'x'.repeat(79)}… came`],
	[{}, { a: 'x'.repeat(200) }, `a text, but {"a":"${'x'.repeat(74)}… came`],
])('%j refuses %j', (given, came, words) => {
	expect(readColumnValues({ value: came }, [column(given)])).toEqual({
		ok: false,
		reasons: [`Column 'value' is to be ${words}`],
	});
});

it('gives all columns in their order, and nothing else', () => {
	const columns = ['due', 'label', 'note'].map((name) =>
		column({ name, required: name !== 'note' }),
	);
	const read = readColumnValues({ mood: 'good', label: 'bug', due: 'soon' }, columns);

	expect(read).toEqual({ ok: true, values: { due: 'soon', label: 'bug', note: null } });
	expect(Object.keys(read.ok ? read.values : {})).toEqual(['due', 'label', 'note']);
});

it.each([
	[{}, 'has no value'],
	[{ value: null }, 'has no value (null came)'],
])('a missing value is reported: %j', (json, words) => {
	expect(readColumnValues(json, [column({})])).toEqual({
		ok: false,
		reasons: [`Column 'value' ${words}`],
	});
	expect(readColumnValues(json, [column({ required: false })])).toEqual({
		ok: true,
		values: { value: null },
	});
});

it.each(['constructor', 'toString', 'hasOwnProperty'])(
	'what every object inherits is no value of the column %s',
	(name) => {
		expect(readColumnValues({}, [column({ name })])).toEqual({
			ok: false,
			reasons: [`Column '${name}' has no value`],
		});
	},
);

it.each([
	['text', '"bug"'],
	[[{ value: 'a' }], '[{"value":"a"}]'],
	[null, 'null'],
	[7, '7'],
])('what is no object is reported: %j', (json, came) => {
	expect(readColumnValues(json, [column({})])).toEqual({
		ok: false,
		reasons: [
			`An object with the columns was asked for, but ${json === 'text' ? '"text"' : came} came`,
		],
	});
});

it('at most five reasons', () => {
	const columns = Array.from({ length: 9 }, (_, index) => column({ name: `c${index}` }));
	const read = readColumnValues({}, columns);

	expect(read.ok ? [] : read.reasons).toHaveLength(5);
});

it.each(['number', 'integer', 'boolean', 'date', 'choice', 'list'] as const)(
	'an empty text is no value of the type %s',
	(type) => {
		const asked = column({ type, choices: ['a'] });

		expect(readColumnValues({ value: ' ' }, [asked])).toEqual({
			ok: false,
			reasons: [`Column 'value' has no value (" " came)`],
		});
		expect(readColumnValues({ value: ' ' }, [{ ...asked, required: false }])).toEqual({
			ok: true,
			values: { value: null },
		});
	},
);

const readText = (text: string, columns: Column[]) => {
	const reading = readNode(text, 0);
	if (!reading.ok) throw new Error(text);
	return readValues(reading.node, columns);
};

it.each([
	['{"value": "a", "value": "b"}', column({}), `Column 'value' came twice, as "a" and "b"`],
	[
		'{"value": 12345678901234567890}',
		column({ type: 'number' }),
		"Column 'value' cannot be read: the number 12345678901234567890 cannot be kept exactly",
	],
])('what would get lost is reported: %s', (text, asked, reason) => {
	expect(readText(text, [asked])).toEqual({ ok: false, reasons: [reason] });
});

it('a value that came twice and is the same', () => {
	expect(readText('{"value": 1, "value": 1.0}', [column({ type: 'number' })])).toEqual({
		ok: true,
		values: { value: 1 },
	});
});

it('what gets lost elsewhere does not matter', () => {
	expect(readText('{"value": "a", "x": 12345678901234567890}', [column({})])).toEqual({
		ok: true,
		values: { value: 'a' },
	});
});
