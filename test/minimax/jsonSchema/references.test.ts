import { References } from '../../../nodes/minimax/jsonSchema/references';
import {
	draftOf,
	holdingOf,
	partsOf,
	type SchemaObject,
} from '../../../nodes/minimax/jsonSchema/schema';

const text = { type: 'string' };

/** What a part of the schema refers to; the root by default. */
function target(root: SchemaObject, from: SchemaObject = root): unknown {
	return new References(root, draftOf(root)).target(from);
}

describe('leads to', () => {
	it.each<[string, SchemaObject]>([
		['a definition', { $ref: '#/$defs/a', $defs: { a: text } }],
		['an older definition', { $ref: '#/definitions/a', definitions: { a: text } }],
		['a name with a slash', { $ref: '#/$defs/a~1b', $defs: { 'a/b': text } }],
		['a name with a tilde', { $ref: '#/$defs/a~0b', $defs: { 'a~b': text } }],
		['a name with a tilde and a one', { $ref: '#/$defs/~01', $defs: { '~1': text } }],
		['a name that is escaped in an address', { $ref: '#/$defs/a%25%20b', $defs: { 'a% b': text } }],
		['a place in a list', { $ref: '#/allOf/1', allOf: [{}, text] }],
		['a place where schemas do not stand', { $ref: '#/parts/a/0', parts: { a: [text] } }],
		['an anchor', { $ref: '#here', $defs: { a: { $anchor: 'here', ...text } } }],
		['a dynamic anchor', { $ref: '#here', $defs: { a: { $dynamicAnchor: 'here', ...text } } }],
		['an address', { $ref: 'https://a.b/c', $defs: { a: { $id: 'https://a.b/c', ...text } } }],
		[
			'an address beside its own',
			{ $id: 'https://a.b/root', $ref: 'other', $defs: { a: { $id: 'other', ...text } } },
		],
		[
			'an address that is relative to its own',
			{
				$id: 'https://a.b/root',
				$ref: 'https://a.b/other',
				$defs: { a: { $id: 'other', ...text } },
			},
		],
		[
			'an anchor of another address',
			{
				$id: 'https://a.b/root',
				$ref: 'other#here',
				$defs: { a: { $id: 'other', $defs: { b: { $anchor: 'here', ...text } } } },
			},
		],
		[
			'a place in another address',
			{
				$id: 'https://a.b/root',
				$ref: 'other#/$defs/b',
				$defs: { a: { $id: 'other', $defs: { b: text } } },
			},
		],
		[
			'an address with an empty fragment',
			{ $ref: 'https://a.b/c', $defs: { a: { $id: 'https://a.b/c#', ...text } } },
		],
		[
			'the name of draft 4',
			{
				$schema: 'http://json-schema.org/draft-04/schema#',
				$ref: '#here',
				definitions: { a: { id: '#here', ...text } },
			},
		],
		[
			'the name of draft 7',
			{
				$schema: 'http://json-schema.org/draft-07/schema#',
				$ref: '#here',
				definitions: { a: { $id: '#here', ...text } },
			},
		],
	])('%s', (_what, root) => {
		expect(target(root)).toMatchObject(text);
	});

	it('the whole schema', () => {
		for (const $ref of ['#', '']) {
			const root: SchemaObject = { properties: { a: { $ref } } };
			expect(target(root, (root.properties as { a: SchemaObject }).a)).toBe(root);
		}
	});

	it('true and false', () => {
		expect(target({ $ref: '#/$defs/a', $defs: { a: true } })).toBe(true);
		expect(target({ $ref: '#/$defs/a', $defs: { a: false } })).toBe(false);
	});

	it('the same each time it is asked for', () => {
		const root = { $ref: '#/$defs/a', $defs: { a: text } };
		const references = new References(root, '2020-12');
		expect(references.target(root)).toBe(references.target(root));
	});

	it('what stands beside it, from inside of another address', () => {
		const inner = { $ref: '#/$defs/c' };
		const other = { $id: 'other', properties: { b: inner }, $defs: { c: text } };
		const root = { $id: 'https://a.b/root', $defs: { a: other, c: { type: 'null' } } };
		expect(target(root, inner)).toBe(text);
	});

	it('what stands beside it, from a place where schemas do not stand', () => {
		const inner = { $ref: '#/$defs/c' };
		const other = { $id: 'https://a.b/other', parts: { d: inner }, $defs: { c: text } };
		const root = { $ref: 'https://a.b/other#/parts/d', $defs: { a: other, c: { type: 'null' } } };
		const references = new References(root, '2020-12');
		expect(references.target(root)).toBe(inner);
		expect(references.target(inner)).toBe(text);
	});
});

