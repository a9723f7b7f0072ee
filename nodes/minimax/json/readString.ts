interface Quote {
	/** The quotes that may end the text. */
	closers: string;
	kind: QuoteKind;
}

export type QuoteKind = 'double' | 'single' | 'typographic' | 'backtick';

/** Quotes that models open texts with. */
const QUOTES: Readonly<Record<string, Quote>> = {
	'"': { closers: '"', kind: 'double' },
	"'": { closers: "'", kind: 'single' },
	'`': { closers: '`', kind: 'backtick' },
	'“': { closers: '”“', kind: 'typographic' },
	'”': { closers: '”', kind: 'typographic' },
	'„': { closers: '“”', kind: 'typographic' },
	'‘': { closers: '’', kind: 'typographic' },
	'«': { closers: '»', kind: 'typographic' },
};
const ANY_QUOTE = Object.entries(QUOTES)
	.map(([opener, { closers }]) => opener + closers)
	.join('');
const APOSTROPHES = "'’";
const WORD_CHARACTER = /[\p{L}\p{N}]/u;

const ESCAPED: Readonly<Record<string, string>> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

/** Quotes of each kind behind which a member or an item would go on. */
const ENDS: Readonly<Record<QuoteKind, RegExp>> = {
	double: /"\s*[:,\]}]/,
	single: /'\s*[:,\]}]/,
	typographic: /[“”’»]\s*[:,\]}]/,
	backtick: /`\s*[:,\]}]/,
};
const KINDS = Object.keys(ENDS) as QuoteKind[];

/** What a line would begin with if quotes before it were lost. */
const LOST_QUOTES = /[,{[]\s*\n[ \t]|\n[^\S\n]*[}\]]/;

/** Most texts: in double quotes, without a backslash or a control character. */
const PLAIN = /"[ !#-[\]-\uFFFF]*"/y;

export interface ReadString {
	value: string;
	/** What stands between its quotes. */
	written: string;
	end: number;
	kind: QuoteKind;
	/** Whether JSON has it like this. */
	isStrict: boolean;
	/** Whether it has escapes that a bare backslash and a letter could be as well, such as `\n` in `C:\new`. */
	hasEscapes: boolean;
	/** Whether it has backslashes that JSON does not know, as in `\d`. */
	hasBareBackslashes: boolean;
}

/**
 * The string that begins at a position, in quotes of any kind. Line ends in it stay, and so does a
 * backslash that JSON does not know, as in `^\d+`: it was meant to be there.
 *
 * @returns null where no string begins, `cut` where it does not end, `unclear` where it can be read in two ways
 */
export function readString(text: string, start: number): ReadString | 'cut' | 'unclear' | null {
	const quote = text.charAt(start);
	const { closers, kind } = QUOTES[quote] ?? {};
	if (closers === undefined || kind === undefined) return null;
	PLAIN.lastIndex = start;
	const plain = PLAIN.exec(text)?.[0];
	if (plain !== undefined) {
		const value = plain.slice(1, -1);
		const end = start + plain.length;
		const isStrict = true;
		return {
			value,
			written: value,
			end,
			kind,
			isStrict,
			hasEscapes: false,
			hasBareBackslashes: false,
		};
	}
	let hasEscapes = false;
	let hasBareBackslashes = false;
	let value = '';
	/** Where the characters begin that are not in `value` yet. */
	let from = start + 1;
	for (let at = from; at < text.length; at += 1) {
		const character = text.charAt(at);
		if (closers.includes(character)) {
			if (isInWord(text, at)) continue;
			const written = text.slice(start + 1, at);
			if (quote === '`' && written.includes('${')) return 'unclear';
			if (LOST_QUOTES.test(written)) return 'unclear';
			value += text.slice(from, at);
			const isStrict = kind === 'double' && !hasBareBackslashes && !hasControls(written);
			return { value, written, end: at + 1, kind, isStrict, hasEscapes, hasBareBackslashes };
		}
		if (character !== '\\') continue;
		if (at + 1 === text.length) return 'cut';
		const escape = readEscape(text, at, quote);
		if (escape === null) return 'unclear';
		hasEscapes ||= escape.kind === 'usual';
		hasBareBackslashes ||= escape.kind === 'unknown';
		value += text.slice(from, at) + escape.value;
		at += escape.length - 1;
		from = at + 1;
	}
	return 'cut';
}

/** The kinds of quotes that stand in a text as if they ended it, as in `'a": 1, "b'`. */
export function endsIn({ kind, written }: ReadString): QuoteKind[] {
	return KINDS.filter((other) => other !== kind && ENDS[other].test(written));
}

/** The apostrophe of `'it's fine'`: a text never ends between two letters. */
function isInWord(text: string, at: number): boolean {
	if (!APOSTROPHES.includes(text.charAt(at))) return false;
	return WORD_CHARACTER.test(text.charAt(at - 1)) && WORD_CHARACTER.test(text.charAt(at + 1));
}

interface Escape {
	value: string;
	length: number;
	kind: 'quote' | 'usual' | 'unknown';
}

function readEscape(text: string, at: number, quote: string): Escape | null {
	const letter = text.charAt(at + 1);
	if (letter === '"' || (letter === quote && "'`".includes(letter))) {
		return { value: letter, length: 2, kind: 'quote' };
	}
	const known = ESCAPED[letter];
	if (known !== undefined) return { value: known, length: 2, kind: 'usual' };
	const isStandard = quote === '"';
	switch (letter) {
		case 'u': {
			const digits = /^[0-9a-fA-F]{4}/.exec(text.slice(at + 2, at + 6))?.[0];
			if (digits !== undefined) {
				return { value: String.fromCharCode(parseInt(digits, 16)), length: 6, kind: 'usual' };
			}
			// `\u{1F600}`, or digits that are missing.
			if (/[0-9a-fA-F{]/.test(text.charAt(at + 2))) return null;
			break;
		}
		case 'x':
			// A character in Python and JavaScript; nothing in JSON.
			if (!isStandard && /^[0-9a-fA-F]{2}/.test(text.slice(at + 2, at + 4))) return null;
			break;
		case '\n':
		case '\r':
			// In other languages the text goes on in the next line.
			return null;
	}
	// `\'` is an apostrophe in other languages.
	if (ANY_QUOTE.includes(letter)) return null;
	return { value: `\\${letter}`, length: 2, kind: 'unknown' };
}

function hasControls(text: string): boolean {
	return /[^ -\uFFFF]/.test(text);
}
