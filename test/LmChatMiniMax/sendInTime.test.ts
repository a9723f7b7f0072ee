import type { Clock } from '../../nodes/minimax/clock';
import type { FailureError } from '../../nodes/minimax/failure/failure';
import { LearnedPace } from '../../nodes/minimax/pace/pace';
import { sendInTime } from '../../nodes/LmChatMiniMax/sendInTime';
import { sendPatiently, type SendPatientlyOptions } from '../../nodes/minimax/pace/sendPatiently';
import {
	connectionLost,
	failureOf,
	overloaded,
	rateLimited,
	serverFault,
} from '../support/virtualApi';
import { VirtualClock } from '../support/virtualTime';

const TEN_SECONDS = 10_000;

function setUp() {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const send = <T>(
		attempt: SendPatientlyOptions<T>['attempt'],
		options: Partial<SendPatientlyOptions<T>> = {},
	) =>
		sendInTime(
			{ pace, owner: {}, maxConcurrency: 0, maxRetries: 5, clock, attempt, ...options },
			TEN_SECONDS,
		);
	return { clock, pace, send };
}

async function outcomeOf<T>(clock: VirtualClock, sending: Promise<T>) {
	const settled = Promise.allSettled([sending]);
	await clock.run();
	return (await settled)[0];
}

const always = (failure: Parameters<typeof failureOf>[0]) => async () => {
	throw failureOf(failure);
};

test.each([
	['rate-limited', rateLimited],
	['overloaded', overloaded],
	['server-fault', serverFault],
	['connection-lost', connectionLost],
])('gives up in time what fails all the time: %s', async (kind, failure) => {
	const { clock, send } = setUp();
	const outcome = await outcomeOf(clock, send(always(failure), { maxRetries: 50 }));

	expect(outcome).toMatchObject({
		status: 'rejected',
		reason: { failure: { kind, waitedMs: TEN_SECONDS } },
	});
	expect(clock.now()).toBe(TEN_SECONDS);
});

test('counts from the beginning also where the first turn comes late', async () => {
	const { clock, pace, send } = setUp();
	const options = { pace, owner: {}, maxConcurrency: 0, maxRetries: 0, clock };
	const other = sendPatiently({ ...options, attempt: always(rateLimited), patienceMs: 60_000 });
	const settled = Promise.allSettled([other]);
	await clock.run(4000);
	const startedAt = clock.now();
	const sending = send(always(rateLimited)).catch((error: unknown) => ({
		error,
		afterMs: clock.now() - startedAt,
	}));
	await clock.run();

	await expect(sending).resolves.toMatchObject({
		error: { failure: { kind: 'rate-limited', waitedMs: TEN_SECONDS } },
		afterMs: TEN_SECONDS,
	});
	await settled;
});

test('lets an answer finish that is under way, and does not repeat it', async () => {
	const { clock, send } = setUp();
	const slow = async () => {
		await clock.sleep(30_000);
		return 'done';
	};
	await expect(outcomeOf(clock, send(slow))).resolves.toEqual({
		status: 'fulfilled',
		value: 'done',
	});

	const attempt = jest.fn(async () => {
		await clock.sleep(30_000);
		throw failureOf(serverFault);
	});
	await expect(outcomeOf(clock, send(attempt))).resolves.toMatchObject({
		status: 'rejected',
		reason: { failure: { kind: 'server-fault', waitedMs: 30_000 } },
	});
	expect(attempt).toHaveBeenCalledTimes(1);
});

test('says nothing of a wait where something else ended it', async () => {
	const { clock, send } = setUp();
	const refused = { ...serverFault, kind: 'credential-invalid' as const, retryable: false };
	const outcome = await outcomeOf(clock, send(always(refused)));
	expect(outcome).toMatchObject({ reason: { failure: { kind: 'credential-invalid' } } });
	expect(outcome).not.toHaveProperty('reason.failure.waitedMs');
});

