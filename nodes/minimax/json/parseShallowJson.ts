import { parseJson, type ParsedJson } from './parseJson';
import { walkBrackets } from './walkBrackets';

/**
 * JSON.parse takes any depth; JSON.stringify, which n8n calls on every item, runs out of stack at some
 * thousand levels.
 */
export const MOST_LEVELS = 1000;

export const DEEP = {
	ok: false,
	reason: `The JSON is nested more than ${MOST_LEVELS} levels deep`,
} as const satisfies ParsedJson;

/** Lists and objects: far more than any request holds; a value that holds itself has no end of them. */
const MOST_CONTAINERS = 5_000_000;

/** `parseJson` for what may become part of an item or of a request. */
export function parseShallowJson(text: string): ParsedJson {
	const parsed = parseJson(text);
	// Each level takes two characters, so short texts need no look.
	if (!parsed.ok || text.length <= 2 * MOST_LEVELS) return parsed;
	const isTooDeep = walkBrackets(text, 0, (depth) => depth > MOST_LEVELS) !== null;
	return isTooDeep ? DEEP : parsed;
}

/** Whether a value is nested so deep, or in a circle, that it cannot be written as JSON. */
export function isDeep(value: unknown): boolean {
	// Level by level and not by recursion, which would run out of stack itself.
	let level = [value].filter(isContainer);
	let count = 0;
	for (let depth = 1; level.length > 0; depth += 1) {
		count += level.length;
		if (depth > MOST_LEVELS || count > MOST_CONTAINERS) return true;
		level = level.flatMap((each) => Object.values(each).filter(isContainer));
	}
	return false;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
