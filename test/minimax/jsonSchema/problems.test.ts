import { inspectSchema } from '../../../nodes/minimax/jsonSchema/inspectSchema';
import type { SchemaObject } from '../../../nodes/minimax/jsonSchema/schema';
import { validate } from '../../../nodes/minimax/jsonSchema/validate';

/** What is wrong with a value: where, by which keyword, and in what words. */
function problemsOf(value: unknown, schema: SchemaObject): string[] {
	const ready = inspectSchema(schema);
	if (typeof ready === 'string') throw new Error(ready);
	return validate(value, ready.root, ready, () => {}).map(
		({ path, keyword, words }) => `${path.join('/')} ${keyword}: ${words}`,
	);
}

const draft4 = { $schema: 'http://json-schema.org/draft-04/schema#' };
const long = 'x'.repeat(61);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each<[unknown, SchemaObject, string[]]>([
	[1.5, { type: 'integer' }, [' type: has to be a whole number, but is 1.5']],
	[
		'x',
		{ type: ['null', 'boolean'] },
		[' type: has to be null or true or false, but is the text "x"'],
	],
	[null, { type: ['string', 'array'] }, [' type: has to be a text or a list, but is null']],
	[{}, { type: 'number' }, [' type: has to be a number, but is an object']],
	[[], { type: 'object' }, [' type: has to be an object, but is a list']],
	[2, { enum: ['a', 1, null] }, [' enum: has to be one of "a", 1, null, but is 2']],
	[-1, { enum: numbers(20) }, [` enum: has to be one of ${numbers(20).join(', ')}, but is -1`]],
	[-1, { enum: numbers(21) }, [` enum: has to be one of ${numbers(20).join(', ')}, …, but is -1`]],
	[{ a: 2 }, { enum: [{ a: 1 }] }, [' enum: has to be one of {"a":1}, but is an object']],
	[{ a: 1 }, { enum: [[1], 'a'] }, [' enum: has to be one of [1], "a", but is an object']],
	[true, { const: null }, [' const: has to be null, but is true']],
	[long, { const: 1 }, [` const: has to be 1, but is the text "${'x'.repeat(60)}"…`]],
	['x'.repeat(60), { const: 1 }, [` const: has to be 1, but is the text "${'x'.repeat(60)}"`]],
	[1, { const: { b: 1, a: 2 } }, [' const: has to be {"a":2,"b":1}, but is 1']],
	[1, { const: ['x'.repeat(116)] }, [` const: has to be ["${'x'.repeat(116)}"], but is 1`]],
	[1, { const: [long, long] }, [` const: has to be ["${long}","${'x'.repeat(54)}…, but is 1`]],

	[0.9, { minimum: 1 }, [' minimum: has to be at least 1, but is 0.9']],
	[2.1, { maximum: 2 }, [' maximum: has to be at most 2, but is 2.1']],
	[1, { ...draft4, minimum: 1, exclusiveMinimum: true }, [' minimum: has to be above 1, but is 1']],
	[
		0,
		{ ...draft4, minimum: 1, exclusiveMinimum: false },
		[' minimum: has to be at least 1, but is 0'],
	],
	[3, { ...draft4, maximum: 2, exclusiveMaximum: true }, [' maximum: has to be below 2, but is 3']],
	[
		3,
		{ ...draft4, maximum: 2, exclusiveMaximum: false },
		[' maximum: has to be at most 2, but is 3'],
	],
	[1, { exclusiveMinimum: 1 }, [' exclusiveMinimum: has to be above 1, but is 1']],
	[2, { exclusiveMaximum: 2 }, [' exclusiveMaximum: has to be below 2, but is 2']],
	[0.35, { multipleOf: 0.1 }, [' multipleOf: has to be a multiple of 0.1, but is 0.35']],
	[1e308, { multipleOf: 1e-308 }, [' multipleOf: has to be a multiple of 1e-308, but is 1e+308']],
	[
		5,
		{ minimum: 7, multipleOf: 2 },
		[
			' minimum: has to be at least 7, but is 5',
			' multipleOf: has to be a multiple of 2, but is 5',
		],
	],

	['a', { minLength: 2 }, [' minLength: has to have at least 2 characters']],
	['', { minLength: 1 }, [' minLength: has to have at least 1 character']],
	['abc', { maxLength: 2 }, [' maxLength: has to have at most 2 characters']],
	['x1', { pattern: '^\\d$' }, [' pattern: has to match the pattern ^\\d$, but is the text "x1"']],
	['x', { format: 'email' }, [' format: has to be an e-mail address, but is the text "x"']],
	['x', { format: 'uuid' }, [' format: has to be a UUID, but is the text "x"']],
	['x', { format: 'ipv4' }, [' format: has to be an IPv4 address, but is the text "x"']],
	['x', { format: 'ipv6' }, [' format: has to be an IPv6 address, but is the text "x"']],
	[
		'x',
		{ format: 'duration' },
		[' format: has to be a duration such as P1DT12H, but is the text "x"'],
	],
	['x', { format: 'time' }, [' format: has to be a time such as 09:30:00Z, but is the text "x"']],
	['(', { format: 'regex' }, [' format: has to be a regular expression, but is the text "("']],
	[
		'x',
		{ format: 'uri' },
		[' format: has to be an address such as https://example.com, but is the text "x"'],
	],

	[[], { minItems: 1 }, [' minItems: has to have at least 1 item, but has 0']],
	[[1, 2], { maxItems: 1 }, [' maxItems: has to have at most 1 item, but has 2']],
	[[1], { minItems: 2 }, [' minItems: has to have at least 2 items, but has 1']],
	[[1, 2, 1, 2], { uniqueItems: true }, [' uniqueItems: has the items 0 and 2 alike']],
	[[1, 1], { uniqueItems: false }, []],
	[
		[2],
		{ contains: { const: 1 } },
		[" contains: has 0 items of the kind that 'contains' asks for"],
	],
	[
		[1],
		{ contains: { const: 1 }, minContains: 2 },
		[" contains: has 1 item of the kind that 'contains' asks for"],
	],
	[
		[1, 1],
		{ contains: { const: 1 }, maxContains: 1 },
		[" contains: has 2 items of the kind that 'contains' asks for"],
	],
	[
		[1, 'x', null],
		{ items: { type: 'number' } },
		['1 type: has to be a number, but is the text "x"', '2 type: has to be a number, but is null'],
	],
	[['x', 1], { prefixItems: [{ type: 'string' }], items: false }, ['1 false: is not allowed']],

	[{}, { minProperties: 1 }, [' minProperties: has to have at least 1 member']],
	[{ a: 1, b: 2 }, { maxProperties: 1 }, [' maxProperties: has to have at most 1 member']],
	[{ b: 1 }, { required: ['a', 'b', 'c"'] }, [' required: lacks "a"', ' required: lacks "c\\""']],
	[
		{ a: 1 },
		{ dependentRequired: { a: ['b'], c: ['d'] } },
		[' dependentRequired: lacks "b", which belongs to "a"'],
	],
	[
		{ a: 1 },
		{ dependentSchemas: { a: { minProperties: 2 }, b: { minProperties: 9 } } },
		[' minProperties: has to have at least 2 members'],
	],
	[
		{ abc: 1 },
		{ propertyNames: { maxLength: 2 } },
		['abc maxLength: has a name that has to have at most 2 characters'],
	],
	[
		{ a: { b: ['x'] } },
		{ properties: { a: { properties: { b: { items: { type: 'null' } } } } } },
		['a/b/0 type: has to be null, but is the text "x"'],
	],
	[
		{ x: 1, y: 1 },
		{ properties: { x: true }, additionalProperties: false },
		['y false: is not allowed'],
	],
	[
		{ xy: 1 },
		{ patternProperties: { '^x': { type: 'string' }, y$: { type: 'null' } } },
		['xy type: has to be a text, but is 1', 'xy type: has to be null, but is 1'],
	],

	[
		5,
		{ allOf: [{ minimum: 6 }, { maximum: 4 }] },
		[' minimum: has to be at least 6, but is 5', ' maximum: has to be at most 4, but is 5'],
	],
	[
		'x',
		{ not: { type: 'string' } },
		[' not: has to be something else than the text "x", by \'not\''],
	],
	[
		1,
		{ oneOf: [{ type: 'number' }, { minimum: 0 }, { maximum: 0 }] },
		[" oneOf: matches 2 of the schemas in 'oneOf' instead of one"],
	],
	[
		1,
		{ if: { type: 'number' }, then: { minimum: 2 }, else: { minLength: 2 } },
		[' minimum: has to be at least 2, but is 1'],
	],
	[
		'x',
		{ if: { type: 'number' }, then: { minimum: 2 }, else: { minLength: 2 } },
		[' minLength: has to have at least 2 characters'],
	],
	[1, { if: { type: 'string' }, then: false }, []],
	[1, { then: false, else: false }, []],
	[
		{ a: 1, b: 2 },
		{ properties: { a: true }, unevaluatedProperties: false },
		['b false: is not allowed'],
	],
	[
		[1, 2],
		{ prefixItems: [true], unevaluatedItems: { type: 'null' } },
		['1 type: has to be null, but is 2'],
	],
])('%j against %j', (value, schema, problems) => {
	expect(problemsOf(value, schema)).toEqual(problems);
});

