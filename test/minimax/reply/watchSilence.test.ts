import { clock as realClock } from '../../../nodes/n8n/clock';
import { SilenceError, watchSilence } from '../../../nodes/minimax/reply/watchSilence';
import { VirtualClock } from '../../support/virtualTime';

function watch(timeoutMs: number) {
	const timer = new VirtualClock();
	const hangUp = jest.fn();
	return { timer, hangUp, silence: watchSilence({ timeoutMs, timer, hangUp }) };
}

const never = () => new Promise<never>(() => undefined);
const nameOf = (error: unknown) => (error instanceof Error ? error.name : error);

test('ends a wait and hangs up after so long without a sign', async () => {
	const { timer, hangUp, silence } = watch(1000);
	await timer.run(0);
	const first = silence.wait(timer.sleep(900).then(() => 'came'));
	await timer.run(900);
	expect(await first).toBe('came');
	silence.moved();
	const second = silence.wait(never()).catch(nameOf);
	await timer.run(1899);
	expect(hangUp).not.toHaveBeenCalled();
	await timer.run(1900);
	expect(await second).toBe('SilenceError');
	expect(hangUp).toHaveBeenCalledTimes(1);
	await expect(silence.wait(Promise.resolve())).rejects.toBeInstanceOf(SilenceError);
});

test('waits add up as long as nothing moves', async () => {
	const { timer, hangUp, silence } = watch(1000);
	const first = silence.wait(timer.sleep(600));
	await timer.run(600);
	await first;
	const second = silence.wait(timer.sleep(600)).catch(nameOf);
	await timer.run(1000);
	expect(await second).toBe('SilenceError');
	expect(hangUp).toHaveBeenCalledTimes(1);
});

test('the time the reader takes does not count', async () => {
	const { timer, hangUp, silence } = watch(1000);
	const first = silence.wait(timer.sleep(400));
	await timer.run(400);
	await first;
	await timer.run(60_000);
	const second = silence.wait(timer.sleep(500));
	await timer.run(60_500);
	await second;
	expect(hangUp).not.toHaveBeenCalled();
});

test('what moves while somebody waits begins the time anew', async () => {
	const { timer, hangUp, silence } = watch(1000);
	const waiting = silence.wait(never()).catch(nameOf);
	await timer.run(900);
	silence.moved();
	await timer.run(1899);
	expect(hangUp).not.toHaveBeenCalled();
	await timer.run(1900);
	expect(await waiting).toBe('SilenceError');
});

test('a shorter time counts from the last sign on, a longer one not at all', async () => {
	const { timer, hangUp, silence } = watch(1000);
	const waiting = silence.wait(never()).catch(nameOf);
	await timer.run(100);
	silence.hurry(2000);
	silence.hurry(1000);
	await timer.run(200);
	silence.hurry(400);
	silence.hurry(500);
	await timer.run(399);
	expect(hangUp).not.toHaveBeenCalled();
	await timer.run(400);
	expect(await waiting).toBe('SilenceError');
	expect(hangUp).toHaveBeenCalledTimes(1);
});

test('a time that is over already when it is shortened ends at once', async () => {
	const { timer, hangUp, silence } = watch(1000);
	const waiting = silence.wait(never()).catch(nameOf);
	await timer.run(600);
	silence.hurry(500);
	await timer.run(600);
	expect(await waiting).toBe('SilenceError');
	expect(hangUp).toHaveBeenCalledTimes(1);
});

test('an end hangs nothing up, also while somebody waits', async () => {
	const { timer, hangUp, silence } = watch(1000);
	void silence.wait(never());
	await timer.run(10);
	silence.end();
	await timer.run();
	expect(hangUp).not.toHaveBeenCalled();
	expect(timer.pending).toBe(0);
});

test('a failure comes out as it is, and hangs nothing up', async () => {
	const { timer, hangUp, silence } = watch(1000);
	const reset = new Error('reset');
	const waiting = silence.wait(timer.sleep(10).then(() => Promise.reject(reset)));
	const failed = waiting.catch((error: unknown) => error);
	await timer.run();
	expect(await failed).toBe(reset);
	expect(hangUp).not.toHaveBeenCalled();
});

test('leaves no timer behind', async () => {
	const ended = watch(1000);
	ended.silence.end();
	const failed = watch(1000);
	await failed.silence.wait(Promise.reject(new Error('reset'))).catch(nameOf);
	await ended.timer.run(1);
	await failed.timer.run(1);
	expect([ended.timer.pending, failed.timer.pending]).toEqual([0, 0]);
});

test('a timeout longer than a timer can be is waited for in few sleeps', async () => {
	jest.useFakeTimers();
	try {
		const sleep = jest.fn(realClock.sleep);
		const hangUp = jest.fn();
		const timer = { ...realClock, sleep };
		const silence = watchSilence({ timeoutMs: 2 ** 32, timer, hangUp });
		const waiting = silence.wait(never()).catch(nameOf);
		await jest.advanceTimersByTimeAsync(2 ** 32 - 1);
		expect(hangUp).not.toHaveBeenCalled();
		expect(sleep.mock.calls.length).toBe(3);
		await jest.advanceTimersByTimeAsync(1);
		expect(await waiting).toBe('SilenceError');
	} finally {
		jest.useRealTimers();
	}
});
