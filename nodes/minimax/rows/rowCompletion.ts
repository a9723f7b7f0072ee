import type { Completion, TokenUsage } from '../completion';

/**
 * The completion of one row out of that of its request, as if the row had been asked for alone. The thinking
 * was about all of them and stays with each.
 *
 * @param content the JSON of the row's answer
 * @param usage the row's share
 * @param rows how many the request had
 */
export function rowCompletion(
	completion: Completion,
	content: string,
	usage: TokenUsage,
	rows: number,
): Completion {
	const message = { role: 'assistant', content };
	const { wire } = completion;
	return {
		...completion,
		content,
		usage,
		finishReason: 'stop',
		toolCalls: [],
		message,
		wire: {
			...wire,
			choices: [{ index: 0, finish_reason: 'stop', message }],
			usage: {
				prompt_tokens: usage.promptTokens,
				completion_tokens: usage.completionTokens,
				total_tokens: usage.totalTokens,
			},
		},
		rowsInRequest: rows,
	};
}
