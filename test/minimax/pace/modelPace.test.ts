import type { Outcome, RefusalCause } from '../../../nodes/minimax/failure/refusalCause';
import { FairQueue, type Waiting } from '../../../nodes/minimax/fairQueue';
import type { Departure } from '../../../nodes/minimax/pace/inFlight';
import { ModelPace } from '../../../nodes/minimax/pace/modelPace';

/** A pace whose gaps do not vary, and so many who wait. */
function newPace(waiting = 0): ModelPace<Waiting> {
	const queue = new FairQueue<Waiting>(() => undefined);
	const run = { inFlight: 0 };
	for (let count = 0; count < waiting; count += 1)
		queue.push({ run, maxConcurrency: 0, reject: () => undefined });
	return new ModelPace(() => 0.5, queue);
}

const refusal = (throttled: RefusalCause, retryAfterMs: number | null = null): Outcome => ({
	throttled,
	retryAfterMs,
	reason: throttled,
});

/** Sends one that ends so after so long. */
function send(pace: ModelPace<Waiting>, at: number, outcome: Outcome, ms = 50): Departure {
	const departure = pace.depart(at);
	pace.end(departure, at + ms, outcome);
	return departure;
}

/** When probes leave that are all refused, 50 ms after they left. */
function failProbes(
	pace: ModelPace<Waiting>,
	from: number,
	count: number,
	throttled: RefusalCause = 'rate',
): number[] {
	const times: number[] = [];
	for (let now = from; times.length < count; ) {
		const wait = pace.waitMs(now);
		now += wait;
		if (wait > 0) continue;
		times.push(now);
		send(pace, now, refusal(throttled));
		now += 50;
	}
	return times;
}

