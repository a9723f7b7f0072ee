import { readString, type ReadString } from './readString';

/** A piece of JSON, or of what models write for it. */
export type Token = TokenPlace &
	(
		| { type: '{' | '}' | '[' | ']' | ':' | ',' }
		| { type: 'string'; string: ReadString }
		| { type: 'number'; raw: string }
		| { type: 'word'; raw: string }
		/** The text ends here, in a string or comment when `inside`. */
		| { type: 'end'; inside: boolean }
		/** Nothing that stands in JSON, or that can be read in two ways. */
		| { type: 'unknown' }
	);

interface TokenPlace {
	start: number;
	/** Behind its last character. */
	end: number;
	/** Whether JSON has it like this, comments before it included. */
	isStrict: boolean;
	/** What is between it and the token before it: nothing, blanks or comments, or the end of a line. */
	gap: 'none' | 'blank' | 'line';
}

const MAY_BE_SKIPPED = /[\s/#\u200B\u2060]/;
const BLANKS = /[\s\u200B\u2060]*/y;
const STRICT_BLANKS = /^[ \t\r\n]*$/;
const LINE_COMMENT = /(?:\/\/|#)[^\n]*/y;
/** A comment in the place of what was left out. */
const LEFT_OUT =
	/\.\.\.|…|\b(?:etc|and so on|omitted|truncated|more|remaining|rest|similar|repeat|continued?)\b/i;
/** A member or an item that turned into a comment because a quote or a line end was lost. */
const SWALLOWED =
	/^(?:\/\/|#|\/\*)\s*(?:["'“`{}[\]]|(?:-?\d\S*|true|false|null)\s*(?:\*\/)?$)|^#(?:\S|\s*(?:[\w$-]+\s*)?:)|["']\s*[:,]|[,:{[]\s*$/;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** What may not follow a number directly: then it is something else, such as `1_000` or `12px`. */
const MORE = /[\p{L}\p{N}_$.+-]/uy;
const WORD = /[\p{L}_$][\p{L}\p{N}_$-]*/uy;

/** The token at a position, blanks and comments before it skipped. */
export function readToken(text: string, from: number): Token {
	const { at: start, isStrict, gap, isCut, leavesOut } = skipBlanks(text, from);
	const end = start + 1;
	// A fence that begins or ends inside of the value ends it.
	const isInside = isCut || text.startsWith('```', start);
	if (isInside || start === text.length) {
		return { type: 'end', inside: isInside, start, end: start, isStrict, gap };
	}
	if (leavesOut) return { type: 'unknown', start, end, isStrict, gap };
	const character = text.charAt(start);
	switch (character) {
		case '{':
		case '}':
		case '[':
		case ']':
		case ':':
		case ',':
			return { type: character, start, end, isStrict, gap };
		// As Chinese keyboards and models write them.
		case '：':
			return { type: ':', start, end, isStrict: false, gap };
		case '，':
			return { type: ',', start, end, isStrict: false, gap };
	}
	const string = readString(text, start);
	if (string === 'cut') return { type: 'end', inside: true, start, end, isStrict, gap };
	if (string === 'unclear') return { type: 'unknown', start, end, isStrict, gap };
	if (string !== null) {
		// Three quotes in a row, as around a text of Python, or a doubled one: no text ends there.
		if (isQuote(text.charAt(string.end))) return { type: 'unknown', start, end, isStrict, gap };
		const isWhollyStrict = isStrict && string.isStrict;
		return { type: 'string', string, start, end: string.end, isStrict: isWhollyStrict, gap };
	}
	const number = matchAt(NUMBER, text, start);
	if (number !== '') {
		const behind = start + number.length;
		return matchAt(MORE, text, behind) === ''
			? { type: 'number', raw: number, start, end: behind, isStrict, gap }
			: { type: 'unknown', start, end, isStrict, gap };
	}
	const word = matchAt(WORD, text, start);
	return word === ''
		? { type: 'unknown', start, end, isStrict, gap }
		: { type: 'word', raw: word, start, end: start + word.length, isStrict, gap };
}

interface Skipped {
	at: number;
	gap: TokenPlace['gap'];
	/** Whether there are only blanks that JSON has. */
	isStrict: boolean;
	/** Whether a comment does not end. */
	isCut: boolean;
	/** Whether a comment marks, or may mark, something that was left out. */
	leavesOut: boolean;
}

function skipBlanks(text: string, from: number): Skipped {
	let at = from;
	let isStrict = true;
	let isCut = false;
	let leavesOut = false;
	// Most tokens follow each other directly.
	while (MAY_BE_SKIPPED.test(text.charAt(at))) {
		const blanks = matchAt(BLANKS, text, at);
		isStrict &&= STRICT_BLANKS.test(blanks);
		at += blanks.length;
		const end = endOfComment(text, at);
		if (end === null) break;
		isStrict = false;
		isCut = end > text.length;
		const comment = text.slice(at, end);
		// Right behind a quote, what looks like a comment may belong to a text.
		leavesOut ||= leavesSomethingOut(comment) || isQuote(text.charAt(at - 1));
		at = Math.min(end, text.length);
	}
	if (at === from) return { at, gap: 'none', isStrict, isCut, leavesOut };
	const gap = text.slice(from, at).includes('\n') ? 'line' : 'blank';
	return { at, gap, isStrict, isCut, leavesOut };
}

/** Null where no comment begins, behind the text where it does not end. */
function endOfComment(text: string, at: number): number | null {
	if (text.startsWith('/*', at)) {
		const close = text.indexOf('*/', at + 2);
		return close === -1 ? text.length + 1 : close + 2;
	}
	const comment = matchAt(LINE_COMMENT, text, at);
	return comment === '' ? null : at + comment.length;
}

function leavesSomethingOut(comment: string): boolean {
	const quotes = comment.match(/"/g) ?? [];
	return quotes.length % 2 === 1 || LEFT_OUT.test(comment) || SWALLOWED.test(comment);
}

function isQuote(character: string): boolean {
	return /["'”’`]/.test(character);
}

function matchAt(sticky: RegExp, text: string, at: number): string {
	sticky.lastIndex = at;
	return sticky.exec(text)?.[0] ?? '';
}
