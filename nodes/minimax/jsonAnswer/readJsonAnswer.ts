import { checkAgainstSchema } from './checkAgainstSchema';
import type { Completion, TokenUsage } from '../completion';
import { failureOf, type Failure } from '../failure/failure';
import { parseJsonAnswer } from './parseJsonAnswer';
import type { AnswerSchema } from './readSchema';
import { hideWhole } from '../failure/redactSecrets';
import { redactPartial } from '../failure/redactPartial';

export type JsonAnswer = { ok: true; value: unknown } | { ok: false; reasons: string[] };

const MOST_REASONS = 5;

/** The JSON of an answer, checked against the schema where there is one. */
export function readJsonAnswer(text: string, schema?: AnswerSchema): JsonAnswer {
	const parsed = parseJsonAnswer(text);
	if (!parsed.ok) return { ok: false, reasons: [parsed.reason] };
	const reasons = schema === undefined ? [] : checkAgainstSchema(parsed.value, schema);
	return reasons.length === 0
		? { ok: true, value: parsed.value }
		: { ok: false, reasons: reasons.slice(0, MOST_REASONS) };
}

/**
 * The failure of an answer that is not the JSON asked for; the answer itself goes along.
 *
 * @param reasons may quote names out of the answer
 * @param secrets keys that must not show up in any of it
 */
export function notTheJsonAskedFor(
	completion: Completion,
	reasons: string[],
	secrets: readonly string[] = [],
): Failure {
	const { content, reasoning, usage, id, model, finishReason } = completion;
	const partial = redactPartial({ content, reasoning, usage, id, model }, secrets);
	const wasCut = finishReason === 'length';
	return failureOf({
		kind: 'reply-broken',
		message: wasCut
			? "The answer was cut off by 'Max Tokens' before its JSON was complete"
			: 'The answer is not the JSON that was asked for',
		description: `${hideWhole(reasons.join('. '), secrets)}. ${
			wasCut
				? "Raise 'Max Tokens'."
				: "Turn on the option 'Repair JSON', say in a message what the JSON should look like, or simplify 'JSON Schema'."
		} With 'On Error' set to Continue, what the model wrote is kept in details.partial.content of the item.`,
		requestId: partial.id,
		partial,
	});
}

/** The tokens of two requests that make up one answer; null where neither says. */
export function addUsage(first: TokenUsage, second: TokenUsage): TokenUsage {
	const add = (name: keyof TokenUsage): number | null =>
		first[name] === null && second[name] === null ? null : (first[name] ?? 0) + (second[name] ?? 0);
	return {
		promptTokens: add('promptTokens'),
		completionTokens: add('completionTokens'),
		reasoningTokens: add('reasoningTokens'),
		cachedTokens: add('cachedTokens'),
		totalTokens: add('totalTokens'),
	};
}
