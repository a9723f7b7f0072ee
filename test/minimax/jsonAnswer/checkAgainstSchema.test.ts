import { checkAgainstSchema } from '../../../nodes/minimax/jsonAnswer/checkAgainstSchema';
import { refusal } from '../../support/refusal';

const schema = {
	type: 'object',
	properties: {
		name: { type: 'string' },
		prices: {
			type: 'array',
			items: { type: 'object', properties: { amount: { type: 'number' } } },
		},
		'a/b~c': { enum: [1, 2] },
	},
	required: ['name'],
	additionalProperties: false,
};
const RIGHT =
	'Give a JSON Schema, for example {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}.';

describe('checkAgainstSchema', () => {
	test.each<[unknown, string[]]>([
		[{ name: 'x', prices: [{ amount: 1 }] }, []],
		[{}, ['the whole value: Instance does not have required property "name".']],
		[[], ['the whole value: Instance type "array" is invalid. Expected "object".']],
		[{ name: 1 }, ['name: Instance type "number" is invalid. Expected "string".']],
		[
			{ name: 'x', prices: [{}, { amount: '2' }] },
			['prices[1].amount: Instance type "string" is invalid. Expected "number".'],
		],
		[{ name: 'x', 'a/b~c': 3 }, ['a/b~c: Instance does not match any of [1,2].']],
		[
			{ name: 'x', more: 1 },
			['the whole value: Property "more" does not match additional properties schema.'],
		],
	])('%j', (value, expected) => {
		expect(checkAgainstSchema(value, schema)).toEqual(expected);
		expect(checkAgainstSchema(value, JSON.stringify(schema))).toEqual(expected);
	});

	test('names ten reasons at most', () => {
		const list = { type: 'array', items: { type: 'string' } };
		expect(
			checkAgainstSchema(
				Array.from({ length: 30 }, (_, index) => index),
				list,
			),
		).toHaveLength(10);
	});

	test('neither value nor schema is changed, and frozen ones do', () => {
		const frozen = Object.freeze({
			type: 'object',
			properties: Object.freeze({ a: Object.freeze({ type: 'string' }) }),
		});
		expect(checkAgainstSchema(Object.freeze({ a: 'x' }), frozen)).toEqual([]);
		expect(Object.getOwnPropertyNames(frozen)).toEqual(['type', 'properties']);
	});

	test('draft 7 has lists of items, as its $schema says', () => {
		const draft7 = {
			$schema: 'http://json-schema.org/draft-07/schema#',
			items: [{ type: 'string' }],
		};
		expect(checkAgainstSchema([1], draft7)).toEqual([
			'[0]: Instance type "number" is invalid. Expected "string".',
		]);
	});

	test.each<[string, unknown, [string, string]]>([
		['a list', [], ["'JSON Schema' is not an object", RIGHT]],
		['null', null, ["'JSON Schema' is not an object", RIGHT]],
		['a number in text', '7', ["'JSON Schema' is not an object", RIGHT]],
	])('refuses %s', (_, given, expected) => {
		expect(refusal(() => checkAgainstSchema({}, given))).toEqual(expected);
	});

	test.each<[string, unknown, string]>([
		['broken JSON', '{"type":', "'JSON Schema' is not valid JSON"],
		['nothing', '', "'JSON Schema' is not valid JSON"],
		['a reference that leads nowhere', { $ref: '#/$defs/none' }, "'JSON Schema' cannot be used"],
		['a pattern that is none', { type: 'string', pattern: '(' }, "'JSON Schema' cannot be used"],
	])('refuses %s', (_, given, expected) => {
		const [message, description] = refusal(() => checkAgainstSchema('x', given));
		expect(message).toBe(expected);
		expect(description.endsWith(`. ${RIGHT}`)).toBe(true);
	});
});
