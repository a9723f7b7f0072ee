import { countTokens, cutToTokens } from './countTokens.ts';
import type { Reply } from './draft.ts';

export interface LimitedReply {
	reply: Reply;
	completionTokens: number;
	reasoningTokens: number;
}

/**
 * Cuts a reply off at the output limit. Thinking counts against it and comes first, so a small
 * limit leaves an empty answer.
 */
export function limitReply(reply: Reply, maxTokens: number): LimitedReply {
	const wanted = countTokens(reply.reasoning);
	if (wanted >= maxTokens && (wanted > maxTokens || hasAnswer(reply))) {
		const reasoning = cutToTokens(reply.reasoning, maxTokens);
		return {
			reply: { reasoning, answer: '', toolCalls: [], finishReason: 'length' },
			completionTokens: maxTokens,
			reasoningTokens: maxTokens,
		};
	}
	const answerTokens = countTokens(reply.answer);
	const callTokens = reply.toolCalls.reduce(
		(sum, call) => sum + countTokens(call.name + call.arguments),
		0,
	);
	const completionTokens = wanted + answerTokens + callTokens;
	if (completionTokens <= maxTokens) return { reply, completionTokens, reasoningTokens: wanted };
	return {
		reply: {
			reasoning: reply.reasoning,
			answer: cutToTokens(reply.answer, maxTokens - wanted),
			toolCalls: [],
			finishReason: 'length',
		},
		completionTokens: wanted + Math.min(answerTokens, maxTokens - wanted),
		reasoningTokens: wanted,
	};
}

function hasAnswer(reply: Reply): boolean {
	return reply.answer !== '' || reply.toolCalls.length > 0;
}
