import { coerceToSchema, fitToSchema } from '../../../nodes/minimax/jsonAnswer/fitToSchema';
import { readJsonAnswer } from '../../../nodes/minimax/jsonAnswer/readJsonAnswer';
import { readSchema } from '../../../nodes/minimax/jsonAnswer/readSchema';
import { toNode } from '../../../nodes/minimax/json/jsonNode';
import { readNode } from '../../../nodes/minimax/json/readNode';

function schemaOf(given: unknown) {
	const read = readSchema(given);
	if (read === undefined) throw new Error('There is no schema');
	return read;
}

function check(value: unknown, given: unknown): string[] {
	const fit = fitToSchema(toNode(value), schemaOf(given));
	return fit.ok ? [] : fit.problems;
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

describe('names the place and what is wrong there', () => {
	test.each<[unknown, string[]]>([
		[{ name: 'x', prices: [{ amount: 1 }] }, []],
		[{}, ['the whole value: lacks "name"']],
		[[], ['the whole value: has to be an object, but is a list']],
		[{ name: {} }, ['name: has to be a text, but is an object']],
		[
			{ name: 'x', prices: [{}, { amount: 'two' }] },
			['prices[1].amount: has to be a number, but is the text "two"'],
		],
		[{ name: 'x', 'a/b~c': 3 }, ['a/b~c: has to be one of 1, 2, but is 3']],
		[{ name: 'x', more: 1, less: 2 }, ['more: is not allowed', 'less: is not allowed']],
		[{ '\ud800': 1, name: 'x' }, ['\ud800: is not allowed']],
	])('%j', (value, expected) => {
		expect(check(value, schema)).toEqual(expected);
		expect(check(value, JSON.stringify(schema))).toEqual(expected);
	});

	test.each<[string, unknown, unknown, string[]]>([
		['a limit', 2, { minimum: 3 }, ['at least 3, but is 2']],
		[
			'a limit of draft 4',
			3,
			{ $schema: 'http://json-schema.org/draft-04/schema#', maximum: 3, exclusiveMaximum: true },
			['below 3, but is 3'],
		],
		['a fraction', 0.35, { multipleOf: 0.1 }, ['a multiple of 0.1, but is 0.35']],
		['a length', '😀😀', { maxLength: 1 }, ['at most 1 character']],
		['a pattern', 'x1', { pattern: '^\\d+$' }, ['match the pattern ^\\d+$, but is the text "x1"']],
		[
			'a day that is none',
			'2025-02-29',
			{ format: 'date' },
			['a date such as 2026-01-31, but is the text "2025-02-29"'],
		],
		['a host', 'a b', { format: 'hostname' }, ['a host name, but is the text "a b"']],
		['a constant', 2, { const: { a: 1 } }, ['has to be {"a":1}, but is 2']],
		[
			'the same item twice',
			[{ a: 1, b: 2 }, 3, { b: 2, a: 1 }],
			{ uniqueItems: true },
			['has the items 0 and 2 alike'],
		],
		[
			'a name',
			{ 'a b': 1 },
			{ propertyNames: { pattern: '^\\w+$' } },
			['a b: has a name that has to match'],
		],
		[
			'a choice by its members',
			{ kind: 'b' },
			{ anyOf: [{ type: 'string' }, { properties: { kind: { const: 'a' } }, type: 'object' }] },
			['kind: has to be "a"'],
		],
		[
			'two at once',
			1,
			{ oneOf: [{ type: 'number' }, { minimum: 0 }] },
			["matches 2 of the schemas in 'oneOf'"],
		],
		[
			'what must not be',
			'x',
			{ not: { type: 'string' } },
			['something else than the text "x", by \'not\''],
		],
	])('%s', (_, value, given, expected) => {
		const reasons = check(value, given);
		expect(reasons).toHaveLength(expected.length);
		expected.forEach((words, index) => expect(reasons[index]).toContain(words));
	});

	test('ten reasons at most, each of them short', () => {
		const list = { type: 'array', items: { type: 'string' } };
		const numbers = Array.from({ length: 30 }, (_, index) => [index]);
		expect(check(numbers, list)).toEqual(
			numbers.slice(0, 10).map((_, index) => `[${index}]: has to be a text, but is a list`),
		);
		const [reason] = check({ ['n'.repeat(100_000)]: 1 }, { additionalProperties: false });
		expect(reason).toHaveLength(300);
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
		expect(check([{}], draft7)).toEqual(['[0]: has to be a text, but is an object']);
	});
});

describe('reads values that are written as another type where nothing gets lost', () => {
	const properties = {
		price: { type: 'number' },
		count: { type: ['integer', 'null'] },
		ok: { type: 'boolean' },
		label: { enum: ['good', 'bad', 3] },
		id: { type: 'string' },
		more: { type: 'object', properties: { n: { $ref: '#/$defs/n' } } },
		list: { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'number' } },
		either: { anyOf: [{ type: 'number' }, { type: 'boolean' }] },
		both: { allOf: [{ type: 'number' }, { minimum: 1 }] },
		text: { type: ['string', 'number'] },
	};
	const schema = schemaOf({ type: 'object', properties, $defs: { n: { type: 'number' } } });
	const read = (json: string) => readJsonAnswer(json, schema, 'stop');

	test.each<[string, unknown]>([
		['{"price": "12.5"}', { price: 12.5 }],
		['{"price": " -3e2 "}', { price: -300 }],
		['{"count": "7"}', { count: 7 }],
		['{"count": "null"}', { count: null }],
		['{"ok": "False"}', { ok: false }],
		['{"label": " Good"}', { label: 'good' }],
		['{"label": "3"}', { label: 3 }],
		['{"id": 12345678901234567890}', { id: '12345678901234567890' }],
		['{"id": 1.10}', { id: '1.10' }],
		['{"more": {"n": "1"}}', { more: { n: 1 } }],
		['{"more": "{\\"n\\": \\"1\\"}"}', { more: { n: 1 } }],
		['{"list": [1, "2"]}', { list: ['1', 2] }],
		['{"either": "true"}', { either: true }],
		['{"both": "2"}', { both: 2 }],
		['{"text": "1"}', { text: '1' }],
		['{"unknown": "1"}', { unknown: '1' }],
	])('%s', (json, value) => {
		expect(read(json)).toEqual({ ok: true, value });
	});

	test.each<[string, string]>([
		['{"price": "12,5"}', 'price: has to be a number'],
		['{"price": "12 €"}', 'price: has to be a number'],
		['{"price": "0x10"}', 'price: has to be a number'],
		['{"price": ""}', 'price: has to be a number'],
		['{"price": true}', 'price: has to be a number'],
		['{"price": "12345678901234567890"}', 'The number 12345678901234567890 cannot be kept exactly'],
		['{"count": "7.5"}', 'count: has to be a whole number or null'],
		['{"count": 12345678901234567890}', 'The number 12345678901234567890 cannot be kept exactly'],
		['{"ok": "yes"}', 'ok: has to be true or false'],
		['{"ok": 1}', 'ok: has to be true or false'],
		['{"label": "goods"}', 'label: has to be one of'],
		['{"id": null}', 'id: has to be a text'],
		['{"id": true}', 'id: has to be a text'],
		['{"more": "{n: 1}"}', 'more: has to be an object'],
		['{"more": "{\\"n\\": 1, \\"n\\": 2}"}', 'The name "n" stands twice'],
		['{"list": "1"}', 'list: has to be a list'],
		['{"both": "0"}', 'both: has to be at least 1'],
	])('%s fails', (json, words) => {
		expect(read(json)).toEqual({
			ok: false,
			reasons: [expect.stringContaining(words)],
			isCut: false,
		});
	});

	test('choices that differ in nothing else are not mixed up', () => {
		expect(check('a', { enum: ['A', 'a '] })).toHaveLength(1);
		expect(check('A', { enum: ['A', 'a'] })).toEqual([]);
	});

	test('the JSON of a part of an answer can be fitted by itself', () => {
		const reading = readNode('{"1": {"id": 007}, "2": {"id": 1.0}}'.replace('007', '7'), 0);
		if (!reading.ok || reading.node.type !== 'object') throw new Error('It is no object');
		const row = schemaOf({ properties: { id: { type: 'string' } } });
		expect(reading.node.members.map(({ node }) => fitToSchema(node, row))).toEqual([
			{ ok: true, value: { id: '7' } },
			{ ok: true, value: { id: '1.0' } },
		]);
	});
});

