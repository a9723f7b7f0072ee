import { Validator, type OutputUnit, type Schema, type SchemaDraft } from '@cfworker/json-schema';
import { InvalidInput } from '../failure/failure';
import { isRecord } from '../isRecord';
import { parseJson } from '../parseJson';

const MOST_REASONS = 10;
const RIGHT_SCHEMA =
	'Give a JSON Schema, for example {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}.';

/**
 * The schema out of the 'JSON Schema' field, as an object of its own: the validator writes into it.
 * Throws InvalidInput.
 */
export function readSchema(value: unknown): Schema {
	const parsed = parseJson(typeof value === 'string' ? value : stringify(value));
	if (!parsed.ok) {
		throw new InvalidInput("'JSON Schema' is not valid JSON", `${parsed.reason}. ${RIGHT_SCHEMA}`);
	}
	if (!isRecord(parsed.value)) {
		throw new InvalidInput("'JSON Schema' is not an object", RIGHT_SCHEMA);
	}
	return parsed.value;
}

/** Whether the field holds no schema, or one that asks for nothing. */
export function isEmptySchema(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '' || value.trim() === '{}';
	return isRecord(value) && Object.keys(value).length === 0;
}

/**
 * Where and why the value does not match: `prices[0].amount: …`; an empty list when it does. At most ten
 * reasons. Throws InvalidInput for a schema that cannot be used.
 */
export function checkAgainstSchema(value: unknown, schema: unknown): string[] {
	const checked = validate(value, readSchema(schema));
	if (typeof checked === 'string') {
		throw new InvalidInput("'JSON Schema' cannot be used", `${checked}. ${RIGHT_SCHEMA}`);
	}
	const reasons = leaves(checked).map(
		({ instanceLocation, error }) => `${readablePath(instanceLocation)}: ${error}`,
	);
	return [...new Set(reasons)].slice(0, MOST_REASONS);
}

/** What does not match, or in words why the schema cannot be used. */
function validate(value: unknown, schema: Schema): OutputUnit[] | string {
	try {
		return new Validator(schema, draftOf(schema), false).validate(value).errors;
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		return words.split('\n')[0]?.replace(/[.\s]+$/, '') ?? words;
	}
}

function draftOf(schema: Schema): SchemaDraft {
	const named = /draft-0([467])|draft\/(2019-09|2020-12)/.exec(String(schema.$schema));
	if (named?.[2] === '2019-09') return '2019-09';
	if (named?.[1] === '4') return '4';
	return named?.[1] === undefined ? '2020-12' : '7';
}

/** The validator reports every level above a mismatch as well; the deepest one says what is wrong. */
function leaves(errors: readonly OutputUnit[]): OutputUnit[] {
	return errors.filter(
		({ keyword, keywordLocation }) =>
			keyword !== 'false' &&
			!errors.some((other) => other.keywordLocation.startsWith(`${keywordLocation}/`)),
	);
}

/** `#/prices/0/amount` → `prices[0].amount` */
function readablePath(pointer: string): string {
	const names = pointer.split('/').slice(1);
	let path = '';
	for (const name of names) {
		const plain = decodeURI(name).replaceAll('~1', '/').replaceAll('~0', '~');
		path += /^\d+$/.test(plain) ? `[${plain}]` : `${path === '' ? '' : '.'}${plain}`;
	}
	return path === '' ? 'the whole value' : path;
}

function stringify(value: unknown): string {
	try {
		return JSON.stringify(value) ?? '';
	} catch {
		// A circular object.
		return '';
	}
}
