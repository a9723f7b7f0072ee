import {
	dereference,
	schemaArrayKeyword,
	schemaKeyword,
	schemaMapKeyword,
	validate,
	type Schema,
	type SchemaDraft,
} from '@cfworker/json-schema';
import { checkKeywords } from './checkKeywords';
import { InvalidInput } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import { parseJson } from '../json/parseJson';
import { toUnicodePattern } from './toUnicodePattern';

/** A JSON Schema that can be used: its references lead somewhere and its patterns are patterns. */
export interface AnswerSchema {
	/** As it goes to the model. */
	json: Schema;
	/** As the validator takes it: with patterns that compile under the `u` flag, which it sets. */
	checked: Schema;
	draft: SchemaDraft;
	/** All parts of `checked` by their addresses. */
	parts: ReturnType<typeof dereference>;
}

const RIGHT_SCHEMA =
	'Give a JSON Schema, for example {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}.';

/** A value of each type that has keywords of its own. */
const SAMPLES: Readonly<Record<string, unknown>> = {
	number: 0,
	integer: 0,
	string: '',
	array: [],
	object: {},
};

/** What OpenAI's API wraps a schema into. */
const WRAPPER = ['name', 'description', 'strict', 'schema'];

/**
 * The last one by its text: where the options hold an expression, each item brings the same schema anew,
 * and one with many references took 20 ms to try.
 */
let last: { text: string; outcome: AnswerSchema | InvalidInput | undefined } | undefined;

/**
 * The schema in the 'JSON Schema' field; copied, since the validator writes into it. Undefined for an
 * empty field and for a schema that asks for nothing. A schema in OpenAI's wrapper (`name`, `strict`,
 * `schema`) is taken out of it. An answer is paid for, so what the validator cannot use, or what no answer
 * can match, is found here, before a request is sent. Not found: a pattern that takes ages, such as
 * `^(a+)+$`; nothing can stop it once it runs.
 *
 * @throws InvalidInput
 */
export function readSchema(value: unknown): AnswerSchema | undefined {
	if (value === undefined || value === null) return undefined;
	const text = writeJson(value);
	if (text instanceof InvalidInput) throw text;
	if (text.trim() === '') return undefined;

	if (last?.text !== text) last = { text, outcome: readText(text) };
	if (last.outcome instanceof InvalidInput) throw last.outcome;
	return last.outcome;
}

function readText(text: string): AnswerSchema | InvalidInput | undefined {
	const parsed = parseJson(text);
	const copied = parseJson(text);
	if (!parsed.ok || !copied.ok) return notJson(parsed.ok ? '' : parsed.reason);
	const json = unwrapSchema(parsed.value);
	const checked = unwrapSchema(copied.value);
	if (!isRecord(json) || !isRecord(checked)) {
		return new InvalidInput("'JSON Schema' is not an object", RIGHT_SCHEMA);
	}
	if (Object.keys(json).length === 0) return undefined;
	const prepared = prepareSchema(json, checked);
	return typeof prepared === 'string'
		? new InvalidInput("'JSON Schema' cannot be used", `${prepared}. ${RIGHT_SCHEMA}`)
		: prepared;
}

/** Out of `{"type": "json_schema", "json_schema": {"name": …, "schema": {…}}}`, or of its inner part. */
function unwrapSchema(given: unknown): unknown {
	if (!isRecord(given)) return given;
	const inner = given.type === 'json_schema' ? given.json_schema : given;
	if (!isRecord(inner) || !isRecord(inner.schema)) return given;
	return Object.keys(inner).every((name) => WRAPPER.includes(name)) ? inner.schema : given;
}

/**
 * In words when the schema cannot be used: tries every part of it on samples.
 *
 * @param checked a copy for the validator, which is made fit for it
 */
function prepareSchema(json: Schema, checked: Schema): AnswerSchema | string {
	let tried = checked;
	try {
		const draft = draftOf(json);
		const parts = dereference(checked);
		const used = collectParts(checked, parts);
		for (const part of used) {
			tried = part;
			const fault = checkKeywords(part, draft);
			if (fault !== null) return addressed(part, fault);
			mendPatterns(part);
		}
		for (const part of used) {
			tried = part;
			for (const sample of samplesOf(part)) validate(sample, part, draft, parts);
		}
		return { json, checked, draft, parts };
	} catch (error) {
		return addressed(tried, wordsOf(error));
	}
}

function mendPatterns(part: Schema): void {
	if (typeof part.pattern === 'string') part.pattern = toUnicodePattern(part.pattern);
	if (part.patternProperties === undefined) return;
	part.patternProperties = Object.fromEntries(
		Object.entries(part.patternProperties).map(([pattern, inner]) => [
			toUnicodePattern(pattern),
			inner,
		]),
	);
}

/** Null reaches the keywords of all types, others only what the part is meant for. */
function samplesOf({ type }: Schema): unknown[] {
	const types = type === undefined ? Object.keys(SAMPLES) : [type].flat();
	return [null, ...types.map((name) => SAMPLES[name]).filter((sample) => sample !== undefined)];
}

/**
 * The schema and all that it applies to parts of a value; examples and defaults are no schemas, and
 * definitions count once something refers to them.
 */
function collectParts(root: Schema, parts: AnswerSchema['parts']): Set<Schema> {
	const found = new Set<Schema>();
	const waiting: unknown[] = [root];
	while (waiting.length > 0) {
		const part = waiting.pop();
		if (!isRecord(part) || found.has(part)) continue;
		found.add(part);
		if (typeof part.__absolute_ref__ === 'string') waiting.push(parts[part.__absolute_ref__]);
		for (const [keyword, value] of Object.entries(part)) {
			if (keyword === '$defs' || keyword === 'definitions') continue;
			const isMap = schemaMapKeyword[keyword] === true || keyword === 'dependencies';
			if (isMap && isRecord(value)) waiting.push(...Object.values(value));
			else if (Array.isArray(value)) {
				if (schemaArrayKeyword[keyword] === true) waiting.push(...value);
			} else if (schemaKeyword[keyword] === true) waiting.push(value);
		}
	}
	return found;
}

function addressed({ __absolute_uri__: address = '' }: Schema, words: string): string {
	const pointer = address.split('#')[1];
	return pointer === undefined ? words : `${pointer}: ${words}`;
}

function wordsOf(error: unknown): string {
	if (error instanceof RangeError)
		return 'it refers to itself without end, or is nested too deeply';
	const words = error instanceof Error ? error.message : String(error);
	const reference = /^Unresolved \$ref ".*?"/.exec(words)?.[0];
	return reference ?? words.replace(/(?<![.\s])[.\s]+$/, '');
}

function draftOf(schema: Schema): SchemaDraft {
	const named = /draft-0([467])|draft\/(2019-09|2020-12)/.exec(String(schema.$schema));
	if (named?.[2] === '2019-09') return '2019-09';
	if (named?.[1] === '4') return '4';
	return named?.[1] === undefined ? '2020-12' : '7';
}

function writeJson(value: unknown): string | InvalidInput {
	if (typeof value === 'string') return value;
	try {
		return String(JSON.stringify(value));
	} catch (error) {
		// A circular object.
		return notJson(error instanceof Error ? error.message : String(error));
	}
}

function notJson(reason: string): InvalidInput {
	return new InvalidInput("'JSON Schema' is not valid JSON", `${reason}. ${RIGHT_SCHEMA}`);
}
