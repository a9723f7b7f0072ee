import { findDoubt } from './findDoubt';
import type { JsonNode } from './jsonNode';
import { add, certainOf, open, type Level } from './level';
import { DEEP, MOST_LEVELS } from './parseShallowJson';
import type { ReadString } from './readString';
import { readToken, type Token } from './readToken';
import { isMembers, isNoName, nameOf, nodeOf } from './tokenToNode';

export type NodeReading =
	| {
			ok: true;
			node: JsonNode;
			/** Behind its last bracket. */
			end: number;
			/** Whether it is JSON as it stands. */
			isStrict: boolean;
	  }
	| {
			ok: false;
			/** One sentence without a final period. */
			reason: string;
			/** Where reading stopped. */
			at: number;
			/** Whether it stopped because the text ends. */
			isCut: boolean;
			/** The members and items that are whole; null where there are none. */
			certain: JsonNode | null;
	  };

/**
 * Reads the object or list that begins at a position, as JSON or with mistakes that can be corrected in one
 * way only: a comma behind the last member, a comma that was forgotten between two, comments, quotes of another
 * kind, names without quotes, Python's literals. With any other mistake it fails, so every name, text
 * and number of the result comes from the text, in its order. Takes time that grows with the length only.
 */
export function readNode(text: string, start: number): NodeReading {
	const levels: Level[] = [];
	const strings: ReadString[] = [];
	let holdsMembers = false;
	let isStrict = true;
	let at = start;
	for (;;) {
		const token = readToken(text, at);
		const level = levels.at(-1);
		isStrict &&= token.isStrict;
		at = token.end;
		if (token.type === 'string') strings.push(token.string);
		if (level === undefined) {
			if (token.type !== '{' && token.type !== '[') return fail(token, levels);
			levels.push(open(token.type));
			continue;
		}
		if (isCloser(token, level)) {
			if (level.expects === 'colon' || level.expects === 'value') return fail(token, levels);
			isStrict &&= level.expects !== 'next';
			levels.pop();
			const outer = levels.at(-1);
			if (outer !== undefined) {
				outer.endsInBracket = true;
				continue;
			}
			if (isStrict) return { ok: true, node: level.container, end: at, isStrict };
			if (holdsMembers) return fail(token, levels);
			const doubt = findDoubt(strings);
			if (doubt !== null) return fail(token, levels, doubt);
			return { ok: true, node: level.container, end: at, isStrict };
		}
		if (level.expects === 'comma') {
			if (token.type === ',') {
				level.expects = 'next';
				continue;
			}
			if (!isForgottenComma(text, token, level)) return fail(token, levels);
			isStrict = false;
			level.expects = 'next';
		}
		if (level.expects === 'colon') {
			if (token.type !== ':') return fail(token, levels);
			level.expects = 'value';
			continue;
		}
		if (level.container.type === 'object' && level.expects !== 'value') {
			const name = nameOf(token);
			if (name === null || (token.type === 'string' && isNoName(token.string)))
				return fail(token, levels);
			isStrict &&= token.type === 'string';
			holdsMembers ||= isMembers(name);
			level.name = name;
			level.expects = 'colon';
			continue;
		}
		level.expects = 'comma';
		if (token.type === '{' || token.type === '[') {
			if (levels.length === MOST_LEVELS) return fail(token, levels, DEEP.reason);
			const inner = open(token.type);
			add(level, inner.container);
			levels.push(inner);
			continue;
		}
		const node = nodeOf(token);
		if (node === null) return fail(token, levels);
		if (at === text.length && token.type !== 'string') {
			// More of the number or word may be missing.
			return fail({ ...token, type: 'end', inside: true }, levels);
		}
		isStrict &&= token.type !== 'word' || token.raw === token.raw.toLowerCase();
		level.endsInBracket = false;
		add(level, node);
	}
}

function fail(
	{ type, start }: Token,
	levels: Level[],
	reason = 'The JSON in the answer is broken',
): NodeReading {
	const isCut = type === 'end';
	return {
		ok: false,
		reason: isCut ? 'The JSON in the answer does not end' : reason,
		at: start,
		isCut,
		certain: certainOf(levels),
	};
}

function isCloser({ type }: Token, { container }: Level): boolean {
	return type === (container.type === 'object' ? '}' : ']');
}

/**
 * Whether a comma was left out before the token: in an object before the next name, in a list between two
 * brackets. `"a" "b"` may also be one text, `12 500` one number, `rows[0]` an index.
 */
function isForgottenComma(
	text: string,
	token: Token,
	{ container, endsInBracket }: Level,
): boolean {
	if (container.type === 'array') {
		if (token.type === '{') return endsInBracket;
		return token.type === '[' && endsInBracket && token.gap !== 'none';
	}
	const isName =
		(token.type === 'string' && token.gap !== 'none') ||
		(token.type === 'word' && token.gap === 'line');
	return isName && readToken(text, token.end).type === ':';
}
