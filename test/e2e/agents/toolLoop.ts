import type { ScriptedReply } from '../../../dev/simulator/startSimulator.ts';

export const question = 'What is 2*3 + 4*5?';
const usage = (prompt: number, completion: number, reasoning: number, cached: number) => ({
	usage: {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: prompt + completion,
		completion_tokens_details: { reasoning_tokens: reasoning },
		prompt_tokens_details: { cached_tokens: cached },
	},
});

/** Two calls at once, then one, then the answer. Ids repeat from test to test, as some servers do. */
export const loop: ScriptedReply[] = [
	{
		reasoningText: 'Both products first.',
		toolCalls: [
			{ id: 'call_one', name: 'Calculator', arguments: '{ "input" : "2*3" }' },
			{ id: 'call_two', name: 'Calculator', arguments: '{"input":"4*5"}' },
		],
		...usage(100, 40, 30, 64),
	},
	{
		reasoningText: 'Now the sum.',
		toolCalls: [{ id: 'call_three', name: 'Calculator', arguments: '{"input": "6+20"}' }],
		...usage(200, 20, 15, 90),
	},
	{ reasoningText: 'Done.', reply: 'It is 26.', ...usage(300, 10, 2, 180) },
];

export const loopUsage = [
	{
		promptTokens: 100,
		completionTokens: 40,
		totalTokens: 140,
		cachedTokens: 64,
		reasoningTokens: 30,
	},
	{
		promptTokens: 200,
		completionTokens: 20,
		totalTokens: 220,
		cachedTokens: 90,
		reasoningTokens: 15,
	},
	{
		promptTokens: 300,
		completionTokens: 10,
		totalTokens: 310,
		cachedTokens: 180,
		reasoningTokens: 2,
	},
];

/** Agent V3 gives results as lists of items, V2 as text. */
export function loopOutline(version: number): unknown[] {
	const result = (text: string) => (version >= 3 ? `[{"response":"${text}"}]` : text);
	return [
		['user', question],
		{
			thought: 'Both products first.',
			content: '\n',
			calls: [
				['call_one', '{ "input" : "2*3" }'],
				['call_two', '{"input":"4*5"}'],
			],
		},
		{ answers: 'call_one', content: result('6') },
		{ answers: 'call_two', content: result('20') },
		{ thought: 'Now the sum.', content: '\n', calls: [['call_three', '{"input": "6+20"}']] },
		{ answers: 'call_three', content: result('26') },
	];
}
