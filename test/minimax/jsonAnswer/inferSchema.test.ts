import { inferSchema } from '../../../nodes/minimax/jsonAnswer/inferSchema';
import { readSchema } from '../../../nodes/minimax/jsonAnswer/readSchema';
import { refusal } from '../../support/refusal';

const RIGHT =
	'Give an answer as you want it, for example {"name": "Ada", "amount": 12.5, "tags": ["new"]}.';

it('takes types from the values, and requires every field', () => {
	const example = {
		number: 'R-7',
		total: 120,
		paid: true,
		note: null,
		tags: ['new'],
		none: [],
		lines: [
			{ name: 'Desk', price: 99.5 },
			{ name: 'Lamp', price: 20, colour: 'red' },
		],
	};
	const schema = {
		type: 'object',
		properties: {
			number: { type: 'string' },
			total: { type: 'number' },
			paid: { type: 'boolean' },
			note: {},
			tags: { type: 'array', items: { type: 'string' } },
			none: { type: 'array' },
			lines: {
				type: 'array',
				items: {
					type: 'object',
					properties: {
						name: { type: 'string' },
						price: { type: 'number' },
						colour: { type: 'string' },
					},
					required: ['name', 'price'],
				},
			},
		},
		required: ['number', 'total', 'paid', 'note', 'tags', 'none', 'lines'],
	};

	expect(inferSchema(JSON.stringify(example))).toEqual(schema);
	expect(inferSchema(example)).toEqual(schema);
	expect(readSchema(schema)?.json).toEqual(schema);
});

it.each([
	[[1, 'a'], { type: ['number', 'string'] }],
	[[1, 2.5], { type: 'number' }],
	[['a', null], { type: ['null', 'string'] }],
	[
		[{ a: 1 }, null],
		{
			anyOf: [
				{ type: 'null' },
				{ type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
			],
		},
	],
	[
		[[1], { a: 1 }, null],
		{
			anyOf: [
				{ type: 'null' },
				{ type: 'array', items: { type: 'number' } },
				{ type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
			],
		},
	],
	[
		[{ a: 1 }, 'a', null],
		{
			anyOf: [
				{ type: ['null', 'string'] },
				{ type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
			],
		},
	],
])('takes the kinds in the list %j as %j', (list, items) => {
	expect(inferSchema(list)).toEqual({ type: 'array', items });
});

it('requires a field whatever its name is', () => {
	const lines = JSON.parse('[{"constructor": 1, "__proto__": "a", "7": null}]') as unknown[];

	expect(JSON.stringify(inferSchema([...lines, ...lines]))).toBe(
		'{"type":"array","items":{"type":"object","properties":' +
			'{"7":{},"constructor":{"type":"number"},"__proto__":{"type":"string"}},' +
			'"required":["7","constructor","__proto__"]}}',
	);
});

it('takes what an expression gave as the JSON it would be', () => {
	const value = { on: new Date(0), off: undefined, none: {} };

	expect(inferSchema(value)).toEqual({
		type: 'object',
		properties: { on: { type: 'string' }, none: { type: 'object' } },
		required: ['on', 'none'],
	});
});

it.each([
	['{"a": ', "'JSON Example' is not valid JSON"],
	['"text"', "'JSON Example' is not an object or a list"],
	['null', "'JSON Example' is not an object or a list"],
	[7, "'JSON Example' is not an object or a list"],
	[`${'['.repeat(100_000)}${']'.repeat(100_000)}`, "'JSON Example' is not valid JSON"],
])('refuses %.40j', (value, message) => {
	expect(refusal(() => inferSchema(value))).toEqual([message, expect.stringContaining('"Ada"')]);
});

it.each(['', '  ', null, undefined])(
	'refuses %j as empty, as an expression may have come out',
	(value) => {
		expect(refusal(() => inferSchema(value))).toEqual([
			"'JSON Example' is empty",
			`${RIGHT} If it comes from an expression, check that the expression gives a value for this item.`,
		]);
	},
);

it('refuses a value that JSON has no place for', () => {
	expect(refusal(() => inferSchema({ a: 1n }))).toEqual([
		"'JSON Example' is not valid JSON",
		`Do not know how to serialize a BigInt. ${RIGHT}`,
	]);
});
