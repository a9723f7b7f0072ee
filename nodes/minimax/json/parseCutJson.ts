import { parseJson, type ParsedJson } from './parseJson';

/**
 * The value of a JSON text whose end is missing, as far as it goes: half a string counts, half a name or
 * literal does not. What stands behind the value is left out. Takes time that grows with the length only.
 */
export function parseCutJson(text: string): ParsedJson {
	const closers: string[] = [];
	/** Where the last complete value, or the last opening bracket, ends. */
	let whole = 0;
	/** Before an escape that is cut, else the end. */
	let end = text.length;
	let inString = false;
	for (let at = 0; at < text.length; at += 1) {
		const character = text.charAt(at);
		if (inString) {
			if (character === '\\') {
				const length = text[at + 1] === 'u' ? 6 : 2;
				if (at + length > text.length) end = at;
				at += length - 1;
			} else if (character === '"') inString = false;
		} else if (character === '"') {
			inString = true;
		} else if (character === '{' || character === '[') {
			closers.push(character === '{' ? '}' : ']');
			whole = at + 1;
		} else if (character === '}' || character === ']') {
			closers.pop();
			whole = at + 1;
			if (closers.length === 0) break;
		} else if (character === ',') {
			whole = at;
		}
	}
	const rest = closers.reverse().join('');
	// A number or a literal at the end may be half of one; a text is worth having.
	if (rest !== '' && (inString || text.trimEnd().endsWith('"'))) {
		const closed = parseJson(`${text.slice(0, end)}${inString ? '"' : ''}${rest}`);
		if (closed.ok) return closed;
	}
	return parseJson(text.slice(0, whole) + rest);
}
