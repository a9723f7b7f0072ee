import { clock } from '../../nodes/n8n/clock';

// Before 2.34 the `sleep` of n8n-workflow listens to no signal.
jest.mock('n8n-workflow', () => ({
	sleep: async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms)),
}));

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

test('a sleep ends when its signal aborts, also where that of n8n goes on', async () => {
	const stop = new AbortController();
	const sleeping = clock.sleep(1000, stop.signal);
	stop.abort(new Error('stopped'));
	await expect(sleeping).rejects.toBe(stop.signal.reason);
});

test('a sleep that nobody aborts ends in its time', async () => {
	const sleeping = clock.sleep(1000, new AbortController().signal);
	await jest.advanceTimersByTimeAsync(1000);
	await expect(sleeping).resolves.toBeUndefined();
});
