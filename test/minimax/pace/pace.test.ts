import { LearnedPace, type Slot } from '../../../nodes/minimax/pace/pace';
import { VirtualClock } from '../../support/virtualTime';

let owner = {};

beforeEach(() => (owner = {}));
const refused = (reason: unknown = new Error('429'), retryAfterMs: number | null = null) => ({
	throttled: 'rate' as const,
	retryAfterMs,
	reason,
});

/** Resolves the promises that can be resolved without time going on. */
async function now(clock: VirtualClock): Promise<void> {
	await clock.run(clock.now());
}

/** Long enough for the fifty that go while nothing is known. */
async function fill(clock: VirtualClock): Promise<void> {
	await clock.run(clock.passed + 170);
}

/** Slots as they are granted. */
function acquireMany(
	pace: LearnedPace,
	count: number,
	options: { owner?: object; maxConcurrency?: number } = {},
) {
	const slots: Slot[] = [];
	for (let index = 0; index < count; index += 1) {
		void pace.acquire({ owner, maxConcurrency: 0, ...options }).then(
			(slot) => slots.push(slot),
			() => undefined,
		);
	}
	return slots;
}

test('lets ten go at once and fifty within 170 ms when nothing is known', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 60);
	await now(clock);
	expect(slots).toHaveLength(10);
	await fill(clock);
	expect(slots).toHaveLength(50);
});

test('keeps the bound of a node run', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 5, { maxConcurrency: 2 });
	await now(clock);
	expect(slots).toHaveLength(2);
	slots[0]?.release('succeeded');
	await now(clock);
	expect(slots).toHaveLength(3);
});

test('a slot given back twice counts once', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 5, { maxConcurrency: 2 });
	await now(clock);
	slots[0]?.release('succeeded');
	slots[0]?.release('failed');
	await now(clock);
	expect(slots).toHaveLength(3);
});

test('what is said of a slot after it was given back counts for nothing', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slot = await pace.acquire({ owner, maxConcurrency: 0 });
	await clock.run(50);
	const late = await pace.acquire({ owner, maxConcurrency: 0 });
	slot.release(refused());
	late.release('abandoned');
	const next = acquireMany(pace, 1);
	late.accepted();
	late.release('succeeded');
	await now(clock);
	expect(next).toHaveLength(0);
	await clock.run(1000);
	expect(next).toHaveLength(1);
});

test('an answer that is said more than once to have begun counts once', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 70);
	await fill(clock);
	slots[0]?.accepted();
	slots[0]?.accepted();
	slots[0]?.release('succeeded');
	await now(clock);
	// One has ended, and with its answer the number in flight has grown by two.
	expect(slots).toHaveLength(50 + 1 + 2);
});

test('once the rate is known, one refusal in a full window is the only one', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const windows = new Map<number, { accepted: number; refused: number }>();
	const send = async (): Promise<void> => {
		for (;;) {
			const slot = await pace.acquire({ owner, maxConcurrency: 0 });
			const number = Math.floor(clock.passed / 1000);
			const window = windows.get(number) ?? { accepted: 0, refused: 0 };
			windows.set(number, window);
			await clock.sleep(5);
			if (window.accepted < 20) {
				window.accepted += 1;
				return slot.release('succeeded');
			}
			window.refused += 1;
			slot.release(refused());
		}
	};
	for (let row = 0; row < 400; row += 1) void send();
	await clock.run(60_000);

	const all = [...windows.values()];
	expect(all.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(400);
	const known = all.slice(2);
	expect(known.some((window) => window.refused > 0)).toBe(true);
	expect(Math.max(...known.map((window) => window.refused))).toBe(1);
});

test('whoever is held by the bound of its own run needs no timer', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 12, { maxConcurrency: 10 });
	await now(clock);
	expect([slots.length, clock.timersSet]).toEqual([10, 0]);
});