test('only converted, a value may still not match', () => {
	const row = schemaOf({ properties: { n: { type: 'number', minimum: 5 } }, required: ['m'] });
	expect(coerceToSchema(toNode({ n: '1' }), row)).toEqual({ ok: true, value: toNode({ n: 1 }) });
});

describe('what cannot be checked', () => {
	const nest = (levels: number) => `${'{"x":'.repeat(levels)}1${'}'.repeat(levels)}`;
	const self = { $ref: '#/$defs/a' };

	test('as it takes too long, is refused', () => {
		const twice = { oneOf: [{ properties: { x: self } }, { properties: { x: self } }] };
		const costly = schemaOf({ ...self, $defs: { a: twice } });
		expect(readJsonAnswer(nest(100), costly, 'stop')).toEqual({
			ok: false,
			reasons: ['The value takes too long to be checked against the schema'],
			isCut: false,
		});
	});

	test('as it is nested too deeply, is refused', () => {
		let deep: object = { properties: { x: self } };
		for (let level = 0; level < 15; level += 1) deep = { allOf: [deep] };
		const schema = schemaOf({ ...self, $defs: { a: deep } });
		expect(readJsonAnswer(nest(900), schema, 'stop')).toEqual({
			ok: false,
			reasons: ['The value is nested too deeply to be checked against the schema'],
			isCut: false,
		});
		expect(readJsonAnswer(nest(5), schema, 'stop')).toMatchObject({ ok: true });
	});
});