describe('of alternatives that all fail', () => {
	test.each<[string, unknown, SchemaObject, string[]]>([
		[
			'all are reported that fail at the value itself',
			1,
			{ anyOf: [{ type: 'string' }, { type: 'null' }] },
			[' type: has to be a text, but is 1', ' type: has to be null, but is 1'],
		],
		[
			'the only one of the right type is reported',
			1,
			{ anyOf: [{ type: 'string' }, { type: 'number', minimum: 2 }] },
			[' minimum: has to be at least 2, but is 1'],
		],
		[
			'two of the right type are reported with the others',
			1,
			{ anyOf: [{ type: 'null' }, { minimum: 3 }, { minimum: 2 }] },
			[
				' type: has to be null, but is 1',
				' minimum: has to be at least 3, but is 1',
				' minimum: has to be at least 2, but is 1',
			],
		],
		[
			'one that fails inside of the value comes before those that fail at it',
			{ a: 1 },
			{ oneOf: [{ required: ['b'] }, { properties: { a: { type: 'string' } } }] },
			['a type: has to be a text, but is 1'],
		],
		[
			'of those the one with the fewest problems, the first of equals',
			{ a: 1, b: 1 },
			{
				anyOf: [
					{ properties: { a: { type: 'null' }, b: { type: 'null' } } },
					{ properties: { a: { type: 'string' } } },
					{ properties: { b: { type: 'string' } } },
				],
			},
			['a type: has to be a text, but is 1'],
		],
		[
			'one of a wrong type inside is reported only where no other is left',
			{ a: 1 },
			{
				anyOf: [{ required: ['b'], properties: { a: { type: 'null' } } }, { minProperties: 2 }],
			},
			[' minProperties: has to have at least 2 members'],
		],
	])('%s', (_what, value, schema, problems) => {
		expect([...problemsOf(value, schema)].sort()).toEqual([...problems].sort());
	});
});