test('node runs take turns', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const batch = acquireMany(pace, 1000);
	const small = acquireMany(pace, 5, { owner: {} });
	await now(clock);
	expect([batch.length, small.length]).toEqual([10, 0]);
	await fill(clock);
	expect([batch.length, small.length]).toEqual([45, 5]);
});

test('nobody sends before the time the API asked for', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 60);
	await fill(clock);
	slots[0]?.release(refused(undefined, 7000));
	for (const slot of slots.slice(1)) slot.release('succeeded');
	await clock.run(7169);
	expect(slots).toHaveLength(50);
	await clock.run(7350);
	expect(slots.length).toBeGreaterThan(50);
});

test('no longer than ten minutes, whatever the API asks', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 51);
	await fill(clock);
	slots[0]?.release(refused(undefined, 86_400_000));
	await clock.run(600_140);
	expect(slots).toHaveLength(50);
	await clock.run(600_240);
	expect(slots).toHaveLength(51);
});

test('a refused request goes before those that were not sent', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const order: string[] = [];
	const slots = acquireMany(pace, 50);
	await fill(clock);
	void pace.acquire({ owner, maxConcurrency: 0 }).then(() => order.push('fresh'));
	await now(clock);
	slots[0]?.release(refused());
	void pace.acquire({ owner, maxConcurrency: 0, again: true }).then(() => order.push('again'));
	for (const slot of slots.slice(1, 5)) slot.release('failed');
	await clock.run(10_000);
	expect(order).toEqual(['again', 'fresh']);
});

test('stopping rejects at once and leaves nothing behind', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slots = acquireMany(pace, 50);
	await fill(clock);
	const stop = new AbortController();
	const added = jest.spyOn(stop.signal, 'addEventListener');
	const removed = jest.spyOn(stop.signal, 'removeEventListener');
	const waiting = Array.from({ length: 1000 }, () =>
		pace.acquire({ owner: {}, maxConcurrency: 0, signal: stop.signal }),
	);
	const outcomes = Promise.allSettled(waiting);
	await now(clock);
	slots[0]?.release(refused());
	expect(clock.pending).toBe(1);
	const reason = new Error('stopped');
	stop.abort(reason);
	const rejections = (await outcomes).map((outcome) =>
		outcome.status === 'rejected' ? outcome.reason : null,
	);
	expect(new Set(rejections)).toEqual(new Set([reason]));
	expect([added.mock.calls.length, removed.mock.calls.length]).toEqual([1, 1]);
	await now(clock);
	expect(clock.pending).toBe(0);
});

test('stopping one of an owner leaves its others waiting', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slots = acquireMany(pace, 50);
	await fill(clock);
	const stops = [new AbortController(), new AbortController()];
	const [stopped, other] = stops.map(async ({ signal }) => {
		const slot = await pace.acquire({ owner, maxConcurrency: 0, signal });
		slot.release('succeeded');
		return 'granted';
	});
	stops[0]?.abort(new Error('stopped'));
	await expect(stopped).rejects.toThrow('stopped');
	slots[0]?.release('succeeded');
	await expect(other).resolves.toBe('granted');
});

test('the listener goes with the last waiter', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slots = acquireMany(pace, 50);
	await fill(clock);
	const { signal } = new AbortController();
	const removed = jest.spyOn(signal, 'removeEventListener');
	void pace.acquire({ owner, maxConcurrency: 0, signal });
	await now(clock);
	expect(removed).toHaveBeenCalledTimes(0);
	slots[0]?.release('succeeded');
	expect(removed).toHaveBeenCalledTimes(1);
});

