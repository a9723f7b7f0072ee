import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { clock } from '../../nodes/n8n/clock';
import type { RunningNode } from '../../dev/engine/runNode.ts';
import { startChat } from '../support/runChat';
import { waitFor } from '../support/waitFor';
import { watchEarlyRejections } from '../support/watchEarlyRejections';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
});
afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

/** Presses Stop; the execution has to end, and every upstream socket to close, though no reply ever would. */
async function stop({ cancel, done }: RunningNode) {
	cancel();
	await waitFor(() => simulator.inFlight() === 0);
	const { run } = await done;

	expect(run.status).toBe('canceled');
}

it.each(['auto', 'off'])(
	'while waiting for the reply to begin, Streaming %s',
	async (streaming) => {
		simulator.set({ fault: { connection: 'hang' } });
		const running = await startChat(simulator, { options: { streaming } });
		await waitFor(() => simulator.requests.length === 1);
		await stop(running);

		expect(simulator.requests).toMatchObject([{ closedByClient: true, status: null }]);
	},
);

it('in the middle of a stream', async () => {
	simulator.set({ fault: { stream: 'stall' } });
	const running = await startChat(simulator);
	await waitFor(() => simulator.requests[0]?.startedAt !== undefined);
	await stop(running);

	expect(simulator.requests).toMatchObject([{ closedByClient: true, status: 200 }]);
});

it('in the middle of a stream that goes on live', async () => {
	simulator.set({ reasoningText: 'Hm.', chunkCharacters: 4, fault: { stream: 'stall' } });
	let chunks = 0;
	const running = await startChat(simulator, { streaming: true, onChunk: () => (chunks += 1) });
	await waitFor(() => chunks >= 2);
	expect(simulator.inFlight()).toBe(1);
	await stop(running);

	expect(simulator.requests).toMatchObject([{ closedByClient: true }]);
});

it('while items wait for a slot', async () => {
	simulator.set({ fault: { connection: 'hang' } });
	const items = Array.from({ length: 20 }, () => ({}));
	const running = await startChat(simulator, { items, options: { maxConcurrency: 2 } });
	await waitFor(() => simulator.requests.length === 2);
	await stop(running);

	expect(simulator.requests).toHaveLength(2);
});

it('while Batching spaces the items out, and n8n listens to none of them yet', async () => {
	const early = watchEarlyRejections();
	simulator.set({ fault: { connection: 'hang' } });
	const batch = { batchSize: 1, batchInterval: 300 };
	const running = await startChat(simulator, {
		items: [{}, {}, {}],
		parameters: { requestOptions: { batching: { batch } } },
	});
	await waitFor(() => simulator.requests.length === 1);
	await stop(running);

	expect(early).toEqual([]);
	expect(Promise.allSettled).toHaveBeenCalled();
});

it('during the backoff after a fault, which ends with it', async () => {
	simulator.set({ fault: { status: 500, retryAfter: 20 } });
	const sleep = jest.spyOn(clock, 'sleep');
	const running = await startChat(simulator);
	await waitFor(() => sleep.mock.calls.some(([ms]) => ms === 20_000));
	const backoff = sleep.mock.results.at(-1)?.value as Promise<void>;
	const ended = expect(backoff).rejects.toBeDefined();
	await stop(running);
	await ended;

	expect(simulator.requests).toHaveLength(1);
});

it('while the API says wait', async () => {
	simulator.set({ fault: { code: 1002, retryAfter: 600 } });
	const items = Array.from({ length: 3 }, () => ({}));
	const running = await startChat(simulator, { items, options: { maxConcurrency: 1 } });
	await waitFor(() => simulator.requests[0]?.closedAt !== undefined);
	await stop(running);

	expect(simulator.requests).toHaveLength(1);
});

it.each(['continueRegularOutput', 'continueErrorOutput'] as const)('with %s', async (onError) => {
	simulator.set({ fault: { connection: 'hang' } });
	const running = await startChat(simulator, { items: [{}, {}], onError });
	await waitFor(() => simulator.requests.length === 2);
	await stop(running);
});
