import { startSimulator, type Fault, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { clock } from '../../nodes/n8n/clock';
import { apiErrorOf, jsonOf, onlyItem, runChat, textOfEachItem } from '../support/runChat';

// A new one has a new address, and with it a pace that has learned nothing.
let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
	// The shortest backoffs: 250 ms before the first repetition.
	jest.spyOn(clock, 'random').mockReturnValue(0);
});
afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

const statuses = () => simulator.requests.map(({ status }) => status);

describe('is sent again until it succeeds:', () => {
	it.each<[string, Fault, number | null]>([
		['HTTP 500', { status: 500 }, 500],
		['HTTP 502 with HTML', { status: 502, body: 'html' }, 502],
		['HTTP 408', { status: 408, body: 'empty' }, 408],
		['a reset before the reply', { connection: 'reset' }, null],
		['code 1000', { code: 1000 }, 500],
		['code 1001', { code: 1001 }, 500],
		['code 1013', { code: 1013 }, 500],
		['code 1024', { code: 1024 }, 500],
		['code 1033 with HTTP 200', { baseResp: 1033 }, 200],
		['HTTP 429', { status: 429, body: 'empty' }, 429],
		['code 1002', { code: 1002 }, 429],
		['code 1002 with HTTP 200', { baseResp: 1002 }, 200],
		['code 1041', { code: 1041 }, 429],
		['code 2045', { code: 2045 }, 429],
		['code 2062', { code: 2062 }, 429],
		['HTTP 529, code 2064', { code: 2064 }, 529],
		['an error before any text of a stream', { stream: 'error', afterChunks: 0 }, 200],
	])('%s', async (_, fault, status) => {
		simulator.script({ fault });
		const item = onlyItem(await runChat(simulator));

		expect(item.content).toBe('Hello! How can I help you today?');
		expect(statuses()).toEqual([status, 200]);
		expect(new Set(simulator.requests.map(({ rawBody }) => rawBody)).size).toBe(1);
	});
});

describe('is sent once:', () => {
	it.each<[string, Fault]>([
		['bad key', { code: 1004 }],
		['unknown key', { code: 2049 }],
		['no balance', { code: 1008 }],
		['no balance, as HTTP 500', { status: 500, code: 1008 }],
		['no balance, as HTTP 200', { baseResp: 1008 }],
		['messages rejected', { code: 1026 }],
		['answer rejected', { code: 1027 }],
		['invalid parameters', { code: 2013 }],
		['plan used up', { code: 2056 }],
		['plan lacks the model', { code: 2061 }],
		['HTTP 403', { status: 403, body: 'empty' }],
		['HTTP 404', { status: 404, body: 'html' }],
	])('%s', async (_, fault) => {
		simulator.set({ fault });
		const { error } = await runChat(simulator);

		expect(error).toBeDefined();
		expect(simulator.requests).toHaveLength(1);
	});
});

it('Max Retries is how often a fault is forgiven', async () => {
	simulator.set({ fault: { status: 500 } });
	// Text, as some expressions give.
	const error = apiErrorOf(await runChat(simulator, { options: { maxRetries: '1' } }));

	expect(error.message).toBe('MiniMax reported an internal fault');
	expect(error.description).toContain('The request was sent 2 times.');
	expect(error.data).toMatchObject({ attempts: 2 });
	expect(simulator.requests).toHaveLength(2);
});

it('one item that loses every connection is no outage of the API, and ends by Max Retries', async () => {
	const lost = 'Hello\n#sim {"fault":{"connection":"reset"}}';
	const { outputs } = await runChat(simulator, {
		items: [{ text: 'Hello' }, { text: lost }],
		rows: textOfEachItem,
		options: { maxRetries: 3 },
		onError: 'continueRegularOutput',
	});

	expect(jsonOf(outputs[0])).toMatchObject([
		{ finishReason: 'stop' },
		{ details: { attempts: 4 } },
	]);
});

it('an error item says how often it was tried', async () => {
	simulator.set({ fault: { connection: 'reset' } });
	const { outputs } = await runChat(simulator, {
		options: { maxRetries: 1 },
		onError: 'continueRegularOutput',
	});

	expect(jsonOf(outputs[0])).toMatchObject([{ details: { attempts: 2 } }]);
});

it('refusals for the rate do not use up Max Retries', async () => {
	simulator.set({ fault: { code: 1002, times: 3 } });
	const item = onlyItem(await runChat(simulator, { options: { maxRetries: 0 } }));

	expect(item.finishReason).toBe('stop');
	expect(statuses()).toEqual([429, 429, 429, 200]);
});

it('nobody sends while the API says wait, and Retry-After is kept to', async () => {
	simulator.set({ fault: { status: 429, retryAfter: 1, times: 1 } });
	const items = ['Hello', 'Hi', 'Hey'].map((text) => ({ text }));
	// One at a time: what was sent beside the refused one could not know of it.
	const options = { maxConcurrency: 1 };
	const { outputs } = await runChat(simulator, { items, rows: textOfEachItem, options });
	const [refused, ...others] = simulator.requests;

	expect(outputs[0]).toHaveLength(3);
	expect(others).toHaveLength(3);
	for (const { at } of others) expect(at - (refused?.at ?? 0)).toBeGreaterThanOrEqual(1000);
});

it('gives up on a rate limit after half an hour without any success', async () => {
	let passed = 0;
	jest.spyOn(clock, 'now').mockImplementation(() => {
		if (simulator.requests.length >= 2) passed = 31 * 60_000;
		return Date.now() + passed;
	});
	simulator.set({ fault: { code: 1002 } });

	expect(apiErrorOf(await runChat(simulator))).toMatchObject({
		message: 'MiniMax received more requests or tokens a minute than this account may send',
		engineCause: 'rate-limited',
	});
	expect(simulator.requests.length).toBeLessThan(5);
});

it('all of 60 items succeed under a rate limit and random faults', async () => {
	simulator.set({
		rateLimit: { kind: 'fixed', requests: 30, windowMs: 300 },
		faultRates: { status500: 0.05, reset: 0.02, status529: 0.01 },
	});
	const items = Array.from({ length: 60 }, (_, index) => ({
		text: `Say so.\n#sim {"reply":"${index}"}`,
	}));
	const { outputs, error } = await runChat(simulator, { items, rows: textOfEachItem });

	expect(error).toBeUndefined();
	expect(jsonOf(outputs[0]).map(({ content }) => content)).toEqual(
		items.map((_, index) => String(index)),
	);
});
