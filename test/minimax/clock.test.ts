import { abortReason, SteadyTime } from '../../nodes/minimax/clock';

function setUp() {
	let shown = 1000;
	const steady = new SteadyTime({
		now: () => shown,
		random: () => 0,
		sleep: async () => {},
	});
	return { steady, show: (time: number) => (shown = time) };
}

describe('steady time', () => {
	it('goes with the clock', () => {
		const { steady, show } = setUp();
		expect(steady.now()).toBe(1000);
		show(5000);
		expect(steady.now()).toBe(5000);
		expect(steady.now(4000)).toBe(5000);
	});

	it('does not go back, and goes on from where it was', () => {
		const { steady, show } = setUp();
		steady.now();
		show(400);
		expect(steady.now()).toBe(1000);
		show(500);
		expect(steady.now()).toBe(1100);
	});

	it('does not pass a timer by more than two seconds, and goes on from there', () => {
		const { steady, show } = setUp();
		steady.now();
		show(5000);
		expect(steady.now(3000)).toBe(5000);
		show(3_600_000);
		expect(steady.now(6000)).toBe(6000);
		show(3_600_500);
		expect(steady.now()).toBe(6500);
	});

	it('does not go back to a timer that ought to have rung before', () => {
		const { steady, show } = setUp();
		steady.now();
		show(9000);
		steady.now();
		show(20_000);
		expect(steady.now(2000)).toBe(9000);
	});

	it('reaches the moment at which a timer rang', () => {
		const { steady, show } = setUp();
		steady.now();
		show(1990);
		steady.reach(2000);
		expect(steady.now()).toBe(2000);
		show(2090);
		expect(steady.now()).toBe(2100);
		steady.reach(1500);
		expect(steady.now()).toBe(2100);
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
