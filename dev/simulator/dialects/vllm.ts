import type { Dialect, Draft } from '../draft.ts';
import type { JsonObject } from '../json.ts';
import { newHexId } from './newId.ts';
import { reasoningFields, selfHostedUsage, wholeToolCalls, writeDelta } from './selfHosted.ts';

/** vLLM's OpenAI server: https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
export const vllm: Dialect = {
	newToolCallId: () => `chatcmpl-tool-${newHexId()}`,

	completion(draft) {
		const { content, reasoning } = draft.delivery;
		const calls = wholeToolCalls(draft);
		return {
			...envelope(draft, 'chat.completion'),
			choices: [
				{
					index: 0,
					message: {
						role: 'assistant',
						content: content.trim() === '' && calls.length > 0 ? null : content,
						refusal: null,
						annotations: null,
						audio: null,
						function_call: null,
						tool_calls: calls,
						...reasoningFields(draft, reasoning),
					},
					logprobs: null,
					finish_reason: draft.reply.finishReason,
					stop_reason: null,
					token_ids: null,
				},
			],
			service_tier: null,
			system_fingerprint: null,
			usage: selfHostedUsage(draft),
			prompt_logprobs: null,
			kv_transfer_params: null,
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
		id: `chatcmpl-${draft.id}`,
		object,
		created: draft.created,
		model: draft.settings.replyModel ?? draft.model.id,
	};
}

function chunk(draft: Draft, delta: JsonObject | null, finishReason: string | null): JsonObject {
	const choice: JsonObject = { index: 0, delta, logprobs: null, finish_reason: finishReason };
	if (finishReason !== null) choice.stop_reason = null;
	return { ...envelope(draft, 'chat.completion.chunk'), choices: [choice] };
}
