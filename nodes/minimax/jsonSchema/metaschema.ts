import type { Draft, SchemaObject } from './schema';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

const SCHEMA = { $ref: '#' };
const SCHEMAS = { type: 'array', minItems: 1, items: SCHEMA };
const BY_NAME = { type: 'object', additionalProperties: SCHEMA };
const NAMES = { type: 'array', items: { type: 'string' }, uniqueItems: true };
const TEXT = { type: 'string' };
const NUMBER = { type: 'number' };
const COUNT = { type: 'integer', minimum: 0 };
const YES_OR_NO = { type: 'boolean' };

/**
 * What a schema has to look like in its draft: the metaschema without its division into vocabularies and
 * its dynamic references. Narrower in one place, `enum`: no answer can match an empty one.
 */
export function metaschemaOf(draft: Draft): SchemaObject {
	const limit = draft === '4' ? YES_OR_NO : NUMBER;
	return {
		type: ['object', 'boolean'],
		properties: {
			$schema: TEXT,
			[draft === '4' ? 'id' : '$id']: TEXT,
			$anchor: TEXT,
			$comment: TEXT,
			$defs: BY_NAME,
			$ref: TEXT,
			additionalItems: SCHEMA,
			additionalProperties: SCHEMA,
			allOf: SCHEMAS,
			anyOf: SCHEMAS,
			const: true,
			contains: SCHEMA,
			definitions: BY_NAME,
			dependencies: { type: 'object', additionalProperties: { anyOf: [SCHEMA, NAMES] } },
			dependentRequired: { type: 'object', additionalProperties: NAMES },
			dependentSchemas: BY_NAME,
			description: TEXT,
			else: SCHEMA,
			enum: { type: 'array', minItems: 1 },
			exclusiveMaximum: limit,
			exclusiveMinimum: limit,
			format: TEXT,
			if: SCHEMA,
			items: draft === '2020-12' ? SCHEMA : { anyOf: [SCHEMA, SCHEMAS] },
			maxContains: COUNT,
			maxItems: COUNT,
			maxLength: COUNT,
			maxProperties: COUNT,
			maximum: NUMBER,
			minContains: COUNT,
			minItems: COUNT,
			minLength: COUNT,
			minProperties: COUNT,
			minimum: NUMBER,
			multipleOf: { type: 'number', exclusiveMinimum: 0 },
			not: SCHEMA,
			oneOf: SCHEMAS,
			pattern: TEXT,
			patternProperties: BY_NAME,
			prefixItems: SCHEMAS,
			properties: BY_NAME,
			propertyNames: SCHEMA,
			required: NAMES,
			then: SCHEMA,
			title: TEXT,
			type: {
				anyOf: [
					{ enum: TYPES },
					{ type: 'array', items: { enum: TYPES }, minItems: 1, uniqueItems: true },
				],
			},
			unevaluatedItems: SCHEMA,
			unevaluatedProperties: SCHEMA,
			uniqueItems: YES_OR_NO,
		},
	};
}

/** Keywords that ask something of a value; all others of the metaschema are notes or names. */
const NOTES = [
	'$schema',
	'id',
	'$id',
	'$anchor',
	'$comment',
	'$defs',
	'definitions',
	'description',
	'title',
];

export function asksSomething(schema: SchemaObject): boolean {
	return Object.keys(schema).some((keyword) => KEYWORDS.has(keyword) && !NOTES.includes(keyword));
}

const KEYWORDS = new Set(Object.keys(Object(metaschemaOf('2020-12').properties)));

/** Notes of JSON Schema, OpenAPI and the makers of models, which ask nothing of a value. */
const OTHER_NOTES = new Set([
	'$dynamicAnchor',
	'$recursiveAnchor',
	'$vocabulary',
	'contentEncoding',
	'contentMediaType',
	'contentSchema',
	'default',
	'deprecated',
	'discriminator',
	'enumDescriptions',
	'enumNames',
	'example',
	'examples',
	'externalDocs',
	'id',
	'markdownDescription',
	'nullable',
	'propertyOrdering',
	'readOnly',
	'writeOnly',
	'xml',
]);

/** The keywords of a schema that nobody knows; those that begin with `x-` are meant to be unknown. */
export function unknownKeywords(schema: SchemaObject): string[] {
	return Object.keys(schema).filter(
		(keyword) => !KEYWORDS.has(keyword) && !OTHER_NOTES.has(keyword) && !keyword.startsWith('x-'),
	);
}
