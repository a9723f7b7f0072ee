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
		['a type that is none', { properties: { a: { type: 'float' } } }],
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
				`/$defs/a: it refers to itself without end, or is nested too deeply. ${RIGHT}`,
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
