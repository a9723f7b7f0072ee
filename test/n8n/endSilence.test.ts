import { endSilence } from '../../nodes/n8n/endSilence';
import { clock as realClock } from '../../nodes/n8n/clock';
import type { Clock } from '../../nodes/minimax/pace/pace';
import { VirtualClock } from '../support/virtualTime';

const bytes = (text: string) => new TextEncoder().encode(text);

/** Chunks that come after so many milliseconds each; then silence until the connection is closed. */
function open(clock: VirtualClock, gapsMs: number[]) {
	const connection = new AbortController();
	async function* body() {
		for (const gapMs of gapsMs) {
			await clock.sleep(gapMs);
			yield bytes(`after ${gapMs}`);
		}
		await clock.sleep(1e9, connection.signal);
	}
	return { body: body(), hangUp: jest.fn(() => connection.abort()) };
}

async function read(reply: ReturnType<typeof endSilence>, pauseMs = 0, clock?: VirtualClock) {
	const texts: string[] = [];
	try {
		if (typeof reply.body === 'string' || !(Symbol.asyncIterator in reply.body)) return { texts };
		for await (const chunk of reply.body) {
			texts.push(new TextDecoder().decode(chunk));
			if (pauseMs > 0) await clock?.sleep(pauseMs);
		}
		return { texts };
	} catch (error) {
		return { texts, name: error instanceof Error && error.name };
	}
}

test('ends the reply and hangs up after so long without a byte', async () => {
	const clock = new VirtualClock();
	const { body, hangUp } = open(clock, [900, 900]);
	const reply = endSilence({ status: 200, headers: {}, body }, { timeoutMs: 1000, clock, hangUp });
	const reading = read(reply);
	await clock.run(2799);
	expect(hangUp).not.toHaveBeenCalled();
	await clock.run(2800);

	expect(await reading).toEqual({ texts: ['after 900', 'after 900'], name: 'TimeoutError' });
	expect(hangUp).toHaveBeenCalledTimes(1);
});

test('the time the reader takes does not count', async () => {
	const clock = new VirtualClock();
	const { body, hangUp } = open(clock, [10, 10]);
	const reply = endSilence({ status: 200, headers: {}, body }, { timeoutMs: 1000, clock, hangUp });
	void read(reply, 5000, clock);
	await clock.run(10_500);
	expect(hangUp).not.toHaveBeenCalled();
});

test('a reply that ends leaves no timer', async () => {
	const clock = new VirtualClock();
	async function* body() {
		yield bytes('all');
	}
	const hangUp = jest.fn();
	const reply = endSilence(
		{ status: 200, headers: {}, body: body() },
		{ timeoutMs: 1000, clock, hangUp },
	);

	expect(await read(reply)).toEqual({ texts: ['all'] });
	expect(clock.pending).toBe(0);
	expect(hangUp).not.toHaveBeenCalled();
});

test('a timeout longer than a timer can be is waited for in few sleeps', async () => {
	jest.useFakeTimers();
	try {
		const sleep = jest.fn(realClock.sleep);
		const clock: Clock = { ...realClock, sleep };
		async function* body(): AsyncGenerator<Uint8Array> {
			await new Promise(() => undefined);
		}
		const hangUp = jest.fn();
		const reply = endSilence(
			{ status: 200, headers: {}, body: body() },
			{ timeoutMs: 2 ** 32, clock, hangUp },
		);
		const reading = read(reply);
		await jest.advanceTimersByTimeAsync(2 ** 32 - 1);
		expect(hangUp).not.toHaveBeenCalled();
		expect(sleep.mock.calls.length).toBe(3);
		await jest.advanceTimersByTimeAsync(1);
		expect(await reading).toEqual({ texts: [], name: 'TimeoutError' });
	} finally {
		jest.useRealTimers();
	}
});
