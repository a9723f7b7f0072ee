import {
	dereference,
	schemaArrayKeyword,
	schemaKeyword,
	schemaMapKeyword,
	validate,
	type Schema,
	type SchemaDraft,
} from '@cfworker/json-schema';
import { InvalidInput } from '../failure/failure';
import { isRecord } from '../isRecord';
import { parseJson, type ParsedJson } from '../parseJson';

/** A JSON Schema that can be used: its references lead somewhere and its patterns are patterns. */
export interface AnswerSchema {
	/** As it goes to the model. */
	json: Schema;
	draft: SchemaDraft;
	/** All of its parts by their addresses. */
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

/**
 * The schema in the 'JSON Schema' field; a copy, since the validator writes into it. Undefined for an
 * empty field and for a schema that asks for nothing. An answer is paid for, so what the validator
 * cannot use is found here, before a request is sent. Not found: a pattern that takes ages, such as
 * `^(a+)+$`; nothing can stop it once it runs.
 *
 * @throws InvalidInput
 */
export function readSchema(value: unknown): AnswerSchema | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'string' && value.trim() === '') return undefined;

	const parsed = typeof value === 'string' ? parseJson(value) : copyJson(value);
	if (!parsed.ok) {
		throw new InvalidInput("'JSON Schema' is not valid JSON", `${parsed.reason}. ${RIGHT_SCHEMA}`);
	}
	if (!isRecord(parsed.value)) {
		throw new InvalidInput("'JSON Schema' is not an object", RIGHT_SCHEMA);
	}
	if (Object.keys(parsed.value).length === 0) return undefined;
	const schema = prepareSchema(parsed.value);
	if (typeof schema === 'string') {
		throw new InvalidInput("'JSON Schema' cannot be used", `${schema}. ${RIGHT_SCHEMA}`);
	}
	return schema;
}

/** In words when the schema cannot be used: tries every part of it on samples. */
function prepareSchema(json: Schema): AnswerSchema | string {
	let tried = json;
	try {
		const draft = draftOf(json);
		const parts = dereference(json);
		for (const part of collectParts(json, parts)) {
			tried = part;
			for (const sample of samplesOf(part)) validate(sample, part, draft, parts);
		}
		return { json, draft, parts };
	} catch (error) {
		return describeRefusal(error, tried);
	}
}

/** Null reaches the keywords of all types, others only what the part is meant for. */
function samplesOf({ type }: Schema): unknown[] {
	const types = type === undefined ? Object.keys(SAMPLES) : [type].flat();
	return [null, ...types.map((name) => SAMPLES[name]).filter((sample) => sample !== undefined)];
}

/** The schema and all that it applies to parts of a value; examples and defaults are no schemas. */
function collectParts(root: Schema, parts: AnswerSchema['parts']): Set<Schema> {
	const found = new Set<Schema>();
	const waiting: unknown[] = [root];
	while (waiting.length > 0) {
		const part = waiting.pop();
		if (!isRecord(part) || found.has(part)) continue;
		found.add(part);
		if (typeof part.__absolute_ref__ === 'string') waiting.push(parts[part.__absolute_ref__]);
		for (const [keyword, value] of Object.entries(part)) {
			const isMap = schemaMapKeyword[keyword] === true || keyword === 'dependencies';
			if (isMap && isRecord(value)) waiting.push(...Object.values(value));
			else if (Array.isArray(value)) {
				if (schemaArrayKeyword[keyword] === true) waiting.push(...value);
			} else if (schemaKeyword[keyword] === true) waiting.push(value);
		}
	}
	return found;
}

function describeRefusal(error: unknown, { __absolute_uri__: address = '' }: Schema): string {
	const pointer = address.split('#')[1];
	return pointer === undefined ? wordsOf(error) : `${pointer}: ${wordsOf(error)}`;
}

function wordsOf(error: unknown): string {
	if (error instanceof RangeError)
		return 'it refers to itself without end, or is nested too deeply';
	const words = error instanceof Error ? error.message : String(error);
	const reference = /^Unresolved \$ref ".*?"/.exec(words)?.[0];
	return reference ?? words.replace(/[.\s]+$/, '');
}

function draftOf(schema: Schema): SchemaDraft {
	const named = /draft-0([467])|draft\/(2019-09|2020-12)/.exec(String(schema.$schema));
	if (named?.[2] === '2019-09') return '2019-09';
	if (named?.[1] === '4') return '4';
	return named?.[1] === undefined ? '2020-12' : '7';
}

function copyJson(value: unknown): ParsedJson {
	try {
		return { ok: true, value: JSON.parse(JSON.stringify(value)) };
	} catch (error) {
		// A circular object.
		return { ok: false, reason: error instanceof Error ? error.message : String(error) };
	}
}
