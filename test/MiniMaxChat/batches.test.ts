import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { clock } from '../../nodes/n8n/clock';
import { apiErrorOf, jsonOf, runChat, startChat, textOfEachItem } from '../support/runChat';
import { waitFor } from '../support/waitFor';
import { watchEarlyRejections } from '../support/watchEarlyRejections';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ apiKeys: ['sk-simulator', 'sk-other'] });
});
afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

const hellos = (count: number) => Array.from({ length: count }, () => ({ text: 'Hello' }));

describe('Max Concurrency', () => {
	it.each([1, 3])('bounds the requests in flight: %i', async (maxConcurrency) => {
		const release = simulator.hold();
		const running = await startChat(simulator, {
			items: hellos(12),
			options: { maxConcurrency },
		});
		await waitFor(() => simulator.inFlight() === maxConcurrency);
		release();
		const { outputs } = await running.done;

		expect(outputs[0]).toHaveLength(12);
		expect(simulator.peakInFlight()).toBe(maxConcurrency);
	});

	it('counts over all keys where rows have keys of their own', async () => {
		const release = simulator.hold();
		const running = await startChat(simulator, {
			items: ['sk-simulator', 'sk-other', 'sk-simulator', 'sk-other'].map((key) => ({ key })),
			apiKey: '={{ $json.key }}',
			options: { maxConcurrency: 1 },
		});
		await waitFor(() => simulator.inFlight() === 1);
		release();
		const { outputs } = await running.done;

		expect(outputs[0]).toHaveLength(4);
		expect(simulator.peakInFlight()).toBe(1);
	});

	it('0 leaves it to the node, which sends several at a time', async () => {
		const release = simulator.hold();
		const options = { maxConcurrency: 0 };
		const running = await startChat(simulator, { items: hellos(12), options });
		await waitFor(() => simulator.inFlight() > 3);
		release();

		expect((await running.done).outputs[0]).toHaveLength(12);
	});
});

describe('a key that fails for good', () => {
	const bad = { text: 'Hello\n#sim {"fault":{"code":1004}}' };
	const failing = [...hellos(3), ...hellos(57).map(() => bad)];
	const setup = { items: failing, rows: textOfEachItem, options: { maxConcurrency: 2 } };

	it('stops the items not yet sent, and the message counts the others', async () => {
		const error = apiErrorOf(await runChat(simulator, setup));

		expect(error.message).toBe(
			'MiniMax did not accept the API key [row 4, item 3 in n8n; 3 of 60 items had succeeded]',
		);
		expect(error.itemIndex).toBe(3);
		expect(error.description).toContain("set 'On Error' in the node's settings to 'Continue'");
		expect(simulator.requests.length).toBeLessThanOrEqual(5);
	});

	it('makes error items of all the others with Continue', async () => {
		const { outputs } = await runChat(simulator, { ...setup, onError: 'continueRegularOutput' });

		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			failing.map((_, item) => ({ item })),
		);
		expect(jsonOf(outputs[0]).map(({ error }) => error)).toEqual(
			failing.map((_, index) =>
				index < 3
					? undefined
					: `MiniMax did not accept the API key [row ${index + 1}, item ${index} in n8n]`,
			),
		);
		expect(simulator.requests.length).toBeLessThanOrEqual(5);
	});

	it('stops the items that Batching holds back', async () => {
		const batch = { batchSize: 1, batchInterval: 300 };
		simulator.set({ fault: { code: 1004 } });
		const { outputs } = await runChat(simulator, {
			items: hellos(4),
			onError: 'continueRegularOutput',
			parameters: { requestOptions: { batching: { batch } } },
		});

		expect(jsonOf(outputs[0]).map(({ error }) => error)).toEqual(
			[0, 1, 2, 3].map(
				(index) => `MiniMax did not accept the API key [row ${index + 1}, item ${index} in n8n]`,
			),
		);
		expect(simulator.requests).toHaveLength(1);
	});

	it('comes when Batching has let all items in, as n8n does not listen before', async () => {
		const early = watchEarlyRejections();
		const batch = { batchSize: 1, batchInterval: 300 };
		simulator.set({ fault: { code: 1004 } });
		const result = await runChat(simulator, {
			items: hellos(4),
			parameters: { requestOptions: { batching: { batch } } },
		});

		expect(apiErrorOf(result)).toMatchObject({
			message:
				'MiniMax did not accept the API key [row 1, item 0 in n8n; 0 of 4 items had succeeded]',
			itemIndex: 0,
		});
		expect(simulator.requests).toHaveLength(1);
		expect(early).toEqual([]);
	});

	it('does not stop the items of another run', async () => {
		simulator.set({ latencyMs: 20 });
		const good = runChat(simulator, { items: hellos(6), options: { maxConcurrency: 1 } });
		const { error } = await runChat(simulator, setup);
		const { outputs } = await good;

		expect(error).toBeDefined();
		expect(jsonOf(outputs[0]).map(({ finishReason }) => finishReason)).toEqual(
			hellos(6).map(() => 'stop'),
		);
	});
});

describe('a failure that concerns one item only', () => {
	const items = [{ text: 'Hello\n#sim {"fault":{"code":1026}}' }, ...hellos(5)];
	const setup = { items, rows: textOfEachItem, options: { maxConcurrency: 1 } };

	it('lets the others be sent where the workflow continues', async () => {
		const { outputs } = await runChat(simulator, { ...setup, onError: 'continueErrorOutput' });

		expect(outputs.map((output) => output.length)).toEqual([5, 1]);
		expect(simulator.requests).toHaveLength(6);
	});

	it('stops the sending where it stops the workflow', async () => {
		const error = apiErrorOf(await runChat(simulator, setup));

		expect(error.message).toMatch(/ \[row 1, item 0 in n8n; 0 of 6 items had succeeded\]$/);
		expect(simulator.requests).toHaveLength(1);
	});
});

it('a request that is out when the workflow stops is waited for, and counted', async () => {
	const items = [
		{ text: 'Hello\n#sim {"fault":{"code":1004}}' },
		{ text: 'Hello\n#sim {"latencyMs":60}' },
	];
	const release = simulator.hold();
	const running = await startChat(simulator, { items, rows: textOfEachItem });
	await waitFor(() => simulator.inFlight() === 2);
	release();

	expect(apiErrorOf(await running.done).message).toContain('1 of 2 items had succeeded');
});

it('runs with the same key share a pace, another key has its own', async () => {
	simulator.set({ fault: { status: 429, retryAfter: 600 } });
	const sleep = jest.spyOn(clock, 'sleep');
	const refused = await startChat(simulator);
	// The pace knows of the refusal.
	await waitFor(() => sleep.mock.calls.some(([ms]) => ms > 500_000));
	sleep.mockRestore();
	simulator.set({ fault: null });
	const waiting = await startChat(simulator);
	const { outputs } = await runChat(simulator, { apiKey: 'sk-other' });

	expect(outputs[0]).toHaveLength(1);
	expect(simulator.requests.map(({ headers }) => headers.authorization)).toEqual([
		'Bearer sk-simulator',
		'Bearer sk-other',
	]);
	refused.cancel();
	waiting.cancel();
	await Promise.all([refused.done, waiting.done]);
});