/** The differences between times. */
const gaps = (times: number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

test('after a refusal single requests ask at growing gaps, up to half a minute', () => {
	const pace = newPace();
	// Long before any usual window ends that began with the first request.
	pace.end(pace.depart(-100_000), -99_000, 'succeeded');
	send(pace, 0, refusal('rate'));
	const [first = 0, ...others] = failProbes(pace, 50, 14);
	expect(first).toBe(200);
	const expected = [210, 294, 411.6, 576.24, 806.736, 1129.4304];
	for (let gap = 1129.4304 * 1.8; expected.length < 13; gap *= 1.8)
		expected.push(Math.min(30_000, gap));
	gaps([first, ...others]).forEach((gap, index) =>
		expect(gap).toBeCloseTo(expected[index] ?? 0, 6),
	);
});

test('after long waits, gaps grow to an eighth of the wait, and to 90 s', () => {
	const pace = newPace();
	pace.end(pace.depart(-100_000), -99_000, 'succeeded');
	send(pace, 0, refusal('rate'));
	const times = failProbes(pace, 50, 40);
	let gap = 210;
	// Each gap is decided as the probe before it leaves; the gate was closed after 50 ms.
	const expected = times.map((time) => {
		const decided = gap;
		const longest = Math.max(30_000, Math.min(90_000, (time - 50) / 8));
		gap = Math.min(longest, gap * (gap < 1000 ? 1.4 : 1.8));
		return decided;
	});
	gaps(times).forEach((each, index) => expect(each).toBeCloseTo(expected[index] ?? 0, 6));
	expect(gaps(times).at(-1)).toBeCloseTo(90_000, 6);
});

test.each([
	{ window: 'a second', ms: 1000, askedAt: 1090 },
	{ window: 'ten seconds', ms: 10_000, askedAt: 10_180 },
	{ window: 'a minute', ms: 60_000, askedAt: 60_680 },
])('a probe due shortly before $window has passed waits for that', ({ ms, askedAt }) => {
	const pace = newPace();
	const first = pace.depart(0);
	pace.accept(first, 10);
	send(pace, 5, refusal('rate'));
	expect(failProbes(pace, 55, 20)).toContain(askedAt);
	expect(askedAt).toBeGreaterThan(ms);
});

test('the gate opens once one is accepted that left after the refused ones', () => {
	const pace = newPace();
	const early = pace.depart(0);
	send(pace, 10, refusal('rate'));
	pace.accept(early, 70);
	expect(pace.waitMs(70)).toBe(140);
	const probe = pace.depart(210);
	expect(pace.waitMs(210)).toBe(1.5 * 50 + 20);
	pace.accept(probe, 240);
	expect(pace.waitMs(1000)).toBe(0);
});

test('a probe without a reply for longer than refusals take counts as accepted', () => {
	const pace = newPace();
	send(pace, 0, refusal('rate'), 80);
	pace.depart(230);
	expect(pace.waitMs(230)).toBe(140);
	expect(pace.waitMs(369)).toBe(1);
	expect(pace.waitMs(370)).toBe(0);
});

test('how long refusals take is forgotten by a tenth with each', () => {
	const pace = newPace();
	send(pace, 0, refusal('rate'), 200);
	send(pace, 400, refusal('rate'), 50);
	pace.depart(1000);
	expect(pace.waitMs(1000)).toBeCloseTo(1.5 * 180 + 20, 9);
});

test('a probe that fails for another reason opens the gate, too', () => {
	const pace = newPace();
	send(pace, 0, refusal('overload'));
	send(pace, 200, 'failed');
	expect(pace.waitMs(250)).toBe(0);
});

test('a probe that is broken off makes room for another one', () => {
	const pace = newPace();
	send(pace, 0, refusal('overload'));
	const probe = pace.depart(200);
	pace.end(probe, 210, 'abandoned');
	expect(pace.waitMs(210)).toBe(200);
	expect(pace.waitMs(410)).toBe(0);
});

test('one that left before the gate opened last closes it no more', () => {
	const pace = newPace();
	const late = pace.depart(0);
	send(pace, 10, refusal('overload'));
	send(pace, 210, 'succeeded');
	pace.end(late, 300, refusal('overload'));
	expect(pace.waitMs(300)).toBe(0);
});

test('one that is refused after a later one was accepted closes the gate all the same', () => {
	const pace = newPace();
	const early = pace.depart(0);
	send(pace, 10, 'succeeded');
	pace.end(early, 100, refusal('overload'));
	expect(pace.waitMs(100)).toBe(150);
});

test('what the API asks to wait is waited, whatever is accepted meanwhile', () => {
	const pace = newPace();
	send(pace, 0, refusal('overload', 5000));
	expect(pace.waitMs(50)).toBe(5000);
	send(pace, 60, 'succeeded');
	expect(pace.waitMs(110)).toBe(4940);
	send(pace, 5050, 'succeeded');
	expect(pace.waitMs(5100)).toBe(0);
});

test('a later refusal that asks for less takes the place of what was asked before', () => {
	const pace = newPace();
	const [first, second] = [pace.depart(0), pace.depart(0)];
	pace.end(first, 50, refusal('overload', 1000));
	pace.end(second, 60, refusal('overload', 3000));
	expect(pace.waitMs(60)).toBe(3000);
});

test('no API is waited for longer than ten minutes', () => {
	const pace = newPace();
	send(pace, 0, refusal('rate', 3_600_000));
	expect(pace.waitMs(50)).toBe(600_000);
});

test('code 1041 leaves the gate open, unless the API asks to wait', () => {
	const pace = newPace();
	const running = [pace.depart(0), pace.depart(0)];
	pace.end(pace.depart(0), 50, refusal('concurrency'));
	expect(pace.waitMs(50)).toBe(Infinity);
	for (const each of running) pace.end(each, 60, 'succeeded');
	expect(pace.waitMs(60)).toBe(0);
	const again = [pace.depart(100), pace.depart(100)];
	pace.end(pace.depart(100), 150, refusal('concurrency', 2000));
	for (const each of again) pace.end(each, 160, 'succeeded');
	expect(pace.waitMs(160)).toBe(1990);
});

test('an overload halves the number in flight at the third probe in vain, and only then', () => {
	const rooms = [1, 2, 3, 4].map((probes) => {
		const pace = newPace();
		send(pace, 0, refusal('overload'));
		const times = failProbes(pace, 50, probes, 'overload');
		const last = (times.at(-1) ?? 0) + 100_000;
		send(pace, last, 'succeeded');
		return roomLater(pace, last + 1000);
	});
	expect(rooms).toEqual([50, 50, 25, 25]);
});

test('refusals for the rate never halve the number in flight', () => {
	const pace = newPace();
	send(pace, 0, refusal('overload'));
	const times = failProbes(pace, 50, 3, 'rate');
	const last = (times.at(-1) ?? 0) + 100_000;
	send(pace, last, 'succeeded');
	expect(roomLater(pace, last + 1000)).toBe(50);
});

/** How many more may be in flight from then on; they leave too far apart for any rate. */
function roomLater(pace: ModelPace<Waiting>, from: number): number {
	let room = 0;
	for (let now = from; pace.waitMs(now) !== Infinity; now += 600_000, room += 1) pace.depart(now);
	return room;
}

/** Six are in flight, one of them is refused and one ends; then one is accepted. */
function refuseOneOfSix(pace: ModelPace<Waiting>, at: number, throttled: RefusalCause) {
	const [refused, ended] = Array.from({ length: 6 }, () => pace.depart(at));
	if (!refused || !ended) throw new Error('Six have left.');
	pace.end(refused, at + 50, refusal(throttled));
	pace.end(ended, at + 60, 'succeeded');
	pace.accept(pace.depart(at + 210), at + 250);
}

test('while no rate is known, room made by the end of a request shows how many may be in flight', () => {
	const pace = newPace();
	refuseOneOfSix(pace, 0, 'rate');
	expect(roomLater(pace, 1000)).toBe(0);
});

test('once a rate is known, it does not', () => {
	const pace = newPace();
	for (let count = 0; count < 20; count += 1) send(pace, 0, 'succeeded');
	send(pace, 1, refusal('rate'));
	send(pace, 1000, 'succeeded');
	refuseOneOfSix(pace, 600_000, 'rate');
	// Five are in flight.
	expect(roomLater(pace, 1_200_000)).toBe(45);
});

test('an overload does not show how many may be in flight', () => {
	const pace = newPace();
	refuseOneOfSix(pace, 0, 'overload');
	expect(roomLater(pace, 1000)).toBe(45);
});

/** Twenty a second are known, and a window that began at 1000 is full. */
function fillWindow(): ModelPace<Waiting> {
	const pace = newPace();
	for (let count = 0; count < 20; count += 1) pace.accept(pace.depart(0), 10);
	send(pace, 0, refusal('rate'));
	send(pace, 1000, 'succeeded');
	for (let count = 0; count < 19; count += 1) pace.accept(pace.depart(1001 + count), 1030);
	return pace;
}

test('a refusal within a full window is waited out to its end', () => {
	const pace = fillWindow();
	send(pace, 1100, refusal('rate'));
	// The window is a second long, and 15 ms for ways through the network that are not alike.
	expect(pace.waitMs(1150)).toBe(2015 - 1150);
});

test('a window that is as good as over is waited out for a third of a gap at least', () => {
	const pace = fillWindow();
	send(pace, 1955, refusal('rate'));
	expect(pace.waitMs(2005)).toBe(50);
});

test('the first refusal since a success is remembered, with the reason of the last', () => {
	const pace = newPace();
	expect(pace.stalled).toBeNull();
	send(pace, 0, refusal('rate'));
	send(pace, 200, refusal('overload'));
	expect(pace.stalled).toEqual({ since: 50, reason: 'overload' });
	send(pace, 600, 'failed');
	expect(pace.stalled).toEqual({ since: 50, reason: 'overload' });
	send(pace, 700, 'succeeded');
	expect(pace.stalled).toBeNull();
});

test('with each acceptance more may be in flight, if others wait for that', () => {
	const roomWith = (waiting: number) => {
		const pace = newPace(waiting);
		const all = Array.from({ length: 50 }, () => pace.depart(0));
		for (const each of all) pace.accept(each, 400);
		let room = 0;
		for (; pace.waitMs(1000) !== Infinity; room += 1) pace.depart(1000);
		return room;
	};
	expect([roomWith(0), roomWith(1)]).toEqual([0, 2]);
});

test('an acceptance while the gate is closed shows that more may be in flight, too', () => {
	const pace = newPace(1);
	const early = pace.depart(0);
	send(pace, 0, refusal('overload'));
	pace.accept(early, 60);
	send(pace, 250, 'failed');
	// One is in flight.
	expect(roomLater(pace, 1000)).toBe(51);
});

test('an acceptance with room left and the gate open shows nothing new', () => {
	const pace = newPace(1);
	pace.accept(pace.depart(0), 60);
	expect(roomLater(pace, 1000)).toBe(49);
});

test('it is idle while none is in flight and none waits, since the last one ended', () => {
	const pace = newPace();
	expect([pace.isIdle, pace.usedAt]).toEqual([true, Infinity]);
	const only = pace.depart(0);
	expect(pace.isIdle).toBe(false);
	pace.end(only, 70, 'succeeded');
	expect([pace.isIdle, pace.usedAt, newPace(1).isIdle]).toEqual([true, 70, false]);
});
