import { toNode } from '../../../nodes/minimax/json/jsonNode';
import { fitToSchema } from '../../../nodes/minimax/jsonAnswer/fitToSchema';
import { readSchema } from '../../../nodes/minimax/jsonAnswer/readSchema';
import { refusal } from '../../support/refusal';

const RIGHT =
	'Give a JSON Schema, for example {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}.';

const circular: Record<string, unknown> = { type: 'object' };
circular.properties = { again: circular };

describe('readSchema', () => {
	test.each([[undefined], [null], [''], [' \n'], ['{}'], ['{ }'], [{}]])('%j is none', (given) => {
		expect(readSchema(given)).toBeUndefined();
	});

	test('is a copy, which goes out as it was given', () => {
		const given = Object.freeze({ type: 'object', properties: { a: { $ref: '#/$defs/b' } } });
		const schema = { ...given, $defs: { b: { type: 'string' } } };
		for (const value of [schema, JSON.stringify(schema)]) {
			expect(JSON.stringify(readSchema(value)?.json)).toBe(JSON.stringify(schema));
		}
		expect(Object.getOwnPropertyNames(schema.properties.a)).toEqual(['$ref']);
	});

	test.each<[string, unknown]>([
		[
			'a list that grows by itself',
			{ $defs: { n: { items: { $ref: '#/$defs/n' } } }, items: { $ref: '#/$defs/n' } },
		],
		['anything in an example', { example: { pattern: '(', $ref: '#/none', required: true } }],
		['anything in defaults and enums', { default: { pattern: '(' }, enum: [{ $ref: '#/none' }] }],
		['a property called pattern', { properties: { pattern: { type: 'string' } } }],
		['a part under a name of its own', { $ref: '#/parts/a', parts: { a: { type: 'string' } } }],
		[
			'draft 4',
			{ $schema: 'http://json-schema.org/draft-04/schema#', exclusiveMinimum: true, minimum: 1 },
		],
		['dependencies', { dependencies: { required: ['a'], type: { required: ['b'] } } }],
		['a definition that nothing refers to', { $defs: { a: { $ref: '#/none', pattern: '(' } } }],
		['several types', { type: ['string', 'null'] }],
		[
			'nothing but booleans',
			{ properties: { a: true }, items: false, additionalProperties: false },
		],
		['a property called schema', { schema: { type: 'string' }, type: 'object' }],
	])('takes %s', (_, given) => {
		expect(readSchema(given)?.json).toEqual(given);
	});

	test.each<[string, unknown, [string, string]]>([
		['a list', [], ["'JSON Schema' is not an object", RIGHT]],
		['a number in text', '7', ["'JSON Schema' is not an object", RIGHT]],
		['true', true, ["'JSON Schema' is not an object", RIGHT]],
	])('refuses %s', (_, given, expected) => {
		expect(refusal(() => readSchema(given))).toEqual(expected);
	});

	test('refuses a chain of references that is too long to be followed', () => {
		const links = Array.from({ length: 15_000 }, (_, index) => [
			`a${index}`,
			{ $ref: `#/$defs/a${index + 1}` },
		]);
		const chain = { $ref: '#/$defs/a0', $defs: { ...Object.fromEntries(links), a15000: true } };
		expect(refusal(() => readSchema(chain))).toEqual([
			"'JSON Schema' cannot be used",
			`it is nested too deeply. ${RIGHT}`,
		]);
	});

	const TYPES =
		'has to be one of string, number, integer, boolean, object, array and null in lower case, or a list of them';
	const NOWHERE = 'leads nowhere; only what stands in the schema itself is found';
	const UNKNOWN =
		'of JSON Schema, so that nothing would be checked; an example of an answer is no schema';
	test.each<[string, unknown, string]>([
		['a reference to nothing', { $ref: '#/$defs/none' }, `the $ref "#/$defs/none" ${NOWHERE}`],
		[
			'one deep inside',
			{ properties: { list: { items: { anyOf: [{ $ref: 'https://example.com/a.json' }] } } } },
			`/properties/list/items/anyOf/0: the $ref "https://example.com/a.json" ${NOWHERE}`,
		],
		[
			'one behind a reference',
			{ $ref: '#/parts/a', parts: { a: { properties: { b: { $ref: '#/parts/c' } } } } },
			`/parts/a/properties/b: the $ref "#/parts/c" ${NOWHERE}`,
		],
		[
			'references that never end',
			{
				properties: { a: { $ref: '#/$defs/a' } },
				$defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } },
			},
			'it refers to itself without end',
		],
		['a dynamic reference', { $dynamicRef: '#a' }, '$dynamicRef is not followed here; write $ref'],
		['its elder', { items: { $recursiveRef: '#' } }, '/items: $recursiveRef is not followed here'],
		[
			'a pattern that is none',
			{ properties: { a: { type: 'string', pattern: '(' } } },
			'/properties/a: the pattern "(" has a group that is not closed',
		],
		[
			'a pattern for names that is none',
			{ patternProperties: { '[': {} } },
			'the pattern "[" has a class that is not closed',
		],
		[
			'a pattern of another language',
			{ pattern: '\\A\\d+\\Z' },
			'the pattern "\\\\A\\\\d+\\\\Z" has \\A, which JavaScript does not know',
		],
		[
			'an enum that is no list',
			{ enum: 'a' },
			'enum has to be a list of the values to choose from',
		],
		[
			'an empty enum',
			{ enum: [] },
			'enum has to be a list of the values to choose from, not empty',
		],
		['an enum of another type', { type: 'string', enum: [1] }, 'no value of enum is of the type'],
		['required as an object', { required: { a: true } }, 'required has to be a list of names'],
		['required as a text', { required: 'name' }, 'required has to be a list of names'],
		[
			'required inside of a property',
			{ type: 'object', properties: { a: { type: 'string', required: true } } },
			'/properties/a: required has to be a list of names, beside properties',
		],
		['anyOf without a list', { anyOf: { type: 'string' } }, 'anyOf has to be a list of schemas'],
		['anyOf without schemas', { anyOf: [] }, 'anyOf has to be a list of schemas, not empty'],
		['an example', { name: 'string', age: 'number' }, `"name", "age" are no keywords ${UNKNOWN}`],
		[
			'an example with a name that is a note',
			{ title: 'Moby Dick', author: 'Melville' },
			`"author" is no keyword ${UNKNOWN}`,
		],
		[
			'an example in a schema',
			{ properties: { address: { street: 'string' } } },
			`/properties/address: "street" is no keyword ${UNKNOWN}`,
		],
		['a type in capitals', { type: 'OBJECT' }, `type ${TYPES}`],
		[
			'one in a list',
			{ properties: { a: { type: ['null', 'String'] } } },
			`/properties/a: type ${TYPES}`,
		],
		['a type that is none', { properties: { a: { type: 'any' } } }, `/properties/a: type ${TYPES}`],
		['a number for a type', { type: 7 }, `type ${TYPES}`],
		['no types', { type: [] }, `type ${TYPES}`],
		[
			'a definition that is used',
			{ $ref: '#/$defs/a', $defs: { a: { type: 'int' } } },
			'/$defs/a: type has to be',
		],
		[
			'a multiple of 0',
			{ items: { multipleOf: 0 } },
			'/items: multipleOf has to be a number above 0',
		],
		['a negative length', { maxLength: -1 }, 'maxLength has to be at least 0, but is -1'],
		['a text for a limit', { minimum: '1' }, 'minimum has to be a number, but is the text "1"'],
		[
			'a limit of draft 4',
			{ minimum: 1, exclusiveMinimum: true },
			'exclusiveMinimum has to be a number, the limit',
		],
		[
			'a limit of later drafts',
			{ $schema: 'http://json-schema.org/draft-04/schema#', exclusiveMaximum: 1 },
			'exclusiveMaximum has to be a number, the limit itself (in draft 4',
		],
		['items as a list', { items: [{}] }, '/items: has to be a schema of its own'],
		[
			'a text for a schema',
			{ properties: { a: 'string' } },
			'/properties/a: has to be a schema of its own',
		],
		[
			'one in a list of schemas',
			{ anyOf: [{}, 'string'] },
			'/anyOf/1: has to be a schema of its own',
		],
		[
			'a text for items',
			{ items: 'string' },
			'/items: has to be a schema of its own, such as {"type": "string"}',
		],
		['a list of properties', { properties: ['a'] }, 'properties has to be an object of schemas'],
		[
			'a property called required',
			{ properties: { required: 'a' } },
			'/properties/required: has to be a schema',
		],
	])('refuses %s', (_, given, words) => {
		const [message, description] = refusal(() => readSchema(given));
		expect(message).toBe("'JSON Schema' cannot be used");
		expect(description.slice(0, words.length)).toBe(words);
		expect(description.endsWith(`. ${RIGHT}`)).toBe(true);
	});

	test('a default that is nested deeply is refused with the name of the field', () => {
		const deep = '['.repeat(10_000) + ']'.repeat(10_000);
		for (const given of [
			`{"type":"object","default":${deep}}`,
			JSON.parse(`{"default":${deep}}`),
		]) {
			expect(refusal(() => readSchema(given))[0]).toBe("'JSON Schema' is not valid JSON");
		}
	});

	const inner = { type: 'object', properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: {} } };
	const wrapped = { name: 'answer', strict: true, schema: inner };
	test.each<[string, unknown]>([
		['bare', wrapped],
		['as the format of a response', { type: 'json_schema', json_schema: wrapped }],
	])("takes a schema out of OpenAI's wrapper, %s", (_, given) => {
		for (const value of [given, JSON.stringify(given)]) {
			const schema = readSchema(value);
			expect(schema?.json).toEqual(inner);
			expect(schema && fitToSchema(toNode([]), schema).ok).toBe(false);
		}
	});

	test.each<[string, string, string]>([
		[String.raw`^\d{4}\-\d{2}$`, '2026-11', '2026_11'],
		[String.raw`^[\w-.]+@[\w-]+$`, 'a-b.c@d-e', 'a b@c'],
		[String.raw`^\@\_$`, '@_', '@'],
		['^{.*}$', '{x}', 'x'],
	])('%s, a pattern without the u flag, is sent as it is and checked', (pattern, right, wrong) => {
		const given = { properties: { a: { pattern } }, patternProperties: { [pattern]: false } };
		const schema = readSchema(given);
		const check = (value: unknown) => (fitToSchema(toNode(value), schema).ok ? 0 : 1);
		expect(schema?.json).toEqual(given);
		expect([{ a: right }, { a: wrong }, { [right]: 1 }, { [wrong]: 1 }].map(check)).toEqual([
			0, 1, 1, 0,
		]);
	});

	const itself = { $ref: '#' };
	test.each<[string, object]>([
		['allOf', { allOf: [{}, itself] }],
		['anyOf', { anyOf: [{ type: 'string' }, itself] }],
		['oneOf', { oneOf: [itself] }],
		['not', { not: itself }],
		['if', { if: itself }],
		['then', { if: true, then: itself }],
		['else', { if: false, else: itself }],
		['dependentSchemas', { dependentSchemas: { a: itself } }],
		[
			'dependencies',
			{ $schema: 'http://json-schema.org/draft-07/schema#', dependencies: { a: itself } },
		],
		['a part', { properties: { a: { items: { $anchor: 'b', not: { $ref: '#b' } } } } }],
	])('refuses what refers to itself in %s', (_, schema) => {
		const [, description] = refusal(() => readSchema(schema));
		expect(description).toContain('it refers to itself without end');
	});

	test.each<[string, object]>([
		['properties', { properties: { a: itself } }],
		['patternProperties', { patternProperties: { a: itself } }],
		['additionalProperties', { additionalProperties: itself }],
		['propertyNames', { propertyNames: itself }],
		['items', { items: itself }],
		['prefixItems', { prefixItems: [itself] }],
		['contains', { contains: itself }],
		['a part of anyOf', { anyOf: [{ type: 'string' }, { items: itself }] }],
		['one part twice', { anyOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/a' }], $defs: { a: {} } }],
	])('takes what refers to itself in %s', (_, schema) => {
		expect(readSchema({ type: ['string', 'array', 'object'], ...schema })).toBeDefined();
	});

	test('reads the same text once, and only the last one', () => {
		const text = '{"type": "object"}';
		const first = readSchema(text);
		expect(readSchema(text)).toBe(first);
		expect(readSchema(JSON.parse('{"type":"array"}'))).toBe(readSchema({ type: 'array' }));
		expect(readSchema(text)).not.toBe(first);
		const refusals = [1, 2].map(() => refusal(() => readSchema('{"type": "any"}')));
		expect(refusals[0]).toEqual(refusals[1]);
	});

	test.each<[string, unknown]>([
		['broken JSON', '{"type":'],
		['a circular object', circular],
	])('refuses %s', (_, given) => {
		const [message, description] = refusal(() => readSchema(given));
		expect(message).toBe("'JSON Schema' is not valid JSON");
		expect(description.endsWith(`. ${RIGHT}`)).toBe(true);
	});

	test.each<[string, unknown]>([
		['choices that are no list', { enum: 'ab' }],
		['a nest without end', JSON.parse('{"items":'.repeat(20_000) + '{}' + '}'.repeat(20_000))],
	])('refuses %s', (_, given) => {
		expect(refusal(() => readSchema(given))[0]).toMatch(
			/^'JSON Schema' (?:cannot be used|is not valid JSON)$/,
		);
	});
});
