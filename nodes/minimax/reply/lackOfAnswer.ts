import type { Completion } from '../completion';

/** Why an answer is none, although the reply is whole. */
export type EmptyReason =
	| 'out of tokens'
	| 'declined'
	| 'filtered'
	| 'only thought'
	| 'call in the text';

/** MiniMax's markup of tool calls (https://huggingface.co/MiniMaxAI/MiniMax-M2), and M3's. */
const CALL_MARKUP = /<minimax:tool_call>|\]<\]minimax\[>\[<tool_call>/;

/**
 * Why an answer that came whole is none; null for one that is. It would otherwise look like one the model
 * chose to give.
 */
export function lackOfAnswer(completion: Completion): EmptyReason | null {
	const { finishReason, content, reasoning, toolCalls } = completion;
	if (toolCalls.length > 0) return null;
	if (content.trim() !== '') return CALL_MARKUP.test(content) ? 'call in the text' : null;
	if (refusalOf(completion) !== null) return 'declined';
	if (finishReason === 'length') return 'out of tokens';
	if (finishReason === 'content_filter') return 'filtered';
	return reasoning === null ? null : 'only thought';
}

/** In what words the model declined to answer, where a server gives them apart from the answer. */
export function refusalOf({ message }: Completion): string | null {
	const words = typeof message.refusal === 'string' ? message.refusal.trim() : '';
	return words === '' ? null : words;
}
