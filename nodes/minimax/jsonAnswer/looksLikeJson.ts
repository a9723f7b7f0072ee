import type { JsonNode } from '../json/jsonNode';
import type { NodeReading } from '../json/readNode';
import { readToken, type Token } from '../json/readToken';

const MOST_OPENERS = 10;
const LITERAL = /^(?:true|false|null|none)$/i;

/**
 * Whether the bracket at a position begins an object or a list: `{` with a name and a colon, `[` with a
 * value and a comma. `{name}`, `{1, 2}`, `[see below]`, `[[Page]]` and `[x]` are no JSON.
 */
export function looksLikeJson(text: string, start: number): boolean {
	let at = start;
	for (let depth = 0; depth < MOST_OPENERS; depth += 1) {
		const first = readToken(text, at + 1);
		if (first.type === 'end') return true;
		if (text[at] === '{') return first.type === '}' || isName(text, first);
		if (first.type === ']') return true;
		if (first.type !== '[' && first.type !== '{') return isItem(text, first);
		at = first.start;
	}
	return true;
}

function isName(text: string, { type, end }: Token): boolean {
	if (type !== 'string' && type !== 'word' && type !== 'number') return false;
	const next = readToken(text, end);
	return next.type === ':' || next.type === 'end';
}

function isItem(text: string, token: Token): boolean {
	const isValue =
		token.type === 'string' ||
		token.type === 'number' ||
		(token.type === 'word' && LITERAL.test(token.raw));
	if (!isValue) return false;
	const next = readToken(text, token.end);
	return next.type === ',' || next.type === ']' || next.type === 'end' || next.gap === 'line';
}

/** Whether code stands right before the bracket: `f({"a": 1})`, `x = [1, 2]`, `rows["a"]`. */
export function standsInCode(text: string, start: number): boolean {
	return /[\w$).\\({["'@#%&/+=-]$|(?:=>?|\breturn)[ \t]*$/.test(
		text.slice(Math.max(0, start - 10), start),
	);
}

/** What a stretch of an answer is: it may be the answer, may be meant as one, or is none. */
export type Standing = 'answer' | 'doubtful' | 'prose';

/**
 * Judges a stretch of JSON by the line that it stands in. Alone there, it is an answer. Among words, an object
 * with names in quotes is one anywhere; without quotes, or as a list, it has to begin the line or follow a
 * colon or the end of a sentence. A list of whole numbers may be a citation, so it also needs the word JSON
 * before it. An empty object or list is an answer only alone.
 */
export function standingOf(
	text: string,
	start: number,
	end: number,
	reading: NodeReading,
): Standing {
	const before = lineBefore(text, start);
	const after = lineAfter(text, end);
	// A link, a call, code that goes on, or the text of a footnote.
	if (/^(?:\(|\.\w|;\s*\S)/.test(after) || (text[start] === '[' && /^:/.test(after)))
		return 'prose';
	// Lists and objects in a row, of which none is the answer.
	if (/^[[{]/.test(after)) return 'doubtful';
	const isAlone = /^[\s>*_`|-]*$/.test(before) && /^[\s*_`|.;]*$/.test(after);
	if (isAlone) return 'answer';
	const isAnnounced = /(?:^|[:：.!?。！？])[\s*_`]*$/.test(before);
	const node = reading.ok ? reading.node : reading.certain;
	const kind = kindOf(node, text, start);
	switch (kind) {
		case 'object':
			return 'answer';
		case 'bare object':
			return isAnnounced ? 'answer' : 'prose';
		case 'list':
			if (!isAnnounced || isLineOfYaml(text, start, before)) return 'prose';
			return /^[\s*_`.!。]*$/.test(after) ? 'answer' : 'doubtful';
		case 'numbers':
			if (!isAnnounced || SOURCES.test(before.slice(before.lastIndexOf('.') + 1))) return 'prose';
			return /json/i.test(before) ? 'answer' : 'doubtful';
		case 'empty':
			return 'prose';
	}
}

const SOURCES = /(?:source|reference|ref|citation|cite|cited|see|cf|footnote|page|pp)s?\b/i;

type Kind = 'object' | 'bare object' | 'list' | 'numbers' | 'empty';

function kindOf(node: JsonNode | null, text: string, start: number): Kind {
	if (text[start] === '{') {
		const first = readToken(text, start + 1);
		if (first.type === '}') return 'empty';
		return first.type === 'string' || first.type === 'end' ? 'object' : 'bare object';
	}
	if (node === null || node.type !== 'array' || node.items.length === 0) return 'empty';
	if (node.items.some((item) => item.type === 'object' && item.members.length > 0)) return 'object';
	const areCitations = node.items.every((item) => item.type === 'number' && /^\d+$/.test(item.raw));
	return areCitations ? 'numbers' : 'list';
}

/** `tags: ["a", "b"]` below `name: Bob` is one line of several, which make up a value together. */
function isLineOfYaml(text: string, start: number, before: string): boolean {
	if (!/^\s*[\w-]+:\s*$/.test(before)) return false;
	if (/answer|result|output|response|json|final/i.test(before)) return false;
	const lines = text.slice(Math.max(0, start - 300), start).split('\n');
	return /^\s*[\w-]+:\s+\S/.test(lines.at(-2) ?? '');
}

/** As far as it decides anything; more would be looked at once per bracket in it. */
const LONGEST_LINE = 300;

function lineBefore(text: string, start: number): string {
	const words = text.slice(Math.max(0, start - LONGEST_LINE), start);
	return words.slice(words.lastIndexOf('\n') + 1);
}

function lineAfter(text: string, end: number): string {
	return text.slice(end, end + LONGEST_LINE).split('\n', 1)[0] ?? '';
}
