/**
 * Walks over the brackets of a JSON text, those in strings left aside, and calls back with the depth at
 * each. Returns the position behind the one it stops at, null when it stops at none.
 */
export function walkBrackets(
	text: string,
	start: number,
	stopsAt: (depth: number) => boolean,
): number | null {
	let depth = 0;
	let inString = false;
	for (let at = start; at < text.length; at += 1) {
		const character = text[at];
		if (inString) {
			if (character === '\\') at += 1;
			else if (character === '"') inString = false;
		} else if (character === '"') {
			inString = true;
		} else if (character === '{' || character === '[') {
			depth += 1;
			if (stopsAt(depth)) return at + 1;
		} else if (character === '}' || character === ']') {
			depth -= 1;
			if (stopsAt(depth)) return at + 1;
		}
	}
	return null;
}
