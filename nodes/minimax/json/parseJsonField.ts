import type { ParsedJson } from './parseJson';
import { DEEP, isDeep, parseShallowJson } from './parseShallowJson';

/** What a JSON field of the panel holds: text that is typed in, or whatever an expression gives. */
export function parseJsonField(value: unknown): ParsedJson {
	if (typeof value === 'string') return parseShallowJson(value);
	return isDeep(value) ? DEEP : { ok: true, value };
}
