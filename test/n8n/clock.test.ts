import { clock } from '../../nodes/n8n/clock';

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

/** Whether the sleep is over after so many milliseconds. */
async function isOverAfter(ms: number, sleepMs: number, signal?: AbortSignal): Promise<boolean> {
	let over = false;
	void clock.sleep(sleepMs, signal).then(() => {
		over = true;
	});
	await jest.advanceTimersByTimeAsync(ms);
	return over;
}

test.each([undefined, new AbortController().signal])(
	'sleeps as long as asked (%#)',
	async (signal) => {
		expect(await isOverAfter(999, 1000, signal)).toBe(false);
		expect(await isOverAfter(1000, 1000, signal)).toBe(true);
	},
);

// setTimeout takes them for 1 ms.
test.each([2 ** 31, 1e12, Infinity])('sleeps 25 days when asked for %d ms', async (ms) => {
	const { signal } = new AbortController();
	expect(await isOverAfter(60_000, ms)).toBe(false);
	expect(await isOverAfter(60_000, ms, signal)).toBe(false);
	expect(await isOverAfter(2 ** 31 - 1, ms, signal)).toBe(true);
});

test('an aborted sleep rejects with the reason, before and while it lasts', async () => {
	const stop = new AbortController();
	const sleeping = clock.sleep(1000, stop.signal);
	stop.abort(new Error('stopped'));
	await expect(sleeping).rejects.toBe(stop.signal.reason);
	await expect(clock.sleep(1000, stop.signal)).rejects.toBe(stop.signal.reason);
});

test('a sleep leaves no listener at its signal behind, whether it ends or is aborted', async () => {
	const { signal } = new AbortController();
	const added = jest.spyOn(signal, 'addEventListener');
	const removed = jest.spyOn(signal, 'removeEventListener');
	const sleeping = clock.sleep(1000, signal);
	await jest.advanceTimersByTimeAsync(1000);
	await sleeping;

	const [own] = added.mock.calls.map(([type, listener]) => [type, listener]);
	expect(own).toEqual(['abort', expect.any(Function)]);
	expect(removed.mock.calls).toContainEqual(own);
});

test('a sleep under a signal that is aborted already does not begin', async () => {
	const begun = jest.getTimerCount();
	await expect(clock.sleep(1000, AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
	expect(jest.getTimerCount()).toBe(begun);
});
