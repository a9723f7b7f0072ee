import { FailureError, NotSentError, type Failure } from '../../../nodes/minimax/failure/failure';
import { LearnedPace } from '../../../nodes/minimax/pace/pace';
import {
	sendPatiently,
	type SendPatientlyOptions,
} from '../../../nodes/minimax/pace/sendPatiently';
import {
	VirtualApi,
	connectionLost,
	failureOf,
	overloaded,
	rateLimited,
	serverFault,
	tooManyInFlight,
} from '../../support/virtualApi';
import { atMostInFlight, slidingWindow } from '../../support/virtualLimits';
import { VirtualClock } from '../../support/virtualTime';

function setUp() {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const owner = {};
	const send = <T>(
		attempt: SendPatientlyOptions<T>['attempt'],
		options: Partial<SendPatientlyOptions<T>> = {},
	) => sendPatiently({ pace, owner, maxConcurrency: 0, maxRetries: 2, clock, attempt, ...options });
	return { clock, pace, owner, send };
}

/** Fails as listed, then answers with the number of the attempt. */
function failing(...failures: Array<Parameters<typeof failureOf>[0]>) {
	return jest.fn(async (attempt: number) => {
		const failure = failures[attempt - 1];
		if (failure !== undefined) throw failureOf(failure);
		return attempt;
	});
}

async function outcomeOf<T>(clock: VirtualClock, sending: Promise<T>) {
	const settled = Promise.allSettled([sending]);
	await clock.run();
	return (await settled)[0];
}

test('repeats after faults as often as allowed', async () => {
	const { clock, send } = setUp();
	const outcome = await outcomeOf(clock, send(failing(serverFault, serverFault)));
	expect(outcome).toEqual({ status: 'fulfilled', value: 3 });
});

test('the last failure says how often the request was sent', async () => {
	const { clock, send } = setUp();
	const attempt = failing(serverFault, serverFault, { ...serverFault, requestId: 'third' });
	const sending = send(attempt);
	await expect(Promise.all([sending, clock.run()])).rejects.toMatchObject({
		failure: {
			kind: 'server-fault',
			requestId: 'third',
			description: 'Run it again. The request was sent 3 times.',
			attempts: 3,
		},
	});
	await expect(sending).rejects.toBeInstanceOf(FailureError);
	expect(attempt).toHaveBeenCalledTimes(3);
});

test('a lost connection is a fault like any other where nobody says that all are lost', async () => {
	const { clock, send } = setUp();
	const lost = failing(connectionLost, connectionLost);
	expect(await outcomeOf(clock, send(lost))).toEqual({ status: 'fulfilled', value: 3 });
});

test('being refused uses up no retry', async () => {
	const { clock, send } = setUp();
	const refusals = Array.from({ length: 9 }, () => rateLimited);
	const attempt = failing(serverFault, ...refusals, serverFault);
	expect(await outcomeOf(clock, send(attempt))).toEqual({ status: 'fulfilled', value: 12 });
});

test('what cannot succeed is sent once and thrown as it is', async () => {
	const { clock, send } = setUp();
	const rejected = failureOf({ kind: 'content-rejected' });
	const attempt = jest.fn(() => Promise.reject(rejected));
	expect(await outcomeOf(clock, send(attempt))).toEqual({ status: 'rejected', reason: rejected });
	expect(attempt).toHaveBeenCalledTimes(1);
});

test('nothing is repeated once tokens went out live', async () => {
	const { clock, send } = setUp();
	for (const failure of [serverFault, rateLimited]) {
		const attempt = failing(failure);
		const outcome = await outcomeOf(clock, send(attempt, { mayRetry: () => false }));
		expect([outcome.status, attempt.mock.calls.length]).toEqual(['rejected', 1]);
	}
});

test('lets pass what is no failure of the API, also when thrown at once', async () => {
	const { clock, send } = setUp();
	const reason = new TypeError('a bug');
	const attempt = () => {
		throw reason;
	};
	expect(await outcomeOf(clock, send(attempt))).toEqual({ status: 'rejected', reason });
});

