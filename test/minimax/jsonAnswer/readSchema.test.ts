import { checkAgainstSchema } from '../../../nodes/minimax/jsonAnswer/checkAgainstSchema';
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
		['required as draft 3 wrote it', { properties: { a: { type: 'string', required: true } } }],
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
		[
			'a reference that leads nowhere',
			{ $ref: '#/$defs/none' },
			["'JSON Schema' cannot be used", `Unresolved $ref "#/$defs/none". ${RIGHT}`],
		],
		[
			'one deep inside',
			{ properties: { list: { items: { anyOf: [{ $ref: 'https://example.com/a.json' }] } } } },
			[
				"'JSON Schema' cannot be used",
				`/properties/list/items: Unresolved $ref "https://example.com/a.json". ${RIGHT}`,
			],
		],
		[
			'one behind a reference',
			{ $ref: '#/parts/a', parts: { a: { properties: { b: { $ref: '#/parts/c' } } } } },
			[
				"'JSON Schema' cannot be used",
				`/parts/a/properties/b: Unresolved $ref "#/parts/c". ${RIGHT}`,
			],
		],
		[
			'references that never end',
			{
				properties: { a: { $ref: '#/$defs/a' } },
				$defs: { a: { allOf: [{ $ref: '#/$defs/a' }] } },
			},
			[
				"'JSON Schema' cannot be used",
				`/properties/a: it refers to itself without end, or is nested too deeply. ${RIGHT}`,
			],
		],
		[
			'a pattern that is none',
			{ properties: { a: { type: 'string', pattern: '(' } } },
			[
				"'JSON Schema' cannot be used",
				`/properties/a: Invalid regular expression: /(/u: Unterminated group. ${RIGHT}`,
			],
		],
		[
			'a pattern for names that is none',
			{ patternProperties: { '[': {} } },
			[
				"'JSON Schema' cannot be used",
				`Invalid regular expression: /[/u: Unterminated character class. ${RIGHT}`,
			],
		],
	])('refuses %s', (_, given, expected) => {
		expect(refusal(() => readSchema(given))).toEqual(expected);
	});

	const TYPES = 'string, number, integer, boolean, object, array, null';
	test.each<[unknown, string]>([
		[{ type: 'OBJECT' }, 'the type "OBJECT" has to be written in lower case, as "object"'],
		[
			{ properties: { a: { type: ['null', 'String'] } } },
			'/properties/a: the type "String" has to be written in lower case, as "string"',
		],
		[
			{ properties: { a: { type: 'any' } } },
			`/properties/a: the type "any" is none of ${TYPES}. Leave type out where any value will do`,
		],
		[{ type: 7 }, `the type 7 is none of ${TYPES}. Leave type out where any value will do`],
		[{ type: [] }, 'type is an empty list, which no value can match'],
		[{ $ref: '#/$defs/a', $defs: { a: { type: 'int' } } }, `/$defs/a: the type "int" is none of`],
		[{ multipleOf: 0 }, 'multipleOf has to be a number above 0'],
		[{ items: { multipleOf: -1 } }, '/items: multipleOf has to be a number above 0'],
		[{ required: 'name' }, 'required has to be a list of names'],
		[
			{ minimum: 1, exclusiveMinimum: true },
			'exclusiveMinimum has to be a number, the limit itself. True and false are of draft 4, which $schema has to name',
		],
		[
			{ maximum: 1, exclusiveMaximum: false },
			'exclusiveMaximum has to be a number, the limit itself. True and false are of draft 4, which $schema has to name',
		],
		[
			{ $schema: 'http://json-schema.org/draft-04/schema#', exclusiveMaximum: 1 },
			'exclusiveMaximum has to be true or false in draft 4, beside the limit in maximum',
		],
		[
			{ properties: { a: 'string' } },
			'properties.a has to be a schema of its own, such as {"type": "string"}',
		],
		[
			{ anyOf: [{}, 'string'] },
			'anyOf[1] has to be a schema of its own, such as {"type": "string"}',
		],
		[{ items: 'string' }, 'items has to be a schema of its own, such as {"type": "string"}'],
		[{ properties: ['a'] }, 'properties has to be an object of schemas'],
	])('refuses %j, which no answer can match or which checks nothing', (given, words) => {
		const [message, description] = refusal(() => readSchema(given));
		expect(message).toBe("'JSON Schema' cannot be used");
		expect(description.startsWith(words)).toBe(true);
		expect(description.endsWith(`. ${RIGHT}`)).toBe(true);
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
			expect(schema && checkAgainstSchema([], schema)).toHaveLength(1);
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
		const check = (value: unknown) => schema && checkAgainstSchema(value, schema).length;
		expect(schema?.json).toEqual(given);
		expect([{ a: right }, { a: wrong }, { [right]: 1 }, { [wrong]: 1 }].map(check)).toEqual([
			0, 1, 1, 0,
		]);
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
		['an address that is none', { $id: 'https://[' }],
		['a nest without end', JSON.parse('{"items":'.repeat(20_000) + '{}' + '}'.repeat(20_000))],
	])('refuses %s', (_, given) => {
		expect(refusal(() => readSchema(given))[0]).toMatch(
			/^'JSON Schema' (?:cannot be used|is not valid JSON)$/,
		);
	});
});
