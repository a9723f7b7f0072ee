import { anyCharacter, escapedSet, exactly, inClass, type CharacterSet } from './characterSets';
import { UnusablePattern } from './unusablePattern';

/** A regular expression as a tree. */
export type PatternPart =
	| { type: 'set'; set: CharacterSet }
	| { type: 'start' | 'end' | 'boundary' | 'noBoundary' }
	| { type: 'sequence' | 'choice'; parts: PatternPart[] }
	| { type: 'repeat'; part: PatternPart; least: number; most: number }
	| { type: 'look'; part: PatternPart; isNegative: boolean };

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/;
/** Groups may be nested this deeply. */
const MOST_GROUPS = 100;

/**
 * The tree of a pattern in JavaScript's grammar, with what models write although the `u` flag forbids it:
 * `\-`, `[\w-.]`, a lone `{`.
 *
 * @throws UnusablePattern
 */
export function parsePattern(pattern: string): PatternPart {
	let at = 0;
	let depth = 0;
	const rest = (): string => pattern.slice(at);
	const next = (): string => String.fromCodePoint(pattern.codePointAt(at) ?? 0);

	const readChoice = (): PatternPart => {
		const parts = [readSequence()];
		while (pattern[at] === '|') {
			at += 1;
			parts.push(readSequence());
		}
		return parts.length === 1 && parts[0] !== undefined ? parts[0] : { type: 'choice', parts };
	};

	const readSequence = (): PatternPart => {
		const parts: PatternPart[] = [];
		while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
			parts.push(readQuantified());
		}
		return { type: 'sequence', parts };
	};

	const readQuantified = (): PatternPart => {
		const part = readPart();
		const quantifier = QUANTIFIER.exec(rest());
		if (quantifier === null) return part;
		at += quantifier[0].length;
		const [sign, least, comma, most] = quantifier;
		if (QUANTIFIER.test(rest())) throw new UnusablePattern('has two quantifiers in a row');
		switch (sign[0]) {
			case '*':
				return { type: 'repeat', part, least: 0, most: Infinity };
			case '+':
				return { type: 'repeat', part, least: 1, most: Infinity };
			case '?':
				return { type: 'repeat', part, least: 0, most: 1 };
		}
		const from = Number(least);
		const to = comma === undefined ? from : most === '' ? Infinity : Number(most);
		if (to < from) throw new UnusablePattern(`has the numbers of ${sign} in the wrong order`);
		return { type: 'repeat', part, least: from, most: to };
	};

	const readPart = (): PatternPart => {
		const character = next();
		switch (character) {
			case '^':
				at += 1;
				return { type: 'start' };
			case '$':
				at += 1;
				return { type: 'end' };
			case '(':
				return readGroup();
			case '[': {
				const { set, length } = inClass(rest());
				at += length;
				return { type: 'set', set };
			}
			case '.':
				at += 1;
				return { type: 'set', set: anyCharacter };
			case '*':
			case '+':
			case '?':
				throw new UnusablePattern(`has a ${character} with nothing to repeat`);
			case '\\':
				return readEscape();
		}
		at += character.length;
		return { type: 'set', set: exactly(character) };
	};

	const readGroup = (): PatternPart => {
		const opener =
			/^\((?:\?(?:[:=!]|<[=!]|<[\p{L}_$][\p{L}\p{N}_$]*>)?)?/u.exec(rest())?.[0] ?? '(';
		if (opener === '(?')
			throw new UnusablePattern('has a group of a kind that JavaScript does not know');
		if (opener.startsWith('(?<=') || opener.startsWith('(?<!')) {
			throw new UnusablePattern('looks behind, which cannot be checked here');
		}
		depth += 1;
		if (depth > MOST_GROUPS) throw new UnusablePattern('is nested too deeply');
		at += opener.length;
		const part = readChoice();
		if (pattern[at] !== ')') throw new UnusablePattern('has a group that is not closed');
		at += 1;
		depth -= 1;
		if (opener === '(?=' || opener === '(?!') {
			return { type: 'look', part, isNegative: opener === '(?!' };
		}
		return part;
	};

	const readEscape = (): PatternPart => {
		const letter = pattern[at + 1];
		if (letter === 'b' || letter === 'B') {
			at += 2;
			return { type: letter === 'b' ? 'boundary' : 'noBoundary' };
		}
		if (letter !== undefined && /[1-9k]/.test(letter)) {
			throw new UnusablePattern('refers back to a group, which cannot be checked here');
		}
		const { set, length } = escapedSet(rest());
		at += length;
		return { type: 'set', set };
	};

	const part = readChoice();
	if (at < pattern.length) throw new UnusablePattern('closes a group that is not open');
	return part;
}