test('a signal already aborted gets no slot; without an Error as reason it is an AbortError', async () => {
	const pace = new LearnedPace(new VirtualClock());
	const waiting = pace.acquire({ owner, maxConcurrency: 0, signal: AbortSignal.abort('enough') });
	await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('whoever waits in vain for half an hour gets the last refusal', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const last = new Error('still 429');
	let sent = 0;
	const outcomes = Promise.allSettled(
		Array.from({ length: 500 }, async () => {
			for (;;) {
				const slot = await pace.acquire({ owner, maxConcurrency: 0, since: 0, again: true });
				sent += 1;
				await clock.sleep(10);
				slot.release(refused(last));
			}
		}),
	);
	await clock.run();
	const reasons = (await outcomes).map(
		(outcome) => outcome.status === 'rejected' && outcome.reason,
	);
	expect(new Set(reasons)).toEqual(new Set([last]));
	expect(clock.now()).toBeGreaterThanOrEqual(1_800_000);
	expect(clock.now()).toBeLessThan(1_850_000);
	expect(sent).toBeLessThan(130);
});

test.each([
	['before', 'another'],
	['after', 'another'],
	['after', 'the same'],
])(
	'patience is over in time for one who came %s the refusal, of %s run, however long the API asks to wait',
	async (when, whose) => {
		const clock = new VirtualClock();
		const pace = new LearnedPace(clock);
		const slots = acquireMany(pace, 50);
		await fill(clock);
		const last = new Error('429');
		if (when === 'after') slots[0]?.release(refused(last, 100_000));
		const patient = acquireMany(pace, 5);
		const ofRun = whose === 'another' ? {} : owner;
		const waiting = pace.acquire({ owner: ofRun, maxConcurrency: 0, patienceMs: 9000 });
		if (when === 'before') slots[0]?.release(refused(last, 100_000));
		const gaveUp = waiting.catch((error: unknown) => [error, clock.passed]);
		await clock.run(99_000);
		expect(await gaveUp).toEqual([last, 9170]);
		expect(patient).toEqual([]);
	},
);

test('each patience is over in its own time', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slot = await pace.acquire({ owner, maxConcurrency: 0 });
	const last = new Error('429');
	slot.release(refused(last, 100_000));
	const ends = [9000, 20_000, 13_000].map(async (patienceMs) => {
		const waiting = pace.acquire({ owner, maxConcurrency: 0, patienceMs });
		return await waiting.catch((error: unknown) => [error, clock.passed]);
	});
	await clock.run(99_000);
	expect(await Promise.all(ends)).toEqual([9000, 20_000, 13_000].map((ms) => [last, ms]));
});

test('patience begins anew with each success', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const [first, second] = [
		await pace.acquire({ owner, maxConcurrency: 0 }),
		await pace.acquire({ owner, maxConcurrency: 0 }),
	];
	first.release(refused(new Error('first'), 100_000));
	let gaveUpAt = 0;
	const waiting = pace.acquire({ owner, maxConcurrency: 0, patienceMs: 60_000 });
	const reason = waiting.catch((error: unknown) => {
		gaveUpAt = clock.passed;
		return error;
	});
	await clock.run(50_000);
	second.accepted();
	await clock.run(70_000);
	const last = new Error('last');
	second.release(refused(last, 100_000));
	await clock.run(200_000);
	expect(await reason).toBe(last);
	expect(gaveUpAt).toBeGreaterThanOrEqual(130_000);
	expect(gaveUpAt).toBeLessThan(130_100);
});

test('dismisses the waiters of one node run only', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slots = acquireMany(pace, 50);
	await fill(clock);
	const other = acquireMany(pace, 1, { owner: slots });
	const waiting = pace.acquire({ owner, maxConcurrency: 0 });
	const reason = new Error('bad key');
	pace.dismiss(owner, reason);
	await expect(waiting).rejects.toBe(reason);
	await now(clock);
	slots[0]?.release('failed');
	await now(clock);
	expect(other).toHaveLength(1);
});

