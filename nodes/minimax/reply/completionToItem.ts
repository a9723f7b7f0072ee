import type { Completion, Moderation, TokenUsage, ToolCall } from '../completion';
import { isRecord } from '../json/isRecord';
import { parseShallowJson } from '../json/parseShallowJson';

/** A tool call as an item shows it. */
export type ItemToolCall =
	| { id: string; name: string; arguments: Record<string, unknown> }
	/** The model wrote no JSON object, or one too deep for an item: the text is kept as it is. */
	| { id: string; name: string; arguments: string; argumentsInvalid: true };

/** The simplified item: the answer, then what is known of it. Saved workflows depend on names and order. */
export interface CompletionItem {
	reasoning: string | null;
	usage: TokenUsage;
	finishReason: string | null;
	model: string | null;
	id: string | null;
	toolCalls?: ItemToolCall[];
	moderation?: Moderation;
	/** Only where the item needs an explanation. */
	hint?: string;
	/** The answer: `content`, or `json` and `content`, or the columns. */
	[field: string]: unknown;
}

/**
 * @param answer what stands at the top of the item; the text where nothing else was asked for
 * @param hint why there is no answer
 */
export function completionToItem(
	completion: Completion,
	answer: Record<string, unknown> = { content: completion.content },
	hint?: string,
): CompletionItem {
	const { reasoning, usage, finishReason, model, id, toolCalls, moderation } = completion;
	return {
		...answer,
		reasoning,
		usage,
		finishReason,
		model,
		id,
		...(toolCalls.length > 0 && { toolCalls: toolCalls.map(showToolCall) }),
		...(moderation !== null && { moderation }),
		...(hint !== undefined && { hint }),
	};
}

/**
 * The API's own completion object. An item with a key `error` would be taken for a failed one, so a
 * gateway's `error: null` is left out, and any other moves to `reportedError`.
 */
export function rawItem(completion: Completion): Record<string, unknown> {
	const { error, ...item } = completion.wire;
	return { ...item, ...(error !== null && error !== undefined && { reportedError: error }) };
}

function showToolCall({ id, name, arguments: text }: ToolCall): ItemToolCall {
	// A function without parameters is called with no text at all by some models.
	const parsed = parseShallowJson(text.trim() === '' ? '{}' : text);
	return parsed.ok && isRecord(parsed.value)
		? { id, name, arguments: parsed.value }
		: { id, name, arguments: text, argumentsInvalid: true };
}