test('a hopeless failure turns away what was not sent yet', async () => {
	const { clock, pace, send } = setUp();
	const hopeless = failureOf({ kind: 'credential-invalid', hopeless: true });
	const attempt = jest.fn(async () => {
		await clock.sleep(200);
		throw hopeless;
	});
	const outcomes = Promise.allSettled(Array.from({ length: 1000 }, () => send(attempt)));
	const other = sendPatiently({
		pace,
		owner: {},
		maxConcurrency: 0,
		maxRetries: 0,
		clock,
		attempt: async () => 'answer',
	});
	await clock.run();
	const reasons = (await outcomes).map(
		(outcome) => outcome.status === 'rejected' && outcome.reason,
	);
	expect(reasons.filter((reason) => reason === hopeless)).toHaveLength(50);
	const notSent = reasons.filter((reason) => reason instanceof NotSentError);
	expect(notSent.map(({ failure }) => failure)).toEqual(Array(950).fill(hopeless.failure));
	expect(attempt).toHaveBeenCalledTimes(50);
	await expect(other).resolves.toBe('answer');
});

test('also one that had been refused, which names the failure that ended its run', async () => {
	const { clock, send } = setUp();
	const endsRun = jest.fn(({ hopeless }: Failure) => hopeless);
	const refused = send(failing(...Array.from({ length: 100 }, () => rateLimited)), { endsRun });
	const hopeless = failureOf({ kind: 'balance-exhausted', hopeless: true });
	const sibling = send(async () => {
		await clock.sleep(3000);
		throw hopeless;
	});
	const [outcome] = await Promise.all([outcomeOf(clock, refused), outcomeOf(clock, sibling)]);
	expect(outcome).toEqual({ status: 'rejected', reason: new NotSentError(hopeless.failure) });
	expect(outcome).toMatchObject({ reason: { failure: { kind: 'balance-exhausted' } } });
	expect(endsRun).not.toHaveBeenCalled();
});

describe('where the first final failure ends the node run', () => {
	async function runBatch(endsRun?: () => boolean) {
		const { clock, pace, send } = setUp();
		const attempt = jest.fn(async () => {
			await clock.sleep(200 + attempt.mock.calls.length);
			throw failureOf({ kind: 'content-rejected' });
		});
		const outcomes = Promise.allSettled(
			Array.from({ length: 80 }, async () => await send(attempt, { endsRun })),
		);
		await clock.run();
		const reasons = (await outcomes).map(
			(outcome) => outcome.status === 'rejected' && outcome.reason,
		);
		return {
			sent: attempt.mock.calls.length,
			notSent: reasons.filter((reason) => reason instanceof NotSentError).length,
			idle: pace.idle,
		};
	}

	test('not a single request is sent after it', async () => {
		expect(await runBatch(() => true)).toEqual({ sent: 50, notSent: 30, idle: true });
	});

	test('and where it does not, all are sent', async () => {
		expect(await runBatch(() => false)).toEqual({ sent: 80, notSent: 0, idle: true });
		expect(await runBatch()).toEqual({ sent: 80, notSent: 0, idle: true });
	});
});

test('only a failure that will not be repeated is asked about, as it will be reported', async () => {
	const { clock, send } = setUp();
	const endsRun = jest.fn(() => true);
	const attempt = failing(serverFault, rateLimited, serverFault, serverFault);
	const outcome = await outcomeOf(clock, send(attempt, { endsRun }));
	expect(outcome).toMatchObject({ status: 'rejected', reason: { failure: { attempts: 4 } } });
	expect(endsRun.mock.calls).toEqual([[expect.objectContaining({ attempts: 4 })]]);
});

test('does not send once it should stop, and gives the slot back', async () => {
	const { clock, pace, send } = setUp();
	let reason: Error | undefined;
	const attempt = jest.fn(async () => {
		await clock.sleep(200);
		reason ??= new Error('no balance');
		return 'answer';
	});
	const outcomes = Promise.allSettled(
		Array.from({ length: 80 }, () => send(attempt, { shouldStop: () => reason })),
	);
	await clock.run();
	const sent = (await outcomes).map((outcome) =>
		outcome.status === 'rejected' ? outcome.reason : outcome.value,
	);
	expect(sent.filter((value) => value === 'answer')).toHaveLength(50);
	expect(sent.filter((value) => value === reason)).toHaveLength(30);
	expect(pace.idle).toBe(true);
});

