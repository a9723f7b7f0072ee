import type { TokenUsage } from '../../nodes/minimax/completion';
import { FailureError, failureOf, NotSentError } from '../../nodes/minimax/failure/failure';
import { withSpent } from '../../nodes/MiniMaxChat/withSpent';

const usage = (total: number): TokenUsage => ({
	promptTokens: null,
	completionTokens: null,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: total,
});
const failure = failureOf({ kind: 'server-fault', message: 'It failed', description: 'Wait.' });
const partial = { content: 'Ni', reasoning: 'Hm.', usage: usage(3), id: 'c1', model: 'm' };

it('says what a failed row has cost in all', () => {
	const told = withSpent(new FailureError({ ...failure, partial }), usage(8));
	expect(told).toBeInstanceOf(FailureError);
	expect(told).not.toBeInstanceOf(NotSentError);
	expect(told).toMatchObject({ failure: { ...failure, partial: { ...partial, usage: usage(8) } } });
});

it('says so where nothing had come', () => {
	const told = withSpent(new FailureError(failure), usage(8)) as FailureError;
	expect(told.failure.partial).toEqual({
		content: '',
		reasoning: null,
		usage: usage(8),
		id: null,
		model: null,
	});
});

it('what was not sent stays so', () => {
	expect(withSpent(new NotSentError(failure), usage(8))).toBeInstanceOf(NotSentError);
});

it('leaves alone what has cost nothing more, and what is none of ours', () => {
	const failed = new FailureError({ ...failure, partial });
	const odd = new Error('odd');
	expect(withSpent(failed, null)).toBe(failed);
	expect(withSpent(odd, usage(8))).toBe(odd);
});
