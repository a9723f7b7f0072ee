import { parseJson, type ParsedJson } from './parseJson';
import { walkBrackets } from './walkBrackets';

/**
 * JSON.parse takes any depth; JSON.stringify, which n8n calls on every item, runs out of stack at some
 * thousand levels.
 */
const MOST_LEVELS = 1000;

/** `parseJson` for what may become part of an item or of a request. */
export function parseShallowJson(text: string): ParsedJson {
	const parsed = parseJson(text);
	// Each level takes two characters, so short texts need no look.
	if (!parsed.ok || text.length <= 2 * MOST_LEVELS) return parsed;
	const isDeep = walkBrackets(text, 0, (depth) => depth > MOST_LEVELS) !== null;
	return isDeep
		? { ok: false, reason: `The JSON is nested more than ${MOST_LEVELS} levels deep` }
		: parsed;
}