test('stopping ends waits for slots, for the rate and for the next attempt at once', async () => {
	const { clock, pace, send } = setUp();
	const api = new VirtualApi(clock, { limits: [slidingWindow(20, 60_000)] });
	const stop = new AbortController();
	const outcomes = Promise.allSettled([
		...Array.from({ length: 200 }, () => send(() => api.send(), { signal: stop.signal })),
		send(failing(serverFault), { signal: stop.signal }),
	]);
	await clock.run(1000);
	const sent = api.sentAt.length;
	stop.abort();
	await clock.run(1001);
	const all = await outcomes;
	expect(all.filter((outcome) => outcome.status === 'fulfilled').length).toBeLessThan(22);
	for (const outcome of all) {
		if (outcome.status === 'rejected') expect(outcome.reason).toBe(stop.signal.reason);
	}
	await clock.run();
	expect([api.sentAt.length, clock.now(), pace.idle]).toEqual([sent, 1001, true]);
});

test('a request that is stopped as it gets its turn is not sent, and costs nobody a turn', async () => {
	const { clock, pace, send } = setUp();
	const stop = new AbortController();
	const attempt = failing();
	const sending = send(attempt, { signal: stop.signal, maxConcurrency: 1 });
	const next = send(failing(), { maxConcurrency: 1 });
	stop.abort(new Error('stopped'));
	expect(await outcomeOf(clock, sending)).toEqual({
		status: 'rejected',
		reason: stop.signal.reason,
	});
	expect(await next).toBe(1);
	expect([attempt.mock.calls.length, pace.idle]).toEqual([0, true]);
});

test('what an attempt throws as it is stopped neither shows nor ends the run', async () => {
	const { clock, send } = setUp();
	const stop = new AbortController();
	const endsRun = jest.fn(() => true);
	const attempt = async () => {
		stop.abort(new Error('stopped'));
		throw failureOf({ kind: 'connection-lost' });
	};
	const outcome = await outcomeOf(clock, send(attempt, { signal: stop.signal, endsRun }));
	expect(outcome).toEqual({ status: 'rejected', reason: stop.signal.reason });
	expect(endsRun).not.toHaveBeenCalled();
});

test('stopping ends the pause after a fault, and the request is not sent again', async () => {
	const { clock, pace, send } = setUp();
	const stop = new AbortController();
	const attempt = failing({ ...serverFault, retryAfterMs: 60_000 });
	const sending = Promise.allSettled([send(attempt, { signal: stop.signal })]);
	await clock.run(30_000);
	stop.abort(new Error('stopped'));
	expect(await sending).toEqual([{ status: 'rejected', reason: stop.signal.reason }]);
	expect([attempt.mock.calls.length, clock.now(), pace.idle]).toEqual([1, 30_000, true]);
});

test.each(['mayRetry', 'endsRun', 'isOutage', 'shouldStop'])(
	'gives its slot back where %s throws',
	async (name) => {
		const { clock, pace, send } = setUp();
		const bug = new TypeError('a bug');
		let asked = 0;
		const throwing = () => {
			asked += 1;
			// Asked for the first time before it has a slot.
			if (name === 'shouldStop' && asked === 1) return undefined;
			throw bug;
		};
		const failure =
			name === 'isOutage' ? connectionLost : { ...serverFault, retryable: name === 'mayRetry' };
		const outcome = await outcomeOf(clock, send(failing(failure), { [name]: throwing }));
		expect(outcome).toEqual({ status: 'rejected', reason: bug });
		expect(pace.idle).toBe(true);
	},
);

test('is repeated before rows that were not sent, once', async () => {
	const { clock, send } = setUp();
	const order: string[] = [];
	const named = (name: string, failures: number) => async (number: number) => {
		order.push(`${name} ${number}`);
		await clock.sleep(10);
		if (number <= failures) throw failureOf(rateLimited);
	};
	const one = { maxConcurrency: 1 };
	void send(named('refused', 2), one);
	void send(named('second', 0), one);
	void send(named('third', 0), one);
	await clock.run();
	expect(order).toEqual(['refused 1', 'refused 2', 'second 1', 'third 1', 'refused 3']);
});

test('a refusal that arrives after stopping is not repeated', async () => {
	const { clock, send } = setUp();
	const stop = new AbortController();
	const attempt = jest.fn(async () => {
		await clock.sleep(200);
		throw failureOf(rateLimited);
	});
	const sending = outcomeOf(clock, send(attempt, { signal: stop.signal }));
	stop.abort(new Error('stopped'));
	expect(await sending).toEqual({ status: 'rejected', reason: stop.signal.reason });
	expect(attempt.mock.calls.length).toBeLessThanOrEqual(1);
});

