import { inspectSchema } from '../../../nodes/minimax/jsonSchema/inspectSchema';
import type { SchemaObject } from '../../../nodes/minimax/jsonSchema/schema';

const RIGHT_SCHEMA = 'has to be a schema of its own, such as {"type": "string"}';
const UNKNOWN =
	'of JSON Schema, so that nothing would be checked; an example of an answer is no schema';
const draft4 = { $schema: 'http://json-schema.org/draft-04/schema#' };
const draft7 = { $schema: 'http://json-schema.org/draft-07/schema#' };

/** Where a schema is at fault, and why; null where it can be used. */
function faultOf(schema: unknown): string | null {
	const outcome = inspectSchema(schema as SchemaObject);
	return typeof outcome === 'string' ? outcome : null;
}

describe('a fault is reported with its place', () => {
	it.each<[unknown, unknown]>([
		[{ properties: { a: 'text' } }, `/properties/a: ${RIGHT_SCHEMA}`],
		[{ properties: ['a'] }, 'properties has to be an object of schemas'],
		[{ patternProperties: 7 }, 'patternProperties has to be an object of schemas'],
		[{ $defs: { a: [] } }, `/$defs/a: ${RIGHT_SCHEMA}`],
		[{ not: 'a' }, `/not: ${RIGHT_SCHEMA}`],
		[{ items: 'a' }, `/items: ${RIGHT_SCHEMA}`],
		[{ items: [{}] }, `/items: ${RIGHT_SCHEMA}`],
		[{ ...draft7, items: [{}, 'a'] }, `/items/1: ${RIGHT_SCHEMA}`],
		[{ anyOf: {} }, 'anyOf has to be a list of schemas, not empty'],
		[{ anyOf: [{}, 'a'] }, `/anyOf/1: ${RIGHT_SCHEMA}`],
		[{ allOf: [{ oneOf: [] }] }, '/allOf/0: oneOf has to be a list of schemas, not empty'],
		[
			{ properties: { a: { items: { minLength: -1 } } } },
			'/properties/a/items: minLength has to be at least 0, but is -1',
		],
		[{ dependentRequired: { a: 'b' } }, 'dependentRequired has to be an object of lists of names'],
		[{ ...draft7, dependencies: { a: 7 } }, `/dependencies/a: ${RIGHT_SCHEMA}`],
		[{ ...draft7, dependencies: { a: ['b', 7] } }, '/dependencies/a: 1 has to be a text, but is 7'],
		[{ required: ['a', 7] }, 'required has to be a list of names, beside properties'],
		[{ type: ['text'] }, expect.stringMatching(/^type has to be one of string, number, /)],
		[{ $id: 7 }, '$id has to be a text, but is 7'],
		[{ ...draft4, id: 7 }, 'id has to be a text, but is 7'],
		[
			{ type: ['string', 'string'] },
			expect.stringMatching(/^type has to be one of string, number, /),
		],
		[{ enum: [] }, 'enum has to be a list of the values to choose from, not empty'],
		[{ multipleOf: 0 }, 'multipleOf has to be a number above 0'],
		[
			{ exclusiveMinimum: true },
			expect.stringMatching(/^exclusiveMinimum has to be a number, the limit itself/),
		],
		[
			{ ...draft4, exclusiveMaximum: 1 },
			expect.stringMatching(/^exclusiveMaximum has to be a number, the limit itself/),
		],
		[{ title: 7 }, 'title has to be a text, but is 7'],

		[{ $dynamicRef: '#a' }, '$dynamicRef is not followed here; write $ref'],
		[{ not: { $recursiveRef: '#' } }, '/not: $recursiveRef is not followed here; write $ref'],
		[{ name: 'Ann' }, `"name" is no keyword ${UNKNOWN}`],
		[{ a: 1, b: 2 }, `"a", "b" are no keywords ${UNKNOWN}`],
		[{ a: 1, b: 2, c: 3, d: 4 }, `"a", "b", "c" are no keywords ${UNKNOWN}`],
		[{ type: 'string', enum: [1, null] }, 'no value of enum is of the type that type asks for'],
		[{ type: ['null', 'string'], enum: [1] }, 'no value of enum is of the type that type asks for'],
		[{ pattern: '(' }, 'the pattern "(" has a group that is not closed'],
		[
			{ items: { patternProperties: { '(': {} } } },
			'/items: the pattern "(" has a group that is not closed',
		],
		[
			{ pattern: `(${'a'.repeat(200)}` },
			`the pattern "(${'a'.repeat(98)} has a group that is not closed`,
		],
		[
			{ $ref: '#/a' },
			'the $ref "#/a" leads nowhere; only what stands in the schema itself is found',
		],
		[
			{ $ref: '#/$defs/a', $defs: { a: { pattern: '(' } } },
			'/$defs/a: the pattern "(" has a group that is not closed',
		],
		[
			{ items: { $ref: 'https://a.b/c' }, $defs: { a: { $id: 'https://a.b/c', pattern: '(' } } },
			'/items: the pattern "(" has a group that is not closed',
		],
		[{ $ref: '#' }, 'it refers to itself without end'],
		[
			{
				$ref: '#/$defs/a',
				$defs: { a: { allOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } },
			},
			'it refers to itself without end',
		],
		[{ items: { anyOf: [{ $ref: '#/items' }] } }, 'it refers to itself without end'],
	])('%j: %s', (schema, fault) => {
		expect(faultOf(schema)).toEqual(fault);
	});

	it('a long place in part', () => {
		const name = 'n'.repeat(300);
		expect(faultOf({ properties: { [name]: { pattern: '(' } } })).toBe(
			`/properties/${'n'.repeat(189)}: the pattern "(" has a group that is not closed`,
		);
	});
});

