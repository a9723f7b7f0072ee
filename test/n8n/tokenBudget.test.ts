import type { TokenUsage } from '../../nodes/minimax/completion';
import { FailureError, failureOf } from '../../nodes/minimax/failure/failure';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import { TokenCount } from '../../nodes/minimax/tokenCount';
import { budgetReached, meter, tokensOfExecution } from '../../nodes/n8n/tokenBudget';

const usage: TokenUsage = {
	promptTokens: 5,
	completionTokens: 3,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: 8,
};

describe('what a node has used in an execution', () => {
	it('is counted on for the same node in the same execution only', () => {
		const count = tokensOfExecution('e1', 'n1');
		count.add(usage);

		expect(tokensOfExecution('e1', 'n1')).toBe(count);
		expect(tokensOfExecution('e1', 'n2').total).toBe(0);
		expect(tokensOfExecution('e2', 'n1').total).toBe(0);
	});

	it('is remembered for the 10,000 that asked last', () => {
		const askFor = (others: number, name: string): void => {
			for (let index = 0; index < others; index += 1) tokensOfExecution(`${name} ${index}`, 'n1');
		};
		tokensOfExecution('used', 'n1').add(usage);
		askFor(9_999, 'other');
		expect(tokensOfExecution('used', 'n1').total).toBe(8);
		askFor(9_999, 'another');
		expect(tokensOfExecution('used', 'n1').total).toBe(8);
		askFor(10_000, 'a third');
		expect(tokensOfExecution('used', 'n1').total).toBe(0);
	});
});

describe('the meter', () => {
	const completion = normalizeCompletion(
		{
			choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Nine.' } }],
			usage: { prompt_tokens: 5, completion_tokens: 3, total_tokens: 8 },
		},
		{ openerMayBeMissing: false },
	);

	it('reports what an answer has cost, and passes it on', async () => {
		const spent: TokenUsage[] = [];
		const answer = await meter(Promise.resolve(completion), (cost) => spent.push(cost));

		expect(answer).toBe(completion);
		expect(spent).toEqual([usage]);
	});

	const partial = { content: 'Ni', reasoning: null, usage, id: null, model: null };
	const known = { kind: 'connection-lost', message: 'It broke off', description: 'Wait.' } as const;

	it.each<[string, Error, TokenUsage[]]>([
		['something came before it', new FailureError(failureOf({ ...known, partial })), [usage]],
		['nothing came before it', new FailureError(failureOf(known)), []],
		['it is none of ours', new Error('odd'), []],
	])('reports what a failure has cost where %s, and passes it on', async (_where, error, costs) => {
		const spent: TokenUsage[] = [];
		const failing = meter(Promise.reject(error), (cost) => spent.push(cost));

		await expect(failing).rejects.toBe(error);
		expect(spent).toEqual(costs);
	});
});

it('what is not sent any more says why', () => {
	const count = new TokenCount();
	count.add(usage);

	expect(budgetReached(7, count, 'run of the node')).toMatchObject({
		kind: 'budget-reached',
		message:
			"The token budget is reached: this run of the node has used 8 tokens, and 'Token Budget' allows 7",
		description:
			"Nothing more was sent. Raise 'Token Budget' in the options, or set it to 0 for no limit.",
		retryable: false,
	});
});
