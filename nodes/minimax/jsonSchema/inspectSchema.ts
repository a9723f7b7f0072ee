import { isRecord } from '../json/isRecord';
import { isOfType } from './isOfType';
import { asksSomething, metaschemaOf, unknownKeywords } from './metaschema';
import { compilePattern, type Pattern } from './pattern/compilePattern';
import { References } from './references';
import { draftOf, holdingOf, partsOf, type Schema, type SchemaObject } from './schema';
import { validate } from './validate';
import type { Problem, ReadySchema } from './visit';

/** Keywords that cannot be followed: what they refer to depends on the way that led there. */
const DYNAMIC = ['$dynamicRef', '$recursiveRef'];
/** A schema of so many parts takes some 20 ms to inspect. */
const MOST_PARTS = 20_000;

/** What has to stand behind a keyword, where the metaschema's own words would not help. */
const RIGHT: Readonly<Record<string, string>> = {
	dependentRequired: 'has to be an object of lists of names',
	enum: 'has to be a list of the values to choose from, not empty',
	exclusiveMaximum:
		'has to be a number, the limit itself (in draft 4, which $schema has to name, true or false beside maximum)',
	exclusiveMinimum:
		'has to be a number, the limit itself (in draft 4, which $schema has to name, true or false beside minimum)',
	multipleOf: 'has to be a number above 0',
	required: 'has to be a list of names, beside properties',
	type: 'has to be one of string, number, integer, boolean, object, array and null in lower case, or a list of them; leave it out where any value will do',
};

/**
 * Makes a schema ready for `validate`, or says what is wrong with it and where, without a final period:
 * held against the metaschema of its draft, with references that lead somewhere and patterns that can be
 * matched.
 */
export function inspectSchema(root: SchemaObject): ReadySchema | string {
	const draft = draftOf(root);
	const metaschema = metaschemaOf(draft);
	const [problem] = validate(root, metaschema, ready(metaschema), () => {});
	if (problem !== undefined) return inWords(problem);
	const schema = ready(root);
	return findFault(schema) ?? findLoop(schema) ?? schema;
}

function ready(root: SchemaObject): ReadySchema & { patterns: Map<string, Pattern> } {
	const draft = draftOf(root);
	return { root, draft, references: new References(root, draft), patterns: new Map() };
}

/** `/properties/a: required has to be a list of names` */
function inWords({ path, words }: Problem): string {
	const { place, keyword } = placeOf(path.map(String));
	if (keyword === undefined) return at(place, `has to be ${HOLDING.one}`);
	const holding = holdingOf(keyword);
	const plain = holding === 'none' ? words : `has to be ${HOLDING[holding]}`;
	return at(place, `${keyword} ${RIGHT[keyword] ?? plain}`);
}

const HOLDING = {
	one: 'a schema of its own, such as {"type": "string"}',
	'by name': 'an object of schemas',
	list: 'a list of schemas, not empty',
};

function at(place: readonly string[], words: string): string {
	return place.length === 0 ? words : `/${place.join('/').slice(0, 200)}: ${words}`;
}

/** The schema that a path leads into, and the keyword in it where the path ends; none at a schema itself. */
function placeOf(path: readonly string[]): { place: string[]; keyword: string | undefined } {
	let from = 0;
	for (;;) {
		const keyword = path[from];
		const place = path.slice(0, from);
		if (keyword === undefined) return { place, keyword };
		const isList =
			holdingOf(keyword) === 'list' || (keyword === 'items' && /^\d+$/.test(path[from + 1] ?? ''));
		const isByName = holdingOf(keyword) === 'by name';
		const isOne = holdingOf(keyword) === 'one' && !isList;
		const length = isOne ? 1 : 2;
		if (!(isOne || isList || isByName) || path.length < from + length) return { place, keyword };
		from += length;
	}
}

/** Goes through all that the schema applies to a value; definitions count once something refers to them. */
function findFault(schema: ReadySchema & { patterns: Map<string, Pattern> }): string | null {
	const seen = new Set<SchemaObject>();
	const waiting: Array<{ part: Schema; place: string[] }> = [{ part: schema.root, place: [] }];
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { part, place } = next;
		if (!isRecord(part) || seen.has(part)) continue;
		seen.add(part);
		if (seen.size > MOST_PARTS) return `it has more than ${MOST_PARTS} parts`;
		const fault = faultOf(part, schema);
		if (fault !== null) return at(place, fault);
		if (typeof part.$ref === 'string') {
			const target = schema.references.target(part);
			if (target === null) {
				return at(
					place,
					`the $ref ${JSON.stringify(part.$ref)} leads nowhere; only what stands in the schema itself is found`,
				);
			}
			waiting.push({ part: target, place: placeOfReference(part.$ref) ?? place });
		}
		for (const { schema: inner, path } of partsOf(part)) {
			if (path[0] !== '$defs' && path[0] !== 'definitions') {
				waiting.push({ part: inner, place: [...place, ...path] });
			}
		}
	}
	return null;
}

function placeOfReference(reference: string): string[] | null {
	return reference.startsWith('#/') ? reference.slice(2).split('/') : null;
}

function faultOf(
	part: SchemaObject,
	{ patterns }: { patterns: Map<string, Pattern> },
): string | null {
	const dynamic = DYNAMIC.find((keyword) => keyword in part);
	if (dynamic !== undefined) return `${dynamic} is not followed here; write $ref`;
	const unknown = unknownKeywords(part);
	if (unknown.length > 0 && !asksSomething(part)) {
		const names = unknown.slice(0, 3).map((name) => JSON.stringify(name));
		return `${names.join(', ')} ${unknown.length === 1 ? 'is no keyword' : 'are no keywords'} of JSON Schema, so that nothing would be checked; an example of an answer is no schema`;
	}
	const { type, enum: choices, pattern, patternProperties } = part;
	if (
		Array.isArray(choices) &&
		type !== undefined &&
		!choices.some((choice) => hasType(choice, type))
	) {
		return 'no value of enum is of the type that type asks for';
	}
	const written = isRecord(patternProperties) ? Object.keys(patternProperties) : [];
	if (typeof pattern === 'string') written.push(pattern);
	for (const each of written) {
		if (patterns.has(each)) continue;
		const compiled = compilePattern(each);
		if (typeof compiled === 'string') {
			return `the pattern ${JSON.stringify(each).slice(0, 100)} ${compiled}`;
		}
		patterns.set(each, compiled);
	}
	return null;
}

function hasType(value: unknown, type: unknown): boolean {
	return [type].flat().some((name) => isOfType(value, name));
}

/** Whether the schema refers to itself without going into the value. */
function findLoop({ root, references }: ReadySchema): string | null {
	const done = new Set<SchemaObject>();
	const open = new Set<SchemaObject>();
	const waiting: SchemaObject[] = [root];
	const loops = (part: Schema): boolean => {
		if (!isRecord(part) || done.has(part)) return false;
		if (open.has(part)) return true;
		open.add(part);
		const target = typeof part.$ref === 'string' ? references.target(part) : null;
		const parts = partsOf(part);
		for (const { schema, isInPlace } of parts)
			if (!isInPlace && isRecord(schema)) waiting.push(schema);
		const isLoop =
			(target !== null && loops(target)) ||
			parts.some(({ schema, isInPlace }) => isInPlace && loops(schema));
		open.delete(part);
		done.add(part);
		return isLoop;
	};
	for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
		if (loops(part)) return 'it refers to itself without end';
	}
	return null;
}
