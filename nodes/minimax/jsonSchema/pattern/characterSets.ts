import { UnusablePattern } from './unusablePattern';

/** Characters, that is code points, of which one may stand at a place. */
export interface CharacterSet {
	/** Sets with the same name hold the same characters. */
	name: string;
	/** How many steps a look at it takes. */
	cost: number;
	/** The one character that it holds, if there is only one. */
	only?: string;
	has(character: string): boolean;
}

const LINE_ENDS = '\n\r\u2028\u2029';
export const anyCharacter: CharacterSet = {
	name: '.',
	cost: 1,
	has: (character) => !LINE_ENDS.includes(character),
};

const CONTROLS: Readonly<Record<string, string>> = {
	t: '\t',
	n: '\n',
	r: '\r',
	v: '\v',
	f: '\f',
	'0': '\0',
};

export function exactly(character: string): CharacterSet {
	return { name: `=${character}`, cost: 1, only: character, has: (other) => other === character };
}

interface ReadSet {
	set: CharacterSet;
	/** How much of the pattern it takes. */
	length: number;
}

/**
 * The set of the escape that a pattern begins with: `\d`, `\p{L}`, `\u00e4`, `\-`.
 *
 * @throws UnusablePattern
 */
export function escapedSet(pattern: string): ReadSet {
	const letter = String.fromCodePoint(pattern.codePointAt(1) ?? 0);
	if (pattern.length < 2) throw new UnusablePattern('ends in a backslash');
	const many = /^\\(?:[dDwWsS]|[pP]\{[^}]*\})/.exec(pattern)?.[0];
	if (many !== undefined) return { set: nativeSet(many), length: many.length };
	const code = /^\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\})/i.exec(pattern);
	if (code !== null) return readCode(pattern, code[0], code[1] ?? code[2] ?? code[3] ?? '');
	const control = CONTROLS[letter];
	if (control !== undefined) return { set: exactly(control), length: 2 };
	if (/^\\c[a-z]/i.test(pattern)) {
		return { set: exactly(String.fromCharCode(pattern.charCodeAt(2) % 32)), length: 3 };
	}
	if (/[A-Za-z0-9]/.test(letter)) {
		throw new UnusablePattern(`has \\${letter}, which JavaScript does not know`);
	}
	return { set: exactly(letter), length: 1 + letter.length };
}

/** Two escapes may be the halves of one character. */
function readCode(pattern: string, escape: string, digits: string): ReadSet {
	const code = parseInt(digits, 16);
	if (code > 0x10ffff) throw new UnusablePattern(`has ${escape}, which is no character`);
	const half = /^\\u([\da-f]{4})/i.exec(pattern.slice(escape.length));
	if (half !== null && /^\\ud[89ab]/i.test(escape)) {
		const pair = String.fromCharCode(code, parseInt(half[1] ?? '', 16));
		if ([...pair].length === 1)
			return { set: exactly(pair), length: escape.length + half[0].length };
	}
	return { set: exactly(String.fromCodePoint(code)), length: escape.length };
}

function nativeSet(escape: string): CharacterSet {
	const native = nativeOf(escape);
	if (native === null) throw new UnusablePattern(`has ${escape}, which JavaScript does not know`);
	return { name: escape, cost: 2, has: (character) => native.test(character) };
}

function nativeOf(escape: string): RegExp | null {
	try {
		return new RegExp(`^${escape}$`, 'u');
	} catch {
		return null;
	}
}

interface Range {
	from: number;
	to: number;
}

/**
 * The set of the class that a pattern begins with, such as `[^a-z\d]`.
 *
 * @throws UnusablePattern
 */
export function inClass(pattern: string): ReadSet {
	const isNegative = pattern[1] === '^';
	const sets: CharacterSet[] = [];
	const ranges: Range[] = [];
	let at = isNegative ? 2 : 1;
	while (pattern[at] !== ']') {
		if (at >= pattern.length) throw new UnusablePattern('has a class that is not closed');
		const first = readMember(pattern.slice(at));
		at += first.length;
		const hasRange = pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']';
		const from = first.set.only?.codePointAt(0);
		if (!hasRange || from === undefined) {
			if (from === undefined) sets.push(first.set);
			else ranges.push({ from, to: from });
			continue;
		}
		const last = readMember(pattern.slice(at + 1));
		const to = last.set.only?.codePointAt(0);
		// `[a-\d]` holds a hyphen.
		if (to === undefined) {
			ranges.push({ from, to: from });
			continue;
		}
		if (to < from) throw new UnusablePattern('has a range in the wrong order');
		ranges.push({ from, to });
		at += 1 + last.length;
	}
	const has = (character: string): boolean => {
		const code = character.codePointAt(0) ?? 0;
		const isIn =
			ranges.some(({ from, to }) => from <= code && code <= to) ||
			sets.some((set) => set.has(character));
		return isIn !== isNegative;
	};
	const length = at + 1;
	const cost = 1 + ranges.length + 2 * sets.length;
	return { set: { name: pattern.slice(0, length), cost, has }, length };
}

function readMember(pattern: string): ReadSet {
	if (pattern.startsWith('\\b')) return { set: exactly('\b'), length: 2 };
	if (pattern.startsWith('\\')) return escapedSet(pattern);
	const character = String.fromCodePoint(pattern.codePointAt(0) ?? 0);
	return { set: exactly(character), length: character.length };
}