describe('blocks nothing for long, whatever schema and answer are', () => {
	const many = 100_000;
	const letters = 'a'.repeat(many);
	const count = (length: number) => Array.from({ length }, (_, index) => index);
	const self = { $ref: '#/$defs/a' };
	const nest = (levels: number) => `${'{"x":'.repeat(levels)}1${'}'.repeat(levels)}`;

	/** Whether the answer is checked to its end, or refused as that would take too many steps or levels. */
	type End = 'checked' | 'given up';

	test.each<[string, End, unknown, string]>([
		['an address', 'checked', { format: 'url' }, `http://${'a'.repeat(31)}_b.com`],
		['a long address', 'checked', { format: 'url' }, `http://${letters}_b.com`],
		['a long e-mail address', 'checked', { format: 'email' }, `${letters}@${letters}`],
		['a pattern', 'checked', { pattern: '^(a+)+$' }, `${letters}!`],
		['a wide pattern', 'given up', { pattern: '[a-z]{1,1000}x' }, letters],
		[
			'many patterns',
			'given up',
			{ allOf: count(1000).map((n) => ({ pattern: `x{${n % 9}}y+$` })) },
			letters,
		],
		[
			'many lengths',
			'given up',
			{ allOf: count(2000).map(() => ({ minLength: 1_000_000 })) },
			letters,
		],
	])('a text: %s', (_, end, given, text) => {
		expectQuick(end, { properties: { u: given } }, JSON.stringify({ u: text }));
	});

	test.each<[string, End, unknown, string]>([
		[
			'alternatives in alternatives',
			'given up',
			{
				...self,
				$defs: {
					a: {
						anyOf: [
							{ properties: { x: self }, required: ['z'] },
							{ properties: { x: self }, required: ['y'] },
						],
					},
				},
			},
			nest(100),
		],
		[
			'one of two alike',
			'given up',
			{
				...self,
				$defs: { a: { oneOf: [{ properties: { x: self } }, { properties: { x: self } }] } },
			},
			nest(900),
		],
		[
			'many choices',
			'given up',
			{ items: { enum: count(10_000) } },
			JSON.stringify(count(20_000).map((n) => -n)),
		],
		[
			'a large constant',
			'checked',
			{ items: { const: { a: letters } } },
			`[${count(20_000)
				.map(() => '{}')
				.join()}]`,
		],
		[
			'lists without doubles in lists',
			'given up',
			{ ...self, $defs: { a: { uniqueItems: true, items: self } } },
			`${'['.repeat(900)}${',1]'.repeat(900).slice(1)}`,
		],
		[
			'a long list without doubles',
			'checked',
			{ uniqueItems: true },
			JSON.stringify(count(20_000)),
		],
		[
			'many names',
			'checked',
			{ items: { required: count(5000).map((n) => `k${n}`) } },
			`[${count(20_000)
				.map(() => '{}')
				.join()}]`,
		],
		[
			'many patterns of names',
			'given up',
			{ patternProperties: Object.fromEntries(count(500).map((n) => [`^k${n}$`, {}])) },
			JSON.stringify(Object.fromEntries(count(10_000).map((n) => [`p${n}`, 1]))),
		],
		['many mismatches', 'checked', { items: { type: 'boolean' } }, JSON.stringify(count(20_000))],
	])('%s', (_, end, given, text) => expectQuick(end, given, text));

	/** Less than half a second of CPU where nothing else runs; without bounds seconds, or for ever. */
	function expectQuick(end: End, given: unknown, text: string): void {
		const read = schemaOf(given);
		const started = process.cpuUsage().user;
		const answer = readJsonAnswer(text, read, 'stop');
		expect((process.cpuUsage().user - started) / 1000).toBeLessThan(3000);
		const [reason = ''] = answer.ok ? [] : answer.reasons;
		expect(/ to be checked against the schema$/.test(reason) ? 'given up' : 'checked').toBe(end);
	}
});
