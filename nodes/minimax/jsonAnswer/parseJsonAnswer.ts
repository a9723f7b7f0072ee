import { findFencedBlocks, findJson, startsLikeJson } from './findJson';
import type { ParsedJson } from '../json/parseJson';
import { parseShallowJson } from '../json/parseShallowJson';
import { LONGEST_REPAIR, repairJson } from '../json/repairJson';

/** The name of the tag and its older spellings. */
const THINK_CLOSER = /<\/(?:think|mm:think|minimax:think)>/gi;

/**
 * The JSON a model was asked for, out of what it wrote: as it is, behind leaked thinking, in a fenced block,
 * between a lead-in and closing words, with small slips (trailing commas, single quotes, comments), or cut
 * off at its end. Prose is never turned into JSON: whatever had to be searched for or repaired is an object
 * or an array. The reason of a refusal is one sentence without a final period.
 */
export function parseJsonAnswer(text: string): ParsedJson {
	const whole = parseShallowJson(text.trim());
	if (whole.ok) return whole;

	const answer = withoutThinking(text).trim();
	if (answer === '') return { ok: false, reason: 'The answer is empty' };
	const strict = parseShallowJson(answer);
	if (strict.ok) return strict;

	// The last block is the final one where a model corrects itself.
	const blocks = findFencedBlocks(answer).reverse();
	for (const parse of [parseShallowJson, parseRepaired]) {
		for (const block of blocks) {
			const parsed = parse(block);
			if (parsed.ok) return parsed;
		}
	}

	const { stretches, rest } = findJson(answer);
	if (stretches.length > 1 && /^[\s,]*$/.test(rest)) {
		return { ok: false, reason: 'The answer holds several JSON values instead of one' };
	}
	// The longest is the answer; shorter ones are examples and references.
	const longestFirst = [...stretches].sort((a, b) => b.length - a.length);
	let reason = 'The answer holds no JSON';
	for (const stretch of longestFirst) {
		const strictly = parseShallowJson(stretch);
		const parsed = strictly.ok ? strictly : parseRepaired(stretch);
		if (parsed.ok && (stretch === answer || isAnswer(parsed.value))) return parsed;
		if (!parsed.ok) reason = parsed.reason;
	}
	return { ok: false, reason };
}

function parseRepaired(text: string): ParsedJson {
	if (!startsLikeJson(text)) return { ok: false, reason: 'The answer holds no JSON' };
	if (text.length > LONGEST_REPAIR) {
		return { ok: false, reason: 'The JSON in the answer is broken and too long to be repaired' };
	}
	const repaired = repairJson(text);
	if (repaired === null) return { ok: false, reason: 'The JSON in the answer is broken' };
	const parsed = parseShallowJson(repaired);
	if (parsed.ok && (typeof parsed.value !== 'object' || parsed.value === null)) {
		return { ok: false, reason: 'The JSON in the answer is broken' };
	}
	return parsed;
}

function withoutThinking(text: string): string {
	let end = 0;
	for (const closer of text.matchAll(THINK_CLOSER)) end = closer.index + closer[0].length;
	return text.slice(end);
}

/** `[1]` in prose is a reference, `{}` a way of speaking. */
function isAnswer(value: unknown): boolean {
	if (Array.isArray(value))
		return value.length > 1 || (value.length === 1 && typeof value[0] !== 'number');
	return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}
