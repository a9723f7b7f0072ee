import { InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { parseShallowJson } from '../json/parseShallowJson';
import { inspectSchema } from '../jsonSchema/inspectSchema';
import type { SchemaObject } from '../jsonSchema/schema';
import type { ReadySchema } from '../jsonSchema/visit';

/** A JSON Schema that can be used. */
export interface AnswerSchema {
	/** As it goes to the model. */
	json: SchemaObject;
	/** As answers are checked against it. */
	ready: ReadySchema;
}

const SCHEMA: Place = { input: 'jsonSchema' };
const RIGHT_SCHEMA =
	'Give a JSON Schema, for example {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}.';

/** What OpenAI's API wraps a schema into. */
const WRAPPER = ['name', 'description', 'strict', 'schema'];

/**
 * The last one by its text: an item may bring the same schema as a new object, and one with many references
 * takes some milliseconds to inspect.
 */
let last: { text: string; outcome: AnswerSchema | InvalidInput | undefined } | undefined;

/**
 * The schema in a text or an object. Undefined for nothing and for a schema that asks for nothing. A schema in
 * OpenAI's wrapper (`name`, `strict`, `schema`) is taken out of it. An answer is paid for, so what is no schema,
 * cannot be followed or is matched by no answer is found here, before a request is sent.
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
	const parsed = parseShallowJson(text);
	if (!parsed.ok) return notJson(parsed.reason);
	const json = unwrapSchema(parsed.value);
	if (!isRecord(json)) return new InvalidInput('is not an object', RIGHT_SCHEMA, SCHEMA);
	if (Object.keys(json).length === 0) return undefined;
	try {
		const ready = inspectSchema(json);
		return typeof ready === 'string' ? unusable(ready) : { json, ready };
	} catch (error) {
		return unusable(error instanceof RangeError ? 'it is nested too deeply' : String(error));
	}
}

function unusable(reason: string): InvalidInput {
	return new InvalidInput('cannot be used', `${reason}. ${RIGHT_SCHEMA}`, SCHEMA);
}

/** Out of `{"type": "json_schema", "json_schema": {"name": …, "schema": {…}}}`, or of its inner part. */
function unwrapSchema(given: unknown): unknown {
	if (!isRecord(given)) return given;
	const inner = given.type === 'json_schema' ? given.json_schema : given;
	if (!isRecord(inner) || !isRecord(inner.schema)) return given;
	return Object.keys(inner).every((name) => WRAPPER.includes(name)) ? inner.schema : given;
}

function writeJson(value: unknown): string | InvalidInput {
	if (typeof value === 'string') return value;
	try {
		return String(JSON.stringify(value));
	} catch (error) {
		// A circular object, or one that is nested too deeply.
		return notJson(error instanceof Error ? error.message : String(error));
	}
}

function notJson(reason: string): InvalidInput {
	return new InvalidInput('is not valid JSON', `${reason}. ${RIGHT_SCHEMA}`, SCHEMA);
}
