import { findJson } from './findJson';

/** The names of the tag, that of MiniMax and those of other models. */
const NAMES = '(?:mm:think|minimax:think|think|thinking|thought|reasoning)';
const CLOSER = new RegExp(`</${NAMES}>`, 'gi');
const OPENER = new RegExp(`^\\s*<${NAMES}>`, 'i');

const NOTHING_BUT_A_FENCE = /^\s*(?:[`~]{3,}\w*\s*)?$/;

/** More are left in the text, which then holds no JSON to be sure of. */
const MOST_CLOSERS = 10;

/**
 * The text behind thinking that leaked into an answer, with both tags or with the closing one alone; null
 * where it does not end. A tag inside JSON is part of it.
 */
export function stripThinking(text: string): string | null {
	let rest = text;
	for (let count = 0; count < MOST_CLOSERS; count += 1) {
		const end = endOfThinking(rest);
		if (end === null) break;
		rest = rest.slice(end);
	}
	return OPENER.test(rest) ? null : rest;
}

function endOfThinking(text: string): number | null {
	const closers = [...text.matchAll(CLOSER)];
	if (closers.length === 0) return null;
	// Thinking begins with words. JSON that begins the text goes on behind a tag in one of its texts, broken too.
	const json = findJson(text).stretches.filter(
		({ start, reading }) => reading.ok || NOTHING_BUT_A_FENCE.test(text.slice(0, start)),
	);
	const closer = closers.find(
		({ index }) => !json.some(({ start, end }) => start < index && index < end),
	);
	return closer === undefined ? null : closer.index + closer[0].length;
}
