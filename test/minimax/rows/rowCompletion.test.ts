import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';
import { rowCompletion } from '../../../nodes/minimax/rows/rowCompletion';

it('makes a completion of one row, as if it had been asked for alone', () => {
	const whole = normalizeCompletion(
		{
			id: 'c1',
			model: 'MiniMax-M3',
			created: 7,
			choices: [
				{
					index: 0,
					finish_reason: 'length',
					message: {
						role: 'assistant',
						content: '{"a-1":{"n":1},"a-2":{"n":',
						reasoning_content: 'Two rows.',
						tool_calls: [{ id: 't', function: { name: 'f', arguments: '{}' } }],
					},
				},
			],
			usage: { prompt_tokens: 10, completion_tokens: 6, total_tokens: 16 },
		},
		{ openerMayBeMissing: false },
	);
	const usage = {
		promptTokens: 5,
		completionTokens: 3,
		reasoningTokens: null,
		cachedTokens: null,
		totalTokens: 8,
	};
	const message = { role: 'assistant', content: '{"n":1}' };

	expect(rowCompletion(whole, '{"n":1}', usage, 2)).toEqual({
		id: 'c1',
		model: 'MiniMax-M3',
		content: '{"n":1}',
		reasoning: 'Two rows.',
		finishReason: 'stop',
		toolCalls: [],
		usage,
		moderation: null,
		message,
		wire: {
			id: 'c1',
			model: 'MiniMax-M3',
			created: 7,
			choices: [{ index: 0, finish_reason: 'stop', message }],
			usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
		},
		rowsInRequest: 2,
	});
});
