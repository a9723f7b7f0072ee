import { abortReason, SteadyTime } from '../../nodes/minimax/clock';

const settled = async () => await new Promise((resolve) => setImmediate(resolve));

function setUp() {
	let shown = 1000;
	const sleeps: Array<{ ms: number; signal?: AbortSignal; wake: () => void }> = [];
	const ring = jest.fn();
	const clock = {
		now: () => shown,
		random: () => 0,
		sleep: async (ms: number, signal?: AbortSignal) =>
			await new Promise<void>((wake) => sleeps.push({ ms, signal, wake })),
	};
	const steady = new SteadyTime(clock, ring);
	return { steady, show: (time: number) => (shown = time), sleeps, ring };
}

describe('steady time', () => {
	it('goes with the clock', () => {
		const { steady, show } = setUp();
		expect(steady.now()).toBe(1000);
		show(5000);
		expect(steady.now()).toBe(5000);
		steady.setAlarm(4000);
		expect(steady.now()).toBe(5000);
	});

	it('does not go back, and goes on from where it was', () => {
		const { steady, show } = setUp();
		steady.now();
		show(400);
		expect(steady.now()).toBe(1000);
		show(500);
		expect(steady.now()).toBe(1100);
	});

	it('does not pass its alarm by more than two seconds, and goes on from there', () => {
		const { steady, show } = setUp();
		steady.setAlarm(3000);
		show(5000);
		expect(steady.now()).toBe(5000);
		steady.cancelAlarm();
		steady.setAlarm(6000);
		show(3_600_000);
		expect(steady.now()).toBe(6000);
		show(3_600_500);
		expect(steady.now()).toBe(6500);
	});

	it('does not go back to an alarm that ought to have rung before', () => {
		const { steady, show } = setUp();
		show(9000);
		steady.now();
		steady.setAlarm(2000);
		show(20_000);
		expect(steady.now()).toBe(9000);
	});

	it('rings at the moment of its alarm, though the timer be early, and does not run fast', async () => {
		const { steady, show, sleeps, ring } = setUp();
		steady.setAlarm(2000);
		show(1999.5);
		sleeps[0]?.wake();
		await settled();
		expect(ring).not.toHaveBeenCalled();
		expect(sleeps.map(({ ms }) => ms)).toEqual([1000, 0.5]);
		show(2000.25);
		sleeps[1]?.wake();
		await settled();
		expect(ring).toHaveBeenCalledTimes(1);
		expect(steady.now()).toBe(2000.25);
	});

	it('reaches the moment of its alarm when that rings, though the clock was set back', async () => {
		const { steady, show, sleeps, ring } = setUp();
		steady.setAlarm(2000);
		show(400);
		ring.mockImplementation(() => expect(steady.now()).toBe(2000));
		sleeps[0]?.wake();
		await settled();
		expect(ring).toHaveBeenCalledTimes(1);
		show(500);
		expect(steady.now()).toBe(2100);
	});

	it('keeps the earliest alarm only, and none that is cancelled', async () => {
		const { steady, sleeps, ring } = setUp();
		for (const at of [5000, 6000, 5000, Infinity, 4000]) steady.setAlarm(at);
		expect(sleeps.map(({ ms, signal }) => [ms, signal?.aborted])).toEqual([
			[4000, true],
			[3000, false],
		]);
		sleeps[0]?.wake();
		await settled();
		expect(ring).not.toHaveBeenCalled();
		steady.cancelAlarm();
		expect(sleeps[1]?.signal?.aborted).toBe(true);
		sleeps[1]?.wake();
		await settled();
		expect(ring).not.toHaveBeenCalled();
	});
});

describe('the reason of an abort', () => {
	it('is the one that was given, where it is an object', () => {
		const reason = { stopped: 'by the user' };
		expect(abortReason(AbortSignal.abort(reason))).toBe(reason);
	});

	it.each([null, 'stop', 7])('is an error in place of %j', (reason) => {
		const error = abortReason(AbortSignal.abort(reason));
		expect(error).toBeInstanceOf(Error);
		expect(error).toMatchObject({ name: 'AbortError', message: 'The execution was stopped' });
	});
});