test('leaves no timer behind, and stops with the execution', async () => {
	const { clock, send } = setUp();
	await expect(
		outcomeOf(
			clock,
			send(async () => 'done'),
		),
	).resolves.toMatchObject({ value: 'done' });
	expect(clock.now()).toBe(0);
	expect(clock.pending).toBe(0);

	const execution = new AbortController();
	const sending = send(always(overloaded), { signal: execution.signal });
	const settled = Promise.allSettled([sending]);
	await clock.run(1000);
	execution.abort(new Error('The execution was canceled'));
	await clock.run();
	expect((await settled)[0]).toMatchObject({ reason: { message: 'The execution was canceled' } });
});

test('the others keep their pace when one gives up', async () => {
	const { clock, pace, send } = setUp();
	let refuses = true;
	const attempt = async () => {
		if (refuses) throw failureOf(rateLimited);
		return 'done';
	};
	const options = { pace, owner: {}, maxConcurrency: 0, maxRetries: 0, clock };
	const patient = sendPatiently({ ...options, attempt });
	const given = send(attempt).catch(() => 'given up');
	await clock.run(60_000);
	refuses = false;
	await clock.run();
	await expect(given).resolves.toBe('given up');
	await expect(patient).resolves.toBe('done');
});

/** A clock of which the pace believes that its timers ring early by so much of each sleep. */
function ringingEarly(clock: VirtualClock, part: number): Clock {
	return {
		now: () => clock.now(),
		random: clock.random,
		sleep: async (ms, signal) => await clock.sleep(ms * (1 - part), signal),
	};
}

test.each([
	['a little early it was the wait', 0.04, expect.any(Number)],
	['much too early it was something else', 0.2, undefined],
])('where the pace gives up %s', async (_, part, waitedMs) => {
	const clock = new VirtualClock();
	clock.set(1_000_000);
	const pace = new LearnedPace(ringingEarly(clock, part));
	const attempt = always(rateLimited);
	const outcome = await outcomeOf(
		clock,
		sendInTime({ pace, owner: {}, maxConcurrency: 0, maxRetries: 5, clock, attempt }, TEN_SECONDS),
	);
	const { reason } = outcome as { reason: FailureError };

	expect(reason.failure.kind).toBe('rate-limited');
	expect(reason.failure.waitedMs).toEqual(waitedMs);
	expect(clock.passed).toBeLessThan(TEN_SECONDS);
});

test.each([
	['unless it is said that it may not', undefined, 2],
	['where it may', () => true, 2],
	['not where it may not', () => false, 1],
])('repeats what failed, %s', async (_, mayRetry, times) => {
	const { clock, send } = setUp();
	const attempt = jest.fn(async () => {
		if (attempt.mock.calls.length === 1) throw failureOf(serverFault);
		return 'done';
	});
	await outcomeOf(clock, send(attempt, { mayRetry }));
	expect(attempt).toHaveBeenCalledTimes(times);
});

test('says so where it never got its turn', async () => {
	const { clock, pace, send } = setUp();
	const options = { pace, owner: {}, maxConcurrency: 0, maxRetries: 0, clock };
	const asked = failureOf({ ...rateLimited, retryAfterMs: 60_000 });
	const other = sendPatiently({
		...options,
		attempt: async () => await Promise.reject(asked),
		patienceMs: 70_000,
	}).catch(() => 'refused');
	await clock.run(100);
	const attempt = jest.fn(always(rateLimited));
	const outcome = await outcomeOf(clock, send(attempt));

	expect(attempt).not.toHaveBeenCalled();
	expect(outcome).toMatchObject({
		reason: {
			failure: {
				kind: 'rate-limited',
				message:
					'The request did not get its turn, as the API takes no more requests with this key',
				description:
					'Run the workflow again in a minute, or let fewer executions run at the same time.',
				retryable: true,
				waitedMs: TEN_SECONDS,
			},
		},
	});
	await expect(other).resolves.toBe('refused');
});

test.each<[string, Error]>([
	['that is final', failureOf({ ...serverFault, kind: 'content-rejected', retryable: false })],
	['that is none of ours', new TypeError('odd')],
])('a failure %s comes out as it is, late too', async (_, error) => {
	const { clock, send } = setUp();
	const slow = async () => {
		await clock.sleep(30_000);
		throw error;
	};
	const outcome = await outcomeOf(clock, send(slow));

	expect(outcome).toEqual({ status: 'rejected', reason: error });
	expect(outcome).not.toHaveProperty('reason.failure.waitedMs');
});