test('gives up when nobody gets through for as long as the patience lasts', async () => {
	const { clock, send } = setUp();
	const attempt = jest.fn(() => Promise.reject(failureOf(rateLimited)));
	const outcome = await outcomeOf(clock, send(attempt, { patienceMs: 60_000 }));
	expect(outcome).toMatchObject({
		status: 'rejected',
		reason: { failure: { kind: 'rate-limited' } },
	});
	expect(clock.now()).toBeGreaterThanOrEqual(60_000);
	expect(clock.now()).toBeLessThan(100_000);
});

test('gives up in time, however far apart the API is asked, and others are not slowed', async () => {
	const { clock, pace, send } = setUp();
	const away = async () => {
		await clock.sleep(100);
		throw failureOf(overloaded);
	};
	let gaveUpAt = 0;
	const impatient = send(away, { owner: {}, patienceMs: 9000 }).catch((error: unknown) => {
		gaveUpAt = clock.now();
		return error;
	});
	const other = send(async () => (clock.now() < 60_000 ? await away() : 'answer'));
	await clock.run();
	expect(await impatient).toMatchObject({ failure: { kind: 'overloaded' } });
	expect(gaveUpAt).toBeGreaterThanOrEqual(9000);
	expect(gaveUpAt).toBeLessThan(9300);
	expect(await other).toBe('answer');
	expect([clock.now() < 100_000, pace.idle]).toEqual([true, true]);
});

test('MiniMax 1041 lowers the number in flight and makes nobody else wait', async () => {
	const { clock, send } = setUp();
	const limits = [atMostInFlight(5, tooManyInFlight)];
	const api = new VirtualApi(clock, { limits, latencyMs: () => 1000 });
	const answers = Promise.all(
		Array.from({ length: 100 }, async () => await send(() => api.send())),
	);
	await clock.run();
	expect(await answers).toHaveLength(100);
	expect(clock.now()).toBeLessThan(21_500);
	expect(api.refusedAt.length).toBeLessThan(25);
});

test('a row that is always refused holds up no other one of its run', async () => {
	const { clock, send } = setUp();
	let lastAnswerAt = 0;
	const answer = async () => {
		await clock.sleep(1000);
		lastAnswerAt = clock.now();
	};
	const refused = jest.fn(async () => {
		await clock.sleep(50);
		throw failureOf(rateLimited);
	});
	const unlucky = send(refused, { patienceMs: 60_000 }).catch((error: unknown) => error);
	const others = Promise.all(Array.from({ length: 500 }, async () => await send(answer)));
	await clock.run();

	expect(await others).toHaveLength(500);
	expect(lastAnswerAt).toBeLessThan(20_000);
	expect(await unlucky).toMatchObject({ failure: { kind: 'rate-limited' } });
	expect(refused.mock.calls.length).toBeLessThan(40);
});

test('two node runs with one key share the rate fairly', async () => {
	const { clock, pace } = setUp();
	const api = new VirtualApi(clock, { limits: [slidingWindow(30, 1000)] });
	const endedAt: number[] = [];
	for (const items of [1000, 100]) {
		const owner = {};
		const answers = Array.from({ length: items }, () =>
			sendPatiently({
				pace,
				owner,
				maxConcurrency: 0,
				maxRetries: 0,
				clock,
				attempt: () => api.send(),
			}),
		);
		void Promise.all(answers).then(() => endedAt.push(clock.now()));
	}
	await clock.run();
	expect(endedAt[0]).toBeLessThan(10_000);
	expect(endedAt[1]).toBeLessThan(1.1 * 36_700);
});