it.each<[string, SchemaObject]>([
	['a definition that is not there', { $ref: '#/$defs/b', $defs: { a: text } }],
	['a name that objects have anyway', { $ref: '#/toString' }],
	['a place behind a value', { $ref: '#/type/0', type: 'string' }],
	['a place behind null', { $ref: '#/const/a', const: null }],
	['what is no schema', { $ref: '#/type', type: 'string' }],
	['a list', { $ref: '#/allOf', allOf: [text] }],
	['an anchor that is not there', { $ref: '#there', $defs: { a: { $anchor: 'here' } } }],
	['an address that is not there', { $ref: 'https://a.b/c' }],
	['no address', { $ref: 'http://[' }],
	['a name that is escaped wrongly', { $ref: '#/$defs/%zz', $defs: { '%zz': text } }],
	[
		'an id beside a reference, which does not count in draft 7',
		{
			$schema: 'http://json-schema.org/draft-07/schema#',
			$ref: 'https://a.b/c',
			definitions: { a: { $id: 'https://a.b/c', $ref: '#' } },
		},
	],
	[
		'an anchor that is none in draft 2020-12',
		{ $ref: '#here', $defs: { a: { $id: 'https://a.b/#here' } } },
	],
	['the id of draft 4, which is none in newer ones', { $ref: '#a', $defs: { a: { id: '#a' } } }],
])('leads nowhere: %s', (_what, root) => {
	expect(target(root)).toBeNull();
});

it.each([
	[undefined, '2020-12'],
	['https://json-schema.org/draft/2020-12/schema', '2020-12'],
	['https://json-schema.org/draft/2019-09/schema', '2019-09'],
	['http://json-schema.org/draft-07/schema#', '7'],
	['http://json-schema.org/draft-06/schema#', '7'],
	['http://json-schema.org/draft-04/schema#', '4'],
	['http://json-schema.org/draft-03/schema#', '2020-12'],
	[7, '2020-12'],
])('the draft of %s is %s', ($schema, draft) => {
	expect(draftOf({ $schema })).toBe(draft);
});

it('knows the parts of a schema, where they stand and what they hold for', () => {
	const schema = {
		title: { type: 'none' },
		enum: [{ type: 'none' }],
		default: { properties: {} },
		items: [true, 'none'],
		additionalItems: false,
		not: {},
		allOf: [{}],
		anyOf: {},
		properties: { a: true, b: 7 },
		patternProperties: [],
		dependencies: { a: ['b'], c: {} },
		if: null,
	};
	expect(partsOf(schema).map(({ path, isInPlace }) => [path.join('/'), isInPlace])).toEqual([
		['items/0', false],
		['additionalItems', false],
		['not', true],
		['allOf/0', true],
		['properties/a', false],
		['dependencies/c', true],
	]);
	expect(partsOf({ items: {} })).toEqual([{ schema: {}, path: ['items'], isInPlace: false }]);
});

it.each([
	['not', 'one'],
	['items', 'one'],
	['$defs', 'by name'],
	['anyOf', 'list'],
	['type', 'none'],
	['required', 'none'],
])('%s holds schemas: %s', (keyword, holding) => {
	expect(holdingOf(keyword)).toBe(holding);
});
