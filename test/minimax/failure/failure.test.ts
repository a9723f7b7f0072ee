import { FailureError, failureOf, verdictOf } from '../../../nodes/minimax/failure/failure';
import { InvalidInput } from '../../../nodes/minimax/failure/invalidInput';

const unknown = {
	httpStatus: null,
	code: null,
	apiMessage: null,
	requestId: null,
	retryAfterMs: null,
	partial: null,
};

it('a failure is final, and nothing is known of it, unless it says otherwise', () => {
	const known = { kind: 'server-fault', message: 'It failed', description: 'Wait.' } as const;

	expect(failureOf(known)).toStrictEqual({
		...unknown,
		retryable: false,
		hopeless: false,
		...known,
	});
	expect(failureOf({ ...known, retryable: true, hopeless: true, httpStatus: 500 })).toStrictEqual({
		...unknown,
		...known,
		retryable: true,
		hopeless: true,
		httpStatus: 500,
	});
});

it('a verdict follows from its cause, and what is known comes with it', () => {
	expect(verdictOf('key-refused', { code: 1004 })).toStrictEqual({
		...unknown,
		cause: 'key-refused',
		kind: 'credential-invalid',
		retryable: false,
		hopeless: true,
		code: 1004,
	});
});

it('errors say what they are', () => {
	const known = failureOf({ kind: 'server-fault', message: 'It failed', description: 'Wait.' });

	expect(String(new FailureError(known))).toBe('FailureError: It failed');
	expect(new FailureError(known).failure).toBe(known);
	expect(String(new InvalidInput("'A' is empty", 'Fill it.'))).toBe("InvalidInput: 'A' is empty");
	expect(new InvalidInput("'A' is empty", 'Fill it.').description).toBe('Fill it.');
});
