import { toNode, toValue, type JsonNode } from '../../../nodes/minimax/json/jsonNode';
import { readNode } from '../../../nodes/minimax/json/readNode';
import { coerce } from '../../../nodes/minimax/jsonSchema/coerce';
import { inspectSchema } from '../../../nodes/minimax/jsonSchema/inspectSchema';
import type { SchemaObject } from '../../../nodes/minimax/jsonSchema/schema';

const draft7 = { $schema: 'http://json-schema.org/draft-07/schema#' };

function coerced(node: JsonNode, schema: SchemaObject): unknown {
	const ready = inspectSchema(schema);
	if (typeof ready === 'string') throw new Error(ready);
	return toValue(coerce(node, ready.root, ready, () => {}));
}

const number = { type: 'number' };
const either = (...types: string[]) => ({ type: types });

describe('a text becomes what it holds, where the type asks for it', () => {
	test.each<[string, SchemaObject, unknown]>([
		['12.5', number, 12.5],
		[' -3e2 ', number, -300],
		['+7', number, 7],
		['0', number, 0],
		['1E-2', number, 0.01],
		['7', { type: 'integer' }, 7],
		// What is no whole number is reported as such.
		['7.5', { type: 'integer' }, 7.5],
		['07', number, '07'],
		['1.', number, '1.'],
		['.5', number, '.5'],
		['1e', number, '1e'],
		['1,5', number, '1,5'],
		['x1', number, 'x1'],
		['1x', number, '1x'],
		['', number, ''],
		['true', { type: 'boolean' }, true],
		[' FALSE', { type: 'boolean' }, false],
		['truely', { type: 'boolean' }, 'truely'],
		['untrue', { type: 'boolean' }, 'untrue'],
		['yes', { type: 'boolean' }, 'yes'],
		['Null', { type: 'null' }, null],
		['nullx', { type: 'null' }, 'nullx'],
		['nonnull', { type: 'null' }, 'nonnull'],
		['{"a": "1"}', { type: 'object', properties: { a: number } }, { a: 1 }],
		['[1]', { type: 'array' }, [1]],
		['[1]', { type: 'object' }, '[1]'],
		['{a: 1}', { type: 'object' }, '{a: 1}'],
		['{"a": 1} x', { type: 'object' }, '{"a": 1} x'],
		['{"a":', { type: 'object' }, '{"a":'],
		['null', either('number', 'null'), null],
		['5', either('number', 'null'), 5],
		['x', either('number', 'null'), 'x'],
		['5', either('string', 'number'), '5'],
		// Two ways to read it are none.
		['5', either('integer', 'number'), '5'],
		['5', { type: 'string' }, '5'],
		['5', {}, '5'],
		['5', { minimum: 1 }, '5'],
	])('%j by %j is %j', (text, schema, value) => {
		expect(coerced(toNode(text), schema)).toEqual(value);
	});
});

describe('of other values', () => {
	test.each<[string, SchemaObject, unknown]>([
		['1.10', { type: 'string' }, '1.10'],
		['12345678901234567890', { type: 'string' }, '12345678901234567890'],
		['1.10', number, 1.1],
		['1.10', either('number', 'string'), 1.1],
		['1', { type: 'boolean' }, 1],
		['true', { type: 'string' }, true],
		['null', { type: 'string' }, null],
		['[1]', { type: 'string' }, [1]],
		['{}', { type: 'array' }, {}],
	])('%s by %j is %j', (json, schema, value) => {
		const reading = readNode(`[${json}]`, 0);
		if (!reading.ok || reading.node.type !== 'array') throw new Error('It is no list');
		const [node] = reading.node.items;
		if (node === undefined) throw new Error('It is empty');
		expect(coerced(node, schema)).toEqual(value);
	});
});