describe('can be used', () => {
	it.each<[string, unknown]>([
		['nothing', {}],
		['an unknown keyword beside a known one', { type: 'string', mood: 'good' }],
		['a keyword that is meant to be unknown', { 'x-order': 1 }],
		['a note alone', { title: 'Moby Dick', example: { a: 1 } }],
		['a choice of the right type among others', { type: 'string', enum: [1, 'a'] }],
		['a choice of one of the types', { type: ['null', 'string'], enum: [null] }],
		['choices without a type', { enum: [1] }],
		['a type without choices', { type: 'string' }],
		['the same pattern twice', { pattern: 'a', items: { pattern: 'a' } }],
		['a reference into the value', { properties: { a: { $ref: '#' } } }],
		['one part twice', { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }], $defs: { a: {} } }],
		['a fault that nothing refers to', { $defs: { a: { pattern: '(' } } }],
		['an older fault that nothing refers to', { definitions: { a: { pattern: '(' } } }],
		['items of draft 7', { ...draft7, items: [{}] }],
		['a limit of draft 4', { ...draft4, minimum: 1, exclusiveMinimum: true }],
		['a property called like a keyword', { properties: { items: { type: 'string' }, enum: {} } }],
	])('%s', (_what, schema) => {
		expect(faultOf(schema)).toBeNull();
	});

	it('with its draft, its references and its patterns', () => {
		const root = { ...draft7, pattern: 'a', patternProperties: { '^b': {} } };
		const ready = inspectSchema(root);
		if (typeof ready === 'string') throw new Error(ready);
		expect(ready.root).toBe(root);
		expect(ready.draft).toBe('7');
		expect([...ready.patterns.keys()].sort()).toEqual(['^b', 'a']);
	});

	it('up to 20,000 parts', () => {
		const parts = (count: number) => ({
			properties: Object.fromEntries(Array.from({ length: count }, (_, part) => [`p${part}`, {}])),
		});
		expect(faultOf(parts(19_999))).toBeNull();
		expect(faultOf(parts(20_000))).toBe('it has more than 20000 parts');
	});
});

it('twenty thousand parts are looked at, and no more', () => {
	const parts = (count: number) => ({
		allOf: Array.from({ length: count }, () => ({ title: '' })),
	});
	expect(faultOf(parts(19_999))).toBeNull();
	expect(faultOf(parts(20_000))).toBe('it has more than 20000 parts');
});
