import { isRecord } from '../json/isRecord';
import { sizeOf, toNode, toValue, type JsonMember, type JsonNode } from '../json/jsonNode';
import { readNode } from '../json/readNode';
import { matchPattern, type Spend } from './pattern/matchPattern';
import { isSchema, type Schema, type SchemaObject } from './schema';
import { validate } from './validate';
import type { ReadySchema } from './visit';
import { isOfType } from './isOfType';

const NUMBER = /^[+-]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * The node with values of the types that the schema asks for, where nothing gets lost: `"12.5"` as a
 * number, `"false"` as a boolean, `Good` as the choice `good`, digits as a text, JSON in a text as what it
 * holds. What does not fit otherwise stays as it is.
 *
 * @throws TooCostly
 */
export function coerce(node: JsonNode, schema: Schema, ready: ReadySchema, spend: Spend): JsonNode {
	spend(1);
	if (!isRecord(schema)) return node;
	const again = (inner: JsonNode, part: unknown): JsonNode =>
		isSchema(part) ? coerce(inner, part, ready, spend) : inner;
	let coerced = coerceScalar(node, schema, spend);
	if (typeof schema.$ref === 'string') coerced = again(coerced, ready.references.target(schema));
	for (const part of Array.isArray(schema.allOf) ? schema.allOf : [])
		coerced = again(coerced, part);
	for (const alternatives of [schema.anyOf, schema.oneOf]) {
		if (Array.isArray(alternatives))
			coerced = coerceToOne(coerced, alternatives.filter(isSchema), ready, spend);
	}
	if (coerced.type === 'object') {
		return {
			...coerced,
			members: coerced.members.map((member) => ({
				...member,
				node: partsFor(member, schema, ready, spend).reduce<JsonNode>(again, member.node),
			})),
		};
	}
	if (coerced.type !== 'array') return coerced;
	const { items, prefixItems, additionalItems } = schema;
	const listed = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
	const rest = Array.isArray(items) ? additionalItems : items;
	return {
		...coerced,
		items: coerced.items.map((item, index) =>
			again(item, index < listed.length ? listed[index] : rest),
		),
	};
}

function partsFor(
	{ name }: JsonMember,
	schema: SchemaObject,
	{ patterns }: ReadySchema,
	spend: Spend,
): unknown[] {
	const { properties, patternProperties, additionalProperties } = schema;
	const parts: unknown[] = [];
	if (isRecord(properties) && Object.hasOwn(properties, name)) parts.push(properties[name]);
	for (const [pattern, part] of isRecord(patternProperties)
		? Object.entries(patternProperties)
		: []) {
		const compiled = patterns.get(pattern);
		if (compiled !== undefined && matchPattern(compiled, name, spend)) parts.push(part);
	}
	return parts.length === 0 ? [additionalProperties] : parts;
}

/** By the alternative that matches then, where only one does, or all give the same. */
function coerceToOne(node: JsonNode, parts: Schema[], ready: ReadySchema, spend: Spend): JsonNode {
	const matches = (candidate: JsonNode, part: Schema): boolean => {
		spend(sizeOf(candidate) / 2);
		return validate(toValue(candidate), part, ready, spend).length === 0;
	};
	if (parts.some((part) => matches(node, part))) return node;
	const found = new Map<string, JsonNode>();
	for (const part of parts) {
		const candidate = coerce(node, part, ready, spend);
		if (matches(candidate, part)) found.set(JSON.stringify(candidate), candidate);
	}
	const [only] = found.values();
	return found.size === 1 && only !== undefined ? only : node;
}

/** A text, number or boolean as `type`, `enum` and `const` ask for it; any other node as it is. */
function coerceScalar(node: JsonNode, schema: SchemaObject, spend: Spend): JsonNode {
	const value =
		node.type === 'number' || node.type === 'string' || node.type === 'boolean'
			? toValue(node)
			: null;
	if (value === null) return node;
	const types = [schema.type ?? []].flat();
	const choices =
		'const' in schema ? [schema.const] : Array.isArray(schema.enum) ? schema.enum : null;
	if (choices !== null) {
		spend(2 * choices.length);
		if (choices.includes(value)) return node;
		const written = node.type === 'number' ? node.raw : String(value);
		const alike = choices.filter(
			(choice) => !isRecord(choice) && lowerCased(choice) === lowerCased(written),
		);
		return alike.length === 1 ? toNode(alike[0]) : node;
	}
	if (types.length === 0 || types.some((type) => isOfType(value, type))) return node;
	if (node.type === 'number')
		return types.includes('string') ? { type: 'string', value: node.raw } : node;
	if (node.type !== 'string') return node;
	const candidates = types.flatMap((type) => readAs(node.value.trim(), type));
	const [only] = candidates;
	return candidates.length === 1 && only !== undefined ? only : node;
}

/** As it counts for choices: `Good` is `good`. */
function lowerCased(value: unknown): string {
	return String(value).trim().toLowerCase();
}

/** What a text holds, read as a type; nothing where it is none. */
function readAs(text: string, type: unknown): JsonNode[] {
	switch (type) {
		case 'number':
		case 'integer':
			return NUMBER.test(text) ? [{ type: 'number', raw: text.replace(/^\+/, '') }] : [];
		case 'boolean':
			return /^(?:true|false)$/i.test(text) ? [{ type: 'boolean', value: /^t/i.test(text) }] : [];
		case 'null':
			return /^null$/i.test(text) ? [{ type: 'null' }] : [];
		case 'object':
		case 'array': {
			const reading = readNode(text, 0);
			const isRight = reading.ok && reading.isStrict && reading.end === text.length;
			return isRight && reading.node.type === type ? [reading.node] : [];
		}
	}
	return [];
}
