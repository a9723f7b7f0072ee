import { walkBrackets } from '../json/walkBrackets';

/** After so many brackets that never close, the text is no JSON with a lead-in. */
const UNCLOSED_STARTS = 20;

const OBJECT_START = /^\{\s*(?:["'“‘]|[\w$-]+\s*:|\}|\/[/*])/;
const ARRAY_START = /^\[\s*(?:["'“‘{[\]\d-]|true\b|false\b|null\b)/i;

/** The contents of fenced code blocks, also of a last one that is cut off, in their order. */
export function findFencedBlocks(text: string): string[] {
	const blocks: string[] = [];
	let block: string[] | null = null;
	for (const line of text.split('\n')) {
		const isFence = /^\s*(?:```|~~~)/.test(line);
		if (block === null) {
			if (isFence) block = [];
		} else if (isFence) {
			blocks.push(block.join('\n').trim());
			block = null;
		} else {
			block.push(line);
		}
	}
	if (block !== null) blocks.push(block.join('\n').trim());
	return blocks;
}

export interface FoundJson {
	stretches: string[];
	/** The text without them. */
	rest: string;
}

/**
 * The stretches of a text which begin like an object or array and run to its closing bracket, or to the
 * end of the text when that is missing. Brackets of prose such as `{name}` or `[see below]` are none.
 */
export function findJson(text: string): FoundJson {
	const opener = /[{[]/g;
	const stretches: string[] = [];
	const rest: string[] = [];
	let restStart = 0;
	let unclosed = 0;
	for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
		const end = findEnd(text, match.index);
		const stretch = text.slice(match.index, end ?? text.length);
		if (startsLikeJson(stretch)) {
			stretches.push(stretch);
			rest.push(text.slice(restStart, match.index));
			restStart = match.index + stretch.length;
			opener.lastIndex = restStart;
		} else if (end !== null) {
			opener.lastIndex = end;
		} else {
			unclosed += 1;
			if (unclosed === UNCLOSED_STARTS) break;
		}
	}
	rest.push(text.slice(restStart));
	return { stretches, rest: rest.join('') };
}

export function startsLikeJson(text: string): boolean {
	return OBJECT_START.test(text) || ARRAY_START.test(text);
}

function findEnd(text: string, start: number): number | null {
	return walkBrackets(text, start, (depth) => depth === 0);
}
