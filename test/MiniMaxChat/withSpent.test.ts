import { FailureError, failureOf, NotSentError } from '../../nodes/minimax/failure/failure';
import { withSpent } from '../../nodes/MiniMaxChat/withSpent';
import { totalUsage } from '../support/totalUsage';

const failure = failureOf({ kind: 'server-fault', message: 'It failed', description: 'Wait.' });
const partial = { content: 'Ni', reasoning: 'Hm.', usage: totalUsage(3), id: 'c1', model: 'm' };

it('says what a failed row has cost in all', () => {
	const extended = withSpent(new FailureError({ ...failure, partial }), totalUsage(8));
	expect(extended).toBeInstanceOf(FailureError);
	expect(extended).not.toBeInstanceOf(NotSentError);
	expect(extended).toMatchObject({
		failure: { ...failure, partial: { ...partial, usage: totalUsage(8) } },
	});
});

it('says so where nothing had come', () => {
	const extended = withSpent(new FailureError(failure), totalUsage(8)) as FailureError;
	expect(extended.failure.partial).toEqual({
		content: '',
		reasoning: null,
		usage: totalUsage(8),
		id: null,
		model: null,
	});
});

it('what was not sent stays so', () => {
	expect(withSpent(new NotSentError(failure), totalUsage(8))).toBeInstanceOf(NotSentError);
});

it('leaves alone what has cost nothing more, and what is none of ours', () => {
	const failed = new FailureError({ ...failure, partial });
	const odd = new Error('odd');
	expect(withSpent(failed, null)).toBe(failed);
	expect(withSpent(odd, totalUsage(8))).toBe(odd);
});
