import type { Draft, Piece, ToolCallPiece } from '../draft.ts';
import type { JsonObject } from '../json.ts';

/** What vLLM and SGLang have in common. */
export function reasoningFields(draft: Draft, text: string): JsonObject {
	if (text === '') return {};
	const fields: JsonObject = {};
	for (const field of draft.delivery.fields) {
		fields[field] = field === 'reasoning_details' ? [{ type: 'reasoning.text', text }] : text;
	}
	return fields;
}

export function wholeToolCalls(draft: Draft): JsonObject[] {
	return draft.reply.toolCalls.map((call) => ({
		id: call.id,
		type: 'function',
		function: { name: call.name, arguments: call.arguments },
	}));
}

function toolCallDelta(call: ToolCallPiece): JsonObject {
	if (call.id === undefined) {
		return { index: call.index, function: { arguments: call.arguments } };
	}
	return {
		id: call.id,
		type: 'function',
		index: call.index,
		function: { name: call.name, arguments: call.arguments },
	};
}

export function selfHostedUsage({ usage, settings }: Draft): JsonObject | null {
	if (settings.usage === 'missing') return null;
	return {
		prompt_tokens: usage.promptTokens,
		total_tokens: usage.promptTokens + usage.completionTokens,
		completion_tokens: usage.completionTokens,
		prompt_tokens_details: null,
		...settings.usage,
	};
}

export function writeDelta(draft: Draft, piece: Piece): JsonObject {
	return {
		...(piece.content !== undefined && { content: piece.content }),
		...reasoningFields(draft, piece.reasoning ?? ''),
		...(piece.toolCall && { tool_calls: [toolCallDelta(piece.toolCall)] }),
	};
}
