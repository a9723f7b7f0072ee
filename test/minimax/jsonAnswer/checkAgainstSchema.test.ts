import { checkAgainstSchema } from '../../../nodes/minimax/jsonAnswer/checkAgainstSchema';
import { readSchema } from '../../../nodes/minimax/jsonAnswer/readSchema';

function check(value: unknown, given: unknown): string[] {
	const read = readSchema(given);
	if (read === undefined) throw new Error('There is no schema');
	return checkAgainstSchema(value, read);
}

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
describe('checkAgainstSchema', () => {
	test.each<[unknown, string[]]>([
		[{ name: 'x', prices: [{ amount: 1 }] }, []],
		[{}, ['the whole value: Instance does not have required property "name"']],
		[[], ['the whole value: Instance type "array" is invalid. Expected "object"']],
		[{ name: 1 }, ['name: Instance type "number" is invalid. Expected "string"']],
		[
			{ name: 'x', prices: [{}, { amount: '2' }] },
			['prices[1].amount: Instance type "string" is invalid. Expected "number"'],
		],
		[{ name: 'x', 'a/b~c': 3 }, ['a/b~c: Instance does not match any of [1,2]']],
		[
			{ name: 'x', more: 1 },
			['the whole value: Property "more" does not match additional properties schema'],
		],
	])('%j', (value, expected) => {
		expect(check(value, schema)).toEqual(expected);
		expect(check(value, JSON.stringify(schema))).toEqual(expected);
	});

	test('names ten reasons at most', () => {
		const list = { type: 'array', items: { type: 'string' } };
		expect(
			check(
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
		expect(check(Object.freeze({ a: 'x' }), frozen)).toEqual([]);
		expect(Object.getOwnPropertyNames(frozen)).toEqual(['type', 'properties']);
	});

	test('draft 7 has lists of items, as its $schema says', () => {
		const draft7 = {
			$schema: 'http://json-schema.org/draft-07/schema#',
			items: [{ type: 'string' }],
		};
		expect(check([1], draft7)).toEqual([
			'[0]: Instance type "number" is invalid. Expected "string"',
		]);
	});

	test.each<[string, unknown, unknown, string[]]>([
		[
			'a key with a # in it',
			{ 'a#b%2F': 1 },
			{ properties: { 'a#b%2F': { type: 'string' } } },
			['a#b%2F: Instance type "number" is invalid. Expected "string"'],
		],
		[
			'a part that may not be there beside one of another type',
			{ a: 1, b: 1 },
			{ properties: { a: false, b: { type: 'string' } } },
			[
				'the whole value: Property "a" does not match schema',
				'b: Instance type "number" is invalid. Expected "string"',
			],
		],
		[
			'a choice',
			{ a: true },
			{ properties: { a: { anyOf: [{ type: 'string' }, { type: 'number' }] } } },
			[
				'a: Instance type "boolean" is invalid. Expected "string"',
				'a: Instance type "boolean" is invalid. Expected "number"',
			],
		],
	])('%s', (_, value, given, expected) => {
		expect(check(value, given)).toEqual(expected);
	});

	const strings = { type: 'array', items: { type: 'string' } };
	const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
	const notText = (where: string) =>
		`${where}: Instance type "number" is invalid. Expected "string"`;

	test('fifty thousand mismatches are done within seconds', () => {
		const started = performance.now();
		const reasons = check(numbers(50_000), strings);
		expect(performance.now() - started).toBeLessThan(5000);
		expect(reasons).toEqual(numbers(10).map((index) => notText(`[${index}]`)));
	});

	test('where the mismatches are too many to be listed the first one is told', () => {
		const reasons = check({ list: numbers(200_000) }, { properties: { list: strings } });
		expect(reasons).toEqual([notText('list[0]')]);
	});

	test('a list too long to look for duplicates is told so at once', () => {
		const unique = { properties: { list: { uniqueItems: true } } };
		const reasons = check({ list: numbers(10_001) }, unique);
		expect(reasons).toEqual([
			'A list has more than 10000 items, too many to check that they are unique',
		]);
		expect(check({ list: [1, 2, 1] }, unique)).toEqual([
			'list: Duplicate items at indexes 0 and 2',
		]);
		expect(check({ list: numbers(20_000) }, { properties: { list: {} } })).toEqual([]);
	});

	test('a reason is short, however long the names in the answer are', () => {
		const [reason] = check({ ['n'.repeat(100_000)]: 1 }, { additionalProperties: false });
		expect(reason).toBe(`the whole value: Property "${'n'.repeat(300)}`.slice(0, 300));
	});

	test('what the validator cannot read is a reason, and no exception', () => {
		expect(check({ '\ud800': 1 }, { additionalProperties: { type: 'string' } })).toEqual([
			"The value cannot be checked against 'JSON Schema': URI malformed",
		]);
	});
});
