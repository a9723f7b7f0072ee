import type { Completion, Moderation, TokenUsage, ToolCall } from '../completion';
import { isRecord } from '../json/isRecord';
import { parseShallowJson } from '../json/parseShallowJson';
import { lackOfAnswer, refusalOf, type EmptyReason } from './lackOfAnswer';

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

const HINTS: Readonly<Record<EmptyReason, string>> = {
	'out of tokens':
		"Thinking used up 'Max Tokens' before the answer began. Raise 'Max Tokens' to get an answer.",
	declined: 'The model declined to answer. Ask in other words.',
	filtered:
		"The answer is empty, as the server's content filter stopped it. Ask in other words, or check the messages for sensitive topics.",
	'only thought':
		'The model thought and then ended without an answer. Run the node again, or say in the messages what the answer should be.',
	'call in the text':
		"The answer holds a tool call as text: the server's tool call parser is switched off, or is one for another model. Switch it on at the server, for MiniMax-M2 on vLLM with --enable-auto-tool-choice --tool-call-parser minimax_m2.",
};

/** @param answer what stands at the top of the item; the text where nothing else was asked for */
export function completionToItem(
	completion: Completion,
	answer: Record<string, unknown> = { content: completion.content },
): CompletionItem {
	const { reasoning, usage, finishReason, model, id, toolCalls, moderation } = completion;
	const reason = lackOfAnswer(completion);
	return {
		...answer,
		reasoning,
		usage,
		finishReason,
		model,
		id,
		...(toolCalls.length > 0 && { toolCalls: toolCalls.map(showToolCall) }),
		...(moderation !== null && { moderation }),
		...(reason !== null && { hint: hintOn(reason, completion) }),
	};
}

function hintOn(reason: EmptyReason, completion: Completion): string {
	const words = reason === 'declined' ? refusalOf(completion) : null;
	return words === null ? HINTS[reason] : `${HINTS[reason]} Its words: “${words}”`;
}

/**
 * The API's own completion object. n8n takes an item with a key `error` for a failed one, so a
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
