import { CAUSES } from '../../../nodes/minimax/failure/causes';
import { failureOf } from '../../../nodes/minimax/failure/failure';
import { refusalCause } from '../../../nodes/minimax/failure/refusalCause';

const words = { message: 'Failed', description: '' };

test('only refusals for the rate and an API that is full say how much it takes', () => {
	const said = Object.entries(CAUSES).map(([cause, outlook]) => [
		cause,
		refusalCause(failureOf({ ...outlook, ...words })),
	]);
	expect(Object.fromEntries(said.filter(([, refusal]) => refusal !== null))).toEqual({
		'too-many-requests': 'rate',
		'account-rate-exceeded': 'rate',
		'plan-rate-exceeded': 'rate',
		'growth-limited': 'rate',
		'concurrency-limited': 'rate',
		'token-rate-exceeded': 'rate',
		overloaded: 'overload',
	});
});

test('MiniMax 1041 names a number in flight', () => {
	const failure = failureOf({ kind: 'rate-limited', code: 1041, retryable: true, ...words });
	expect(refusalCause(failure)).toBe('concurrency');
	expect(refusalCause({ ...failure, code: 1002 })).toBe('rate');
});

test('what will not be repeated says nothing', () => {
	expect(refusalCause(failureOf({ kind: 'rate-limited', ...words }))).toBeNull();
});