describe('what a schema has looked at', () => {
	const closed = { unevaluatedProperties: false, unevaluatedItems: false };
	test.each<[string, unknown, SchemaObject, number]>([
		['counts where its condition holds', { a: 1 }, { if: { properties: { a: true } } }, 0],
		['does not count where it fails', { a: 1 }, { if: { properties: { a: false } } }, 1],
		['counts by its branch', { a: 1 }, { if: true, then: { properties: { a: true } } }, 0],
		[
			'counts by the matching one of several',
			{ a: 1 },
			{ anyOf: [{ properties: { a: true } }, false] },
			0,
		],
		[
			'counts by all that match',
			{ a: 1, b: 1 },
			{ anyOf: [{ properties: { a: true } }, { properties: { b: true } }] },
			0,
		],
		[
			'does not count behind not',
			{ a: 1 },
			{ not: { required: ['b'], properties: { a: true } } },
			1,
		],
		[
			'counts by a dependent one',
			{ a: 1 },
			{ dependentSchemas: { a: { properties: { a: true } } } },
			0,
		],
		['counts by a pattern', { a1: 1 }, { patternProperties: { '^a': true } }, 0],
		['counts by what is left over', { a: 1 }, { additionalProperties: true }, 0],
		[
			'counts by what it refers to',
			{ a: 1 },
			{ $ref: '#/$defs/a', $defs: { a: { properties: { a: true } } } },
			0,
		],
		[
			'does not count inside of another value',
			{ a: { b: 1 } },
			{ properties: { a: true, b: true } },
			0,
		],
		['counts by contains in the newest draft', [1], { contains: { const: 1 } }, 0],
		['counts by contains for what it is only', [1, 2], { contains: { const: 1 } }, 1],
		[
			'does not count by contains in an older one',
			[1],
			{ $schema: 'https://json-schema.org/draft/2019-09/schema', contains: { const: 1 } },
			1,
		],
		['counts by items', [1, 2], { items: true }, 0],
	])('%s', (_what, value, schema, left) => {
		expect(problemsOf(value, { ...closed, ...schema })).toHaveLength(left);
	});
});

test('no more than fifty problems are reported of one list, object or value', () => {
	const many = numbers(60);
	expect(problemsOf(many, { items: { type: 'null' } })).toHaveLength(50);
	const object = Object.fromEntries(many.map((number) => [`k${number}`, number]));
	expect(problemsOf(object, { additionalProperties: { type: 'null' } })).toHaveLength(50);
	expect(problemsOf({}, { required: many.map((number) => `k${number}`) })).toHaveLength(50);
	expect(problemsOf(object, { propertyNames: { maxLength: 1 } })).toHaveLength(50);
});