describe('a choice is meant by a value that is like no other one', () => {
	test.each<[unknown, SchemaObject, unknown]>([
		[' Good', { enum: ['good', 'bad'] }, 'good'],
		['good', { enum: ['Good ', 'bad'] }, 'Good '],
		['good', { enum: ['good', 'Good'] }, 'good'],
		['GOOD', { enum: ['good', 'Good'] }, 'GOOD'],
		['goods', { enum: ['good'] }, 'goods'],
		['3', { enum: [3, 4] }, 3],
		[3, { enum: ['3', '4'] }, '3'],
		[true, { enum: ['True'] }, 'True'],
		['true', { enum: [true] }, true],
		['null', { enum: [null, 1] }, null],
		['[object object]', { enum: [{ a: 1 }] }, '[object object]'],
		['5', { const: 5 }, 5],
		['5', { const: 5, enum: ['5'] }, 5],
		// A choice decides, whatever the type is.
		['7', { type: 'number', enum: [1, 2] }, '7'],
		[null, { enum: ['null'] }, null],
	])('%j by %j is %j', (given, schema, value) => {
		expect(coerced(toNode(given), schema)).toEqual(value);
	});
});

describe('schemas in schemas', () => {
	test.each<[string, unknown, SchemaObject, unknown]>([
		['a reference', '1', { $ref: '#/$defs/n', $defs: { n: number } }, 1],
		['all of several', '1', { allOf: [{ minimum: 0 }, number] }, 1],
		[
			'the only one of several that matches then',
			'true',
			{ anyOf: [number, { type: 'boolean' }] },
			true,
		],
		['the same for one of', '1', { oneOf: [number, { type: 'boolean' }] }, 1],
		['none where one matches already', '1', { anyOf: [number, { type: 'string' }] }, '1'],
		[
			'none where several match in different ways',
			'null',
			{ anyOf: [{ type: 'null' }, { enum: ['NULL'] }] },
			'null',
		],
		['one where several match in the same way', '1', { anyOf: [number, { type: 'integer' }] }, 1],
		[
			'none where none matches then',
			'1',
			{ anyOf: [{ type: 'boolean' }, { type: 'number', minimum: 2 }] },
			'1',
		],
		['any schema', '1', { anyOf: [true, number] }, '1'],
		['members by name', { a: '1', b: '1' }, { properties: { a: number } }, { a: 1, b: '1' }],
		[
			'members by pattern',
			{ a1: '1', b1: '1' },
			{ patternProperties: { '^a': number } },
			{ a1: 1, b1: '1' },
		],
		[
			'members by both',
			{ a1: '1' },
			{ properties: { a1: { minimum: 0 } }, patternProperties: { '^a': number } },
			{ a1: 1 },
		],
		[
			'the other members',
			{ a: '1', b: '1' },
			{ properties: { a: {} }, additionalProperties: number },
			{ a: '1', b: 1 },
		],
		['no other member', { a: '1' }, { additionalProperties: false }, { a: '1' }],
		['no inherited name', { toString: '1' }, { properties: { a: number } }, { toString: '1' }],
		['items', ['1', '2'], { items: number }, [1, 2]],
		['the first items', ['1', '2'], { prefixItems: [number] }, [1, '2']],
		[
			'the first items and the rest',
			[1, '2'],
			{ prefixItems: [{ type: 'string' }], items: number },
			['1', 2],
		],
		['the first items of draft 7', ['1', '2'], { ...draft7, items: [number] }, [1, '2']],
		['and its rest', ['1', '2'], { ...draft7, items: [{}], additionalItems: number }, ['1', 2]],
		['no rest beside items', ['1'], { ...draft7, items: {}, additionalItems: number }, ['1']],
		[
			'members of members',
			{ a: [{ b: '1' }] },
			{ properties: { a: { items: { properties: { b: number } } } } },
			{ a: [{ b: 1 }] },
		],
	])('convert by %s', (_what, given, schema, value) => {
		expect(coerced(toNode(given), schema)).toEqual(value);
	});

	test('change nothing of what they are given', () => {
		const node = toNode({ a: ['1'] });
		const before = structuredClone(node);
		expect(coerced(node, { properties: { a: { items: number } } })).toEqual({ a: [1] });
		expect(node).toEqual(before);
	});
});