test('130,000 waiters can be stopped and dismissed at once', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const stop = new AbortController();
	const outcomes = Promise.allSettled(
		Array.from({ length: 260_000 }, (_, row) =>
			pace.acquire({ owner, maxConcurrency: 0, signal: row % 2 ? stop.signal : undefined }),
		),
	);
	const startedAt = performance.now();
	stop.abort(new Error('stopped'));
	pace.dismiss(owner, new Error('dismissed'));
	await fill(clock);
	const rejected = (await outcomes).filter(({ status }) => status === 'rejected');
	expect(rejected).toHaveLength(260_000 - 10);
	expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('a refusal of one model does not hold up another one', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slot = await pace.acquire({ owner, maxConcurrency: 0, model: 'MiniMax-M3' });
	slot.release(refused(undefined, 60_000));
	const granted: string[] = [];
	for (const model of ['MiniMax-M3', 'MiniMax-M2.7']) {
		void pace.acquire({ owner, maxConcurrency: 0, model }).then(() => granted.push(model));
	}
	await now(clock);
	expect(granted).toEqual(['MiniMax-M2.7']);
	await clock.run(60_100);
	expect(granted).toEqual(['MiniMax-M2.7', 'MiniMax-M3']);
});

test('the bound of a node run holds over all its models', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const granted: Slot[] = [];
	for (const model of ['a', 'b', 'a', 'b']) {
		void pace.acquire({ owner, maxConcurrency: 1, model }).then((slot) => granted.push(slot));
	}
	for (let count = 1; count <= 4; count += 1) {
		await now(clock);
		expect(granted).toHaveLength(count);
		granted[count - 1]?.release('succeeded');
	}
});

test('the bound of a node run holds over all its keys', async () => {
	const clock = new VirtualClock();
	const granted: Slot[] = [];
	for (const pace of [new LearnedPace(clock), new LearnedPace(clock), new LearnedPace(clock)]) {
		void pace.acquire({ owner, maxConcurrency: 1 }).then((slot) => granted.push(slot));
	}
	for (let count = 1; count <= 3; count += 1) {
		await now(clock);
		expect(granted).toHaveLength(count);
		granted[count - 1]?.release('succeeded');
	}
});

test('a single request goes ahead of a batch, also of its refused rows', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slots = acquireMany(pace, 50);
	await fill(clock);
	const order: string[] = [];
	const wait = (name: string, ofOwner: object, again = false) =>
		pace.acquire({ owner: ofOwner, maxConcurrency: 0, again }).then(() => order.push(name));
	void wait('row', owner);
	slots[0]?.release(refused());
	void wait('refused row', owner, true);
	void wait('chat', {});
	for (const slot of slots.slice(1, 5)) slot.release('failed');
	await clock.run(10_000);
	expect(order).toEqual(['chat', 'refused row', 'row']);
});

test('many chats do not keep a batch from its turn', async () => {
	const clock = new VirtualClock();
	const pace = new LearnedPace(clock);
	const slots = acquireMany(pace, 50);
	await fill(clock);
	const batch = acquireMany(pace, 10);
	const chats = Array.from({ length: 30 }, () => acquireMany(pace, 1, { owner: {} }));
	for (const slot of slots.slice(0, 8)) slot.release('failed');
	await now(clock);
	expect([batch.length, chats.flat().length]).toEqual([2, 6]);
});

test('a clock that is set neither ends waits nor prolongs them', async () => {
	for (const byMs of [3_600_000, -3_600_000]) {
		const clock = new VirtualClock();
		const pace = new LearnedPace(clock);
		const slot = await pace.acquire({ owner, maxConcurrency: 0 });
		slot.release(refused(undefined, 60_000));
		let grantedAt = 0;
		const waiting = pace.acquire({ owner, maxConcurrency: 0 }).then(() => {
			grantedAt = clock.passed;
		});
		await clock.run(30_000);
		clock.set(byMs);
		await clock.run(120_000);
		await waiting;
		expect(grantedAt).toBeGreaterThanOrEqual(60_000);
		expect(grantedAt).toBeLessThan(61_000);
	}
});

test('a thousand waiters need one timer', async () => {
	const clock = new VirtualClock();
	const slots = acquireMany(new LearnedPace(clock), 1000);
	await now(clock);
	slots[0]?.release(refused());
	for (const slot of slots.slice(1)) slot.release(refused());
	expect([clock.pending, clock.timersSet]).toEqual([1, 1]);
});
