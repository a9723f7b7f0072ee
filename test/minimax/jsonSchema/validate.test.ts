import { inspectSchema } from '../../../nodes/minimax/jsonSchema/inspectSchema';
import type { SchemaObject } from '../../../nodes/minimax/jsonSchema/schema';
import { validate } from '../../../nodes/minimax/jsonSchema/validate';

function isValid(value: unknown, schema: SchemaObject): boolean {
	const ready = inspectSchema(schema);
	if (typeof ready === 'string') throw new Error(ready);
	return validate(value, ready.root, ready, () => {}).length === 0;
}

const draft4 = { $schema: 'http://json-schema.org/draft-04/schema#' };
const draft7 = { $schema: 'http://json-schema.org/draft-07/schema#' };
const draft2019 = { $schema: 'https://json-schema.org/draft/2019-09/schema' };

/** Each keyword with values that keep to it and values that do not. */
test.each<[SchemaObject, unknown[], unknown[]]>([
	[{ type: 'integer' }, [1, 1.0, -0], [1.5, '1', null]],
	[{ type: ['string', 'null'] }, ['', null], [0, [], {}]],
	[{ enum: [{ a: 1 }, { b: 2 }] }, [{ a: 1 }, { b: 2 }], [{ a: 2 }, {}]],
	[{ enum: [1, { a: [1], b: 2 }, null] }, [1, { b: 2, a: [1] }, null], ['1', { a: [1] }, 0]],
	[{ const: false }, [false], [0, null]],
	[{ minimum: 1, maximum: 2 }, [1, 2, 'x'], [0.9, 2.1]],
	[{ exclusiveMinimum: 1, exclusiveMaximum: 2 }, [1.5], [1, 2]],
	[{ ...draft4, minimum: 1, exclusiveMinimum: true }, [1.1], [1]],
	[{ multipleOf: 0.01 }, [0, 0.07, 4.35, 1e10], [0.075, 0.001]],
	[{ minLength: 2, maxLength: 3 }, ['😀😀', 'abc', 7], ['😀', 'abcd']],
	[{ pattern: '^a' }, ['ab', 1], ['ba']],
	[{ items: { type: 'number' } }, [[], [1], 'x'], [[1, 'x']]],
	[{ prefixItems: [{ type: 'string' }], items: false }, [['a'], []], [[1], ['a', 1]]],
	[
		{ ...draft7, items: [{ type: 'string' }], additionalItems: { type: 'number' } },
		[['a', 1]],
		[[1], ['a', 'b']],
	],
	[{ minItems: 1, maxItems: 2 }, [[1], [1, 2]], [[], [1, 2, 3]]],
	[
		{ uniqueItems: true },
		[[1, '1', [1], { a: 1 }]],
		[
			[1, 1.0],
			[
				{ a: 1, b: 2 },
				{ b: 2, a: 1 },
			],
			[[{ a: 1, b: 2 }], [{ b: 2, a: 1 }]],
			[0, -0],
		],
	],
	[{ contains: { const: 1 } }, [[2, 1]], [[], [2]]],
	[
		{ contains: { const: 1 }, minContains: 2, maxContains: 3 },
		[
			[1, 1],
			[1, 1, 1],
		],
		[[1], [1, 1, 1, 1]],
	],
	[{ allOf: [{ prefixItems: [{}] }], unevaluatedItems: false }, [[1]], [[1, 2]]],
	[{ allOf: [{ unevaluatedItems: true }], unevaluatedItems: false }, [[1, 2]], []],
	[{ allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }, [{ a: 1 }], [{ b: 1 }]],
	[{ allOf: [{ unevaluatedProperties: true }], unevaluatedProperties: false }, [{ a: 1 }], []],
	[{ ...draft4, $ref: '#/definitions/a', minimum: 5, definitions: { a: {} } }, [1], []],
	[{ ...draft7, $ref: '#/definitions/a', minimum: 5, definitions: { a: {} } }, [1], []],
	[{ $ref: '#/$defs/a', minimum: 5, $defs: { a: {} } }, [5], [1]],
	[{ contains: { const: 1 }, minContains: 0 }, [[]], []],
	[{ required: ['a', 'toString'] }, [{ a: 1, toString: 1 }, []], [{ a: 1 }, {}]],
	[{ properties: { a: { type: 'number' }, b: false } }, [{ a: 1 }, {}], [{ a: 'x' }, { b: 1 }]],
	[
		{ patternProperties: { '^x': { type: 'number' } }, additionalProperties: false },
		[{ x1: 1 }],
		[{ x1: 'a' }, { y: 1 }],
	],
	[
		{ properties: { a: true }, additionalProperties: { type: 'number' } },
		[{ a: 'x', b: 1 }],
		[{ b: 'x' }],
	],
	[{ propertyNames: { maxLength: 2 } }, [{ ab: 1 }], [{ abc: 1 }]],
	[{ minProperties: 1, maxProperties: 1 }, [{ a: 1 }], [{}, { a: 1, b: 2 }]],
	[{ dependentRequired: { a: ['b'] } }, [{ a: 1, b: 1 }, { b: 1 }], [{ a: 1 }]],
	[{ dependentSchemas: { a: { required: ['b'] } } }, [{}, { a: 1, b: 1 }], [{ a: 1 }]],
	[
		{ ...draft7, dependencies: { a: ['b'], c: { required: ['d'] } } },
		[
			{ a: 1, b: 1 },
			{ c: 1, d: 1 },
		],
		[{ a: 1 }, { c: 1 }],
	],
	[{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1], [0, 3]],
	[{ anyOf: [{ minimum: 3 }, { maximum: 1 }] }, [0, 4], [2]],
	[{ oneOf: [{ minimum: 1 }, { maximum: 2 }] }, [0, 3], [1.5]],
	[{ not: { type: 'string' } }, [1], ['x']],
	[
		{
			if: { properties: { a: { const: 1 } }, required: ['a'] },
			then: { required: ['b'] },
			else: { required: ['c'] },
		},
		[{ a: 1, b: 1 }, { c: 1 }],
		[{ a: 1 }, {}],
	],
	[
		{ unevaluatedProperties: false, properties: { a: true }, allOf: [{ properties: { b: true } }] },
		[{ a: 1, b: 1 }],
		[{ c: 1 }],
	],
	[
		{
			unevaluatedProperties: false,
			anyOf: [{ properties: { a: { const: 1 } }, required: ['a'] }, { properties: { b: true } }],
		},
		[{ a: 1 }, { b: 1 }],
		[{ a: 2 }],
	],
	[{ allOf: [{ properties: { a: true } }, { unevaluatedProperties: false }] }, [{}], [{ a: 1 }]],
	[{ ...draft2019, items: [true], unevaluatedItems: { type: 'number' } }, [['x', 1]], [['x', 'y']]],
	[
		{ prefixItems: [true], contains: { type: 'string' }, unevaluatedItems: false },
		[[1, 'x']],
		[[1, 2, 'x']],
	],
	[{ $ref: '#/$defs/a~1b%25', $defs: { 'a/b%': { type: 'number' } } }, [1], ['x']],
	[{ $ref: '#/$defs/a', minimum: 1, $defs: { a: { type: 'number' } } }, [1], [0, 'x']],
	[
		{
			...draft7,
			allOf: [{ $ref: '#/definitions/a', minimum: 1 }],
			definitions: { a: { type: 'number' } },
		},
		[0],
		['x'],
	],
	[{ $ref: '#here', $defs: { a: { $anchor: 'here', type: 'number' } } }, [1], ['x']],
	[
		{ $id: 'https://a.b/root', $ref: 'other', $defs: { a: { $id: 'other', type: 'number' } } },
		[1],
		['x'],
	],
	[
		{
			...draft7,
			$ref: '#/definitions/a',
			definitions: { a: { $id: '#here', items: { $ref: '#here' }, type: ['array', 'null'] } },
		},
		[[[], null]],
		[[1]],
	],
	[
		{ properties: { children: { items: { $ref: '#' } } }, required: ['name'] },
		[{ name: 1, children: [{ name: 2 }] }],
		[{ name: 1, children: [{}] }],
	],
	[{ format: 'date' }, ['2024-02-29', 1], ['2023-02-29', '2024-1-1', '']],
	[
		{ format: 'date-time' },
		['2024-01-31T09:30:00Z', '2024-01-31t09:30:00.5+01:00'],
		['2024-01-31', '2024-02-30T09:30:00Z'],
	],
	[{ format: 'time' }, ['09:30:00Z'], ['9:30', '25:00:00Z']],
	[
		{ format: 'duration' },
		['P1DT12H', 'PT0.5S', 'P10Y10M10W10D', 'PT10H10M10S', 'PT10.25S', `P${'1'.repeat(98)}D`],
		['P', 'PT', 'P1DT', '1D', 'xP1D', 'P1Dx', 'P1', 'P1.5D', `P${'1'.repeat(99)}D`],
	],
	[{ format: 'duration' }, [], ['PxY', 'PxM', 'PxW', 'PxD', 'PTxH', 'PTxM', 'PTxS']],
	[
		{ format: 'email' },
		['a.b+c@example.co.uk', 'ü@müller.de'],
		['a@', '@b', 'a b@c.de', 'a..b@c.de'],
	],
	[
		{ format: 'hostname' },
		['example.com', 'a'.repeat(63)],
		['a..b', '-a', 'a_b.com', 'a'.repeat(64)],
	],
	[{ format: 'ipv4' }, ['127.0.0.1'], ['256.0.0.1', '1.2.3']],
	[
		{ format: 'ipv6' },
		['::1', '2001:db8::', '::ffff:1.2.3.4', `${'abcd:'.repeat(6)}192.168.158.190`],
		['1::2::3', ':', 'x', '::1]/a', '::1%eth0'],
	],
	[{ format: 'uuid' }, ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
	[
		{ format: 'uri' },
		['https://example.com/a?b#c', 'mailto:a@b.c', 'h2+a-b.c:d', 'http://a.bc/%4f'],
		['example.com', '/a', 'http://a b', 'http://a.bc/d e', 'http://a.bc/%4', 'http://a.bc/%gf'],
	],
	[{ format: 'url' }, [`http://${'a'.repeat(31)}.com`], ['http://', 'no']],
	[{ format: 'regex' }, ['^a+$'], ['(']],
	[{ format: 'anything' }, ['x'], []],
])('%j', (schema, valid, invalid) => {
	expect(valid.map((value) => isValid(value, schema))).toEqual(valid.map(() => true));
	expect(invalid.map((value) => isValid(value, schema))).toEqual(invalid.map(() => false));
});
