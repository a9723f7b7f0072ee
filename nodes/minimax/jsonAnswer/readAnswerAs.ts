import { findJson, type FoundJson } from './findJson';
import type { Fit } from './fitToSchema';
import { toNode, toValue, type JsonNode } from '../json/jsonNode';
import { parseShallowJson } from '../json/parseShallowJson';
import { pickAnswer } from './pickAnswer';
import { readNode } from '../json/readNode';
import { stripThinking } from './stripThinking';

/** What was read of an answer. */
export type AnswerReading<Value> = { ok: true; value: Value } | Unread;

export interface Unread {
	ok: false;
	/** Sentences without a final period; at most five. */
	reasons: string[];
	/** Whether the length limit cut the answer off, so that another try would end there as well. */
	isCut: boolean;
	/** What is certain of a value whose end is missing: whole members and items. Absent if nothing is. */
	certain?: unknown;
}

const MOST_REASONS = 5;

/**
 * Finds the JSON in an answer and makes a value out of it. Where there is a schema and the answer holds
 * several values, the only one that fits is taken.
 *
 * @param text what the model wrote, thinking, words and fences around the JSON included
 * @param finishReason as the API gave it; `length` says that the end is missing
 * @param fit makes the value out of the JSON, with its numbers as they were written, or says what is wrong
 * @param schema what the model was shown, and must not repeat
 */
export function readAnswerAs<Value>(
	text: string,
	finishReason: string | null,
	fit: (node: JsonNode) => Fit<Value>,
	schema?: unknown,
): AnswerReading<Value> {
	const pick = (found: FoundJson): AnswerReading<Value> => {
		const picked = pickAnswer(found, fit, schema);
		return picked.ok ? picked : refuse(...picked.problems);
	};
	const wasCut = finishReason === 'length';
	const whole = readWhole(text.trim());
	if (schema === undefined && whole?.type === 'string' && isContainer(whole.value)) {
		return refuse('The answer is a text that holds JSON');
	}
	// Of a number digits may be missing.
	if (whole !== null && !(wasCut && whole.type === 'number')) return pick(foundAlone(whole));

	const answer = stripThinking(text)?.trim();
	if (answer === undefined || answer === '') {
		return {
			...refuse(answer === '' ? 'The answer is empty' : 'The answer is thinking only'),
			isCut: wasCut,
		};
	}
	const found = findJson(answer);
	if (!isCut(found, answer.length, wasCut)) return pick(found);
	return { ...refuse('The JSON in the answer does not end'), isCut: wasCut, ...certainOf(found) };
}

/** The node of a text that is JSON from its first to its last character. */
function readWhole(text: string): JsonNode | null {
	const parsed = parseShallowJson(text);
	if (!parsed.ok) return null;
	const { value } = parsed;
	if (typeof value === 'number') return { type: 'number', raw: text };
	if (typeof value !== 'object' || value === null) return toNode(value);
	const reading = readNode(text, 0);
	return reading.ok ? reading.node : null;
}

/** Whether a text is an object or list of its own, written as JSON a second time. */
function isContainer(text: string): boolean {
	const reading = readNode(text.trim(), 0);
	return reading.ok && reading.end === text.trim().length;
}

function foundAlone(node: JsonNode): FoundJson {
	const reading = { ok: true, node, end: 0, isStrict: true } as const;
	return {
		stretches: [{ start: 0, end: 0, reading, isFenced: false }],
		prose: [],
	};
}

/** Whether the value may go on behind the end of the answer, at that length. */
function isCut({ stretches, prose }: FoundJson, length: number, wasCut: boolean): boolean {
	const last = stretches.at(-1);
	// Where a fence is closed, or anything else follows, the model did not stop inside of the value.
	if (last?.reading.ok === false && last.reading.isCut && last.end === length) return true;
	// Behind a value that is whole nothing may have begun, such as a second one or a correction.
	const isWhole = stretches.length === 1 && last?.reading.ok === true && prose[1] === '';
	return wasCut && !isWhole;
}

function certainOf({ stretches }: FoundJson): { certain?: unknown } {
	const [only, ...others] = stretches;
	if (only === undefined || others.length > 0) return {};
	const { reading } = only;
	const node = reading.ok ? reading.node : reading.certain;
	return node === null ? {} : { certain: toValue(node) };
}

function refuse(...reasons: string[]): Unread {
	return { ok: false, reasons: reasons.slice(0, MOST_REASONS), isCut: false };
}
