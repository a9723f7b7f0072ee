import type { Dialect, Draft } from '../draft.ts';
import type { JsonObject } from '../json.ts';
import { newHexId } from './newId.ts';
import { reasoningFields, selfHostedUsage, wholeToolCalls, writeDelta } from './selfHosted.ts';

/** The end-of-turn token of the M2 tokenizer. */
const matchedStop = 200_020;

/** SGLang's OpenAI server: https://docs.sglang.ai/basic_usage/openai_api_completions.html */
export const sglang: Dialect = {
	newToolCallId: () => `call_${newHexId(24)}`,

	completion(draft) {
		const { content, reasoning } = draft.delivery;
		const calls = wholeToolCalls(draft);
		const usage = selfHostedUsage(draft);
		return {
			...envelope(draft, 'chat.completion'),
			choices: [
				{
					index: 0,
					message: {
						role: 'assistant',
						content: content.trim() === '' && calls.length > 0 ? null : content,
						reasoning_content: null,
						...reasoningFields(draft, reasoning),
						tool_calls: calls.length > 0 ? calls : null,
					},
					logprobs: null,
					finish_reason: draft.reply.finishReason,
					matched_stop: draft.reply.finishReason === 'stop' ? matchedStop : null,
				},
			],
			usage: usage && { ...usage, reasoning_tokens: draft.usage.reasoningTokens },
			metadata: { weight_version: 'default' },
		};
	},

	opening: (draft) => chunk(draft, { role: 'assistant', content: '' }, null),

	chunk: (draft, piece, finishReason) =>
		chunk(draft, piece && writeDelta(draft, piece), finishReason),

	usageChunk: (draft) => ({
		...envelope(draft, 'chat.completion.chunk'),
		choices: [],
		usage: selfHostedUsage(draft),
	}),

	endsWithDone: true,
	finishesWithText: false,
};

function envelope(draft: Draft, object: string): JsonObject {
	return {
		id: draft.id,
		object,
		created: draft.created,
		model: draft.settings.replyModel ?? draft.model.id,
	};
}

function chunk(draft: Draft, delta: JsonObject | null, finishReason: string | null): JsonObject {
	const choice: JsonObject = {
		index: 0,
		delta: delta && {
			role: null,
			content: null,
			reasoning_content: null,
			tool_calls: null,
			...delta,
		},
		logprobs: null,
		finish_reason: finishReason,
		matched_stop: finishReason === 'stop' ? matchedStop : null,
	};
	return { ...envelope(draft, 'chat.completion.chunk'), choices: [choice], usage: null };
}
