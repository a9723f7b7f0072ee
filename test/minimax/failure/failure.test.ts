import {
	afterAttempts,
	FailureError,
	failureOf,
	NotSentError,
	verdictOf,
	withPartial,
} from '../../../nodes/minimax/failure/failure';
import { InvalidInput } from '../../../nodes/minimax/failure/invalidInput';
import { totalUsage } from '../../support/totalUsage';

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

describe('a failure that is passed on', () => {
	const failure = failureOf({ kind: 'server-fault', message: 'It failed', description: 'Wait.' });
	const partial = { content: 'Hel', reasoning: null, usage: totalUsage(7), id: null, model: null };

	it('says how often its request was sent, if more than once', () => {
		const error = new FailureError(failure);

		expect(afterAttempts(error, 1)).toBe(error);
		expect(afterAttempts(error, 2).failure).toEqual({
			...failure,
			description: 'Wait. The request was sent 2 times.',
			attempts: 2,
		});
		expect(afterAttempts(new FailureError({ ...failure, description: '' }), 3).failure).toEqual({
			...failure,
			description: 'The request was sent 3 times.',
			attempts: 3,
		});
	});

	it('comes with what had arrived, and is still one of a request that was not sent', () => {
		const sent = withPartial(new FailureError(failure), partial);
		const unsent = withPartial(new NotSentError(failure), partial);

		expect(sent.failure).toEqual({ ...failure, partial });
		expect(sent).not.toBeInstanceOf(NotSentError);
		expect(unsent.failure).toEqual({ ...failure, partial });
		expect(unsent).toBeInstanceOf(NotSentError);
		expect(String(unsent)).toBe('NotSentError: It failed');
	});
});
