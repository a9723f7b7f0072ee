import { walkBrackets } from '../json/walkBrackets';
import { parseJson } from '../json/parseJson';
import { toNode } from '../json/jsonNode';
import { looksLikeJson, standingOf, standsInCode } from './looksLikeJson';
import { readNode, type NodeReading } from '../json/readNode';
import { readToken } from '../json/readToken';

/** After so many brackets that never close, the text is no JSON with a lead-in. */
const UNCLOSED_STARTS = 20;

/** A stretch of an answer that may be the JSON asked for. */
export interface Stretch {
	start: number;
	end: number;
	reading: NodeReading;
	isFenced: boolean;
}

export interface FoundJson {
	stretches: Stretch[];
	/** What stands between them and around; code left out. One more than there are stretches. */
	prose: string[];
}

/**
 * All stretches of an answer that are meant as JSON, whole or broken: in fences, standing alone or in a
 * sentence. Brackets of citations, links, code and sets are none. Takes time that grows with the length
 * only.
 */
export function findJson(text: string): FoundJson {
	const stretches: Stretch[] = [];
	const prose: string[] = [];
	const opener = /```+|~~~+|[{[]/g;
	let piece = '';
	let at = 0;
	let unclosed = 0;
	/** Behind a bracket that opens JSON and is never closed there is no other JSON. */
	let insideBroken = false;
	const skipTo = (position: number): void => {
		at = position;
		opener.lastIndex = position;
	};
	const addStretch = (stretch: Stretch): void => {
		prose.push(piece + text.slice(at, stretch.start));
		piece = '';
		const { reading } = stretch;
		stretches.push(insideBroken && reading.ok ? { ...stretch, reading: BROKEN } : stretch);
		skipTo(stretch.end);
	};
	for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
		const start = match.index;
		if (match[0].length > 1) {
			const block = readFence(text, start, match[0]);
			piece += text.slice(at, start);
			at = block.stretches[0]?.start ?? start;
			block.stretches.forEach(addStretch);
			skipTo(block.end);
			continue;
		}
		if (looksLikeJson(text, start) && !standsInCode(text, start)) {
			const reading = readNode(text, start);
			const end = reading.ok ? reading.end : endOfBroken(text, start);
			const standing = standingOf(text, start, end, reading);
			if (standing === 'prose') {
				opener.lastIndex = end;
			} else {
				const counted = standing !== 'answer' && reading.ok ? BROKEN : reading;
				addStretch({ start, end, reading: counted, isFenced: false });
			}
			continue;
		}
		const close = walkBrackets(text, start, (depth) => depth === 0);
		if (close !== null) {
			opener.lastIndex = close;
			continue;
		}
		unclosed += 1;
		// Code that does not end.
		if (unclosed === UNCLOSED_STARTS || standsInCode(text, start)) break;
		insideBroken ||= !/^\[\s*\p{L}/u.test(text.slice(start, start + 20));
	}
	prose.push(piece + text.slice(at));
	return { stretches, prose };
}

/** Stands for JSON that may not be meant as the answer, or not be all of it. */
const BROKEN: NodeReading = {
	ok: false,
	reason: 'The JSON in the answer is broken',
	at: 0,
	isCut: false,
	certain: null,
};

function endOfBroken(text: string, start: number): number {
	return walkBrackets(text, start, (depth) => depth === 0) ?? text.length;
}

interface FencedBlock {
	stretches: Stretch[];
	end: number;
}

/** Behind the opening of a fence. */
const LANGUAGE = /[ \t]*([\w+-]*)/y;

/** The JSON in the fenced block that begins at a position; none where it holds something else. */
function readFence(text: string, start: number, fence: string): FencedBlock {
	LANGUAGE.lastIndex = start + fence.length;
	const [head = '', language = ''] = LANGUAGE.exec(text) ?? [];
	const stretches: Stretch[] = [];
	let at = start + fence.length + head.length;
	for (;;) {
		const token = readToken(text, at);
		if (token.type !== '{' && token.type !== '[') break;
		if (!looksLikeJson(text, token.start)) break;
		const reading = readNode(text, token.start);
		if (!reading.ok) {
			const end = endOfFence(text, reading.at, fence);
			stretches.push({ start: token.start, end: end.close, reading, isFenced: true });
			return { stretches, end: end.behind };
		}
		at = reading.end;
		stretches.push({ start: token.start, end: at, reading, isFenced: true });
	}
	const end = endOfFence(text, at, fence);
	const rest = text.slice(at, end.close);
	const last = stretches.at(-1);
	if (last !== undefined) {
		// Words may follow, and comments; pieces of JSON may not.
		const next = readToken(`${rest} `, 0);
		const isEnd = (next.type === 'end' && !next.inside) || !/[{}[\]"]|^\s*[,:]/.test(rest);
		if (!isEnd) Object.assign(last, { end: end.close, reading: BROKEN });
	} else if (language.toLowerCase() === 'json') {
		const scalar = parseJson(rest);
		if (scalar.ok) {
			const reading = {
				ok: true,
				node: toNode(scalar.value),
				end: end.close,
				isStrict: true,
			} as const;
			stretches.push({ start: at, end: end.close, reading, isFenced: true });
		}
	}
	return { stretches, end: end.behind };
}

function endOfFence(text: string, from: number, fence: string): { close: number; behind: number } {
	const close = text.indexOf(fence, from);
	return close === -1
		? { close: text.length, behind: text.length }
		: { close, behind: close + fence.length };
}