describe('connections that are lost for minutes', () => {
	const lostAfter = (clock: VirtualClock) => async () => {
		await clock.sleep(100);
		throw failureOf(connectionLost);
	};
	const isOutage = () => true;

	test('one request whose connections are always lost fails, and the others get through', async () => {
		const { clock, send } = setUp();
		const unlucky = send(lostAfter(clock), { isOutage });
		const failedAt = unlucky.catch(() => clock.now());
		const answer = async () => {
			await clock.sleep(1000);
			return 'answer';
		};
		const others = Promise.all(Array.from({ length: 500 }, async () => await send(answer)));
		const othersDoneAt = others.then(() => clock.now());

		expect(await outcomeOf(clock, unlucky)).toMatchObject({
			status: 'rejected',
			reason: { failure: { kind: 'connection-lost', attempts: expect.any(Number) } },
		});
		expect(await othersDoneAt).toBeLessThan(200_000);
		expect(await failedAt).toBeGreaterThanOrEqual(300_000);
		expect(await failedAt).toBeLessThan(340_000);
	});

	test('though others get through all the time', async () => {
		const { clock, send } = setUp();
		const unlucky = send(lostAfter(clock), { isOutage });
		const failedAt = unlucky.catch(() => clock.now());
		const others = (async () => {
			for (let count = 0; count < 300; count += 1) {
				await send(async () => await clock.sleep(1500));
				await clock.sleep(500);
			}
		})();
		expect(await outcomeOf(clock, unlucky)).toMatchObject({
			status: 'rejected',
			reason: { failure: { kind: 'connection-lost' } },
		});
		await others;
		expect(await failedAt).toBeGreaterThanOrEqual(300_000);
		expect(await failedAt).toBeLessThan(340_000);
	});

	test('one that will not be sent again is no outage', async () => {
		const { clock, send } = setUp();
		const asked = jest.fn(isOutage);
		const sending = send(failing({ kind: 'connection-lost' }), { isOutage: asked });
		expect(await outcomeOf(clock, sending)).toMatchObject({ status: 'rejected' });
		expect(asked).not.toHaveBeenCalled();
	});

	test('requests fail after five, each with its own failure and the number of its attempts', async () => {
		const { clock, send } = setUp();
		const rows = Array.from({ length: 3 }, async (_, row) => {
			const attempt = jest.fn(async () => {
				await clock.sleep(100);
				throw failureOf({ ...connectionLost, requestId: `row ${row}` });
			});
			const reason: unknown = await send(attempt, { isOutage }).catch((error: unknown) => error);
			return { reason, sent: attempt.mock.calls.length };
		});
		await clock.run();

		for (const [row, { reason, sent }] of (await Promise.all(rows)).entries()) {
			expect(sent).toBeGreaterThan(1);
			expect(reason).toMatchObject({
				failure: {
					requestId: `row ${row}`,
					attempts: sent,
					description: `Run it again. The request was sent ${sent} times.`,
				},
			});
		}
		expect(clock.now()).toBeGreaterThanOrEqual(300_000);
		expect(clock.now()).toBeLessThan(340_000);
	});

	test('the minutes count from the first one lost in a row', async () => {
		const { clock, send } = setUp();
		// Away for 4 minutes of every 5.
		const attempt = async (number: number) => {
			await clock.sleep(100);
			const minutes = clock.now() / 60_000;
			if (minutes > 20) return number;
			throw failureOf(minutes % 5 < 4 ? connectionLost : rateLimited);
		};
		const outcome = await outcomeOf(clock, send(attempt, { isOutage }));
		expect(outcome).toMatchObject({ status: 'fulfilled' });
	});

	test('a shorter patience for everything holds', async () => {
		const { clock, send } = setUp();
		const sending = send(lostAfter(clock), { isOutage, patienceMs: 60_000 });
		expect(await outcomeOf(clock, sending)).toMatchObject({ status: 'rejected' });
		expect(clock.now()).toBeLessThan(100_000);
	});
});

describe('an API that is away for a while in the middle of a batch', () => {
	async function runBatch(isOutage: () => boolean, awayMs = 60_000) {
		const { clock, send } = setUp();
		let sent = 0;
		let lost = 0;
		const attempt = async (): Promise<string> => {
			sent += 1;
			await clock.sleep(100);
			if (clock.now() < awayMs) {
				lost += 1;
				throw failureOf(connectionLost);
			}
			return 'answered';
		};
		const rows = Array.from({ length: 200 }, async () => await send(attempt, { isOutage }));
		const settled = Promise.allSettled(rows);
		await clock.run();
		const outcomes = await settled;
		const answered = outcomes.filter(({ status }) => status === 'fulfilled').length;
		return { answered, lost, sent };
	}

	test('is waited for by all rows, and asked now and then', async () => {
		const { answered, lost } = await runBatch(() => true);
		expect(answered).toBe(200);
		// Those that were on their way, and a few that asked.
		expect(lost).toBeGreaterThan(40);
		expect(lost).toBeLessThan(65);
	});

	test.each([15_000, 120_000])('is survived when it takes %i ms', async (awayMs) => {
		expect(await runBatch(() => true, awayMs)).toMatchObject({ answered: 200 });
	});

	test('costs the batch where it is taken for single faults', async () => {
		expect(await runBatch(() => false)).toEqual({ answered: 0, lost: 600, sent: 600 });
	});
});
