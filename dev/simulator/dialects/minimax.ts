import type { Dialect, Draft, Piece, ToolCallPiece } from '../draft.ts';
import type { JsonObject } from '../json.ts';
import { newHexId } from './newId.ts';

/** Order of the fields as on the wire: https://platform.minimax.io/docs/api-reference/text-chat-openai */
export const minimax: Dialect = {
	newToolCallId: (index) => `call_function_${newHexId(12)}_${index + 1}`,

	completion(draft) {
		const { reply, delivery } = draft;
		const { content, reasoning } = delivery;
		const message: JsonObject = {
			...speech(draft, content, reasoning),
			...(reply.toolCalls.length > 0 && {
				tool_calls: reply.toolCalls.map((call, index) => toolCall({ ...call, index })),
			}),
		};
		const usage = writeUsage(draft);
		return {
			id: draft.id,
			choices: [{ finish_reason: reply.finishReason, index: 0, message }],
			...envelope(draft, 'chat.completion'),
			...(usage && { usage }),
			...sensitivity(draft),
			...(draft.model.seesMedia && { service_tier: draft.serviceTier }),
			base_resp: { status_code: 0, status_msg: '' },
		};
	},

	opening: () => undefined,

	chunk(draft, piece, finishReason) {
		const { settings } = draft;
		const delta = piece && writeDelta(draft, piece);
		const choice: JsonObject = {
			...(finishReason !== null && { finish_reason: finishReason }),
			index: 0,
			delta,
		};
		const placeholder = { total_tokens: 0, total_characters: 0 };
		return {
			id: draft.id,
			choices: [choice],
			...envelope(draft, 'chat.completion.chunk'),
			usage: settings.streamUsage === 'placeholder' ? placeholder : null,
			...sensitivity(draft),
		};
	},

	usageChunk(draft) {
		return {
			id: draft.id,
			choices: [],
			...envelope(draft, 'chat.completion.chunk'),
			usage: writeUsage(draft) ?? null,
			base_resp: { status_code: 0, status_msg: '' },
		};
	},

	// Seen both ways over the year; the later captures end without it.
	endsWithDone: false,
	finishesWithText: true,
};

function envelope(draft: Draft, object: string): JsonObject {
	return {
		created: draft.created,
		model: draft.settings.replyModel ?? draft.model.id,
		object,
	};
}

function sensitivity({ settings }: Draft): JsonObject {
	const input = settings.sensitive?.input ?? 0;
	const output = settings.sensitive?.output ?? 0;
	return {
		input_sensitive: input > 0,
		output_sensitive: output > 0,
		input_sensitive_type: input,
		output_sensitive_type: output,
		output_sensitive_int: 0,
	};
}

function speech(draft: Draft, content: string, reasoning: string): JsonObject {
	return {
		content,
		role: 'assistant',
		...(!draft.model.bare && { name: 'MiniMax AI', audio_content: '' }),
		...(reasoning !== '' && reasoningFields(draft, reasoning)),
	};
}

function reasoningFields(draft: Draft, text: string): JsonObject {
	const fields: JsonObject = {};
	for (const field of draft.delivery.fields) {
		fields[field] = field === 'reasoning_details' ? [reasoningDetail(text)] : text;
	}
	return fields;
}

function reasoningDetail(text: string): JsonObject {
	return {
		type: 'reasoning.text',
		id: 'reasoning-text-1',
		format: 'MiniMax-response-v1',
		index: 0,
		text,
	};
}

function writeDelta(draft: Draft, piece: Piece): JsonObject {
	const delta = speech(draft, piece.content ?? '', piece.reasoning ?? '');
	if (draft.settings.emptyRole) delta.role = '';
	if (piece.toolCall) delta.tool_calls = [toolCall(piece.toolCall)];
	return delta;
}

/** Later fragments of a call carry neither id nor name. */
function toolCall(call: ToolCallPiece): JsonObject {
	if (call.id === undefined) {
		return { function: { arguments: call.arguments }, index: call.index };
	}
	return {
		id: call.id,
		type: 'function',
		function: { name: call.name, arguments: call.arguments },
		index: call.index,
	};
}

function writeUsage({ usage, model, settings }: Draft): JsonObject | undefined {
	if (settings.usage === 'missing') return undefined;
	const reasoningTokens = model.reasoningTokens === 'zero' ? 0 : usage.reasoningTokens;
	const reports =
		model.reasoningTokens === 'zero' ||
		(model.reasoningTokens === 'counted' && usage.reasoningTokens > 0);
	return {
		total_tokens: usage.promptTokens + usage.completionTokens,
		total_characters: 0,
		prompt_tokens: usage.promptTokens,
		completion_tokens: usage.completionTokens,
		...(reports && { completion_tokens_details: { reasoning_tokens: reasoningTokens } }),
		...(usage.cachedTokens > 0 && {
			prompt_tokens_details: { cached_tokens: usage.cachedTokens },
		}),
		...settings.usage,
	};
}
