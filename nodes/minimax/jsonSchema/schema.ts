import { isRecord } from '../json/isRecord';

export type SchemaObject = Record<string, unknown>;
export type Schema = SchemaObject | boolean;

/** The versions of JSON Schema; 6 is read as 7. */
export type Draft = '4' | '7' | '2019-09' | '2020-12';

/** Keywords that hold a schema, an object of schemas, or a list of them. */
const ONE = new Set([
	'additionalItems',
	'additionalProperties',
	'contains',
	'else',
	'if',
	'items',
	'not',
	'propertyNames',
	'then',
	'unevaluatedItems',
	'unevaluatedProperties',
]);
const BY_NAME = new Set([
	'$defs',
	'definitions',
	'dependencies',
	'dependentSchemas',
	'patternProperties',
	'properties',
]);
const LISTED = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']);

/** Those of them that hold for the same value as the schema itself. */
const IN_PLACE = new Set([
	'allOf',
	'anyOf',
	'dependencies',
	'dependentSchemas',
	'else',
	'if',
	'not',
	'oneOf',
	'then',
]);

/** How a keyword holds schemas: one, by names, in a list; or none. `items` may hold one or a list. */
export function holdingOf(keyword: string): 'one' | 'by name' | 'list' | 'none' {
	if (ONE.has(keyword)) return 'one';
	if (BY_NAME.has(keyword)) return 'by name';
	return LISTED.has(keyword) ? 'list' : 'none';
}

export function isSchema(value: unknown): value is Schema {
	return typeof value === 'boolean' || isRecord(value);
}

export interface Part {
	schema: Schema;
	/** From the schema that holds it, for example `properties`, `name`. */
	path: string[];
	/** Whether it holds for the same value. */
	isInPlace: boolean;
}

/** The schemas that a schema holds; examples, defaults and values to choose from are none. */
export function partsOf(schema: SchemaObject): Part[] {
	const parts: Part[] = [];
	for (const [keyword, value] of Object.entries(schema)) {
		const isInPlace = IN_PLACE.has(keyword);
		const add = (inner: unknown, ...names: string[]): void => {
			if (isSchema(inner)) parts.push({ schema: inner, path: [keyword, ...names], isInPlace });
		};
		if (LISTED.has(keyword) && Array.isArray(value)) {
			value.forEach((inner, index) => add(inner, String(index)));
		} else if (ONE.has(keyword)) {
			add(value);
		} else if (BY_NAME.has(keyword) && isRecord(value)) {
			Object.entries(value).forEach(([name, inner]) => add(inner, name));
		}
	}
	return parts;
}

/** The version that `$schema` names; the newest where it names none. */
export function draftOf({ $schema }: SchemaObject): Draft {
	const named = /draft-0([467])|draft\/(2019-09|2020-12)/.exec(String($schema));
	if (named?.[2] === '2019-09') return '2019-09';
	if (named?.[1] === '4') return '4';
	return named?.[1] === undefined ? '2020-12' : '7';
}
