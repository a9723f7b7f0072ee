import type { ParsedJson } from './parseJson';
import { DEEP, isDeep, parseShallowJson } from './parseShallowJson';

/** What was given as JSON: a text, or a value that somebody has parsed already. */
export function parseJsonField(value: unknown): ParsedJson {
	if (typeof value === 'string') return parseShallowJson(value);
	return isDeep(value) ? DEEP : { ok: true, value };
}
