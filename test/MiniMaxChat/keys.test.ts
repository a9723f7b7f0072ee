import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { StoredCredentials } from '../../dev/engine/storedCredentials.ts';
import { apiErrorOf, jsonOf, runChat, startChat, textOfEachItem } from '../support/runChat';
import { waitFor } from '../support/waitFor';

const tenants = ['sk-tenant-a-1111111111', 'sk-tenant-b-2222222222'] as const;
const [keyA, keyB] = tenants;

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ apiKeys: [...tenants, 'sk-simulator'] });
});
afterEach(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

const keyOfEachItem = { apiKey: '={{ $json.key }}', rows: textOfEachItem };
const sentKeys = () => simulator.requests.map(({ headers }) => headers.authorization);

it('sends each row with its own key where the credential holds an expression', async () => {
	const { outputs } = await runChat(simulator, {
		...keyOfEachItem,
		items: [
			{ key: keyA, text: 'a' },
			{ key: keyB, text: 'b' },
			{ key: keyA, text: 'c' },
		],
		options: { maxConcurrency: 1 },
	});

	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2].map((item) => ({ item })),
	);
	expect(sentKeys().sort()).toEqual([keyA, keyA, keyB].map((key) => `Bearer ${key}`));
	expect(
		simulator.requests.map(({ headers, body }) => [
			headers.authorization,
			JSON.stringify(body).includes('"content":"b"'),
		]),
	).toEqual(
		expect.arrayContaining([
			[`Bearer ${keyA}`, false],
			[`Bearer ${keyB}`, true],
		]),
	);
});

it('sends each row to its own address', async () => {
	const other = await startSimulator({ apiKeys: ['sk-simulator'] });
	try {
		await runChat(simulator, {
			baseUrl: '={{ $json.url }}',
			rows: textOfEachItem,
			items: [
				{ url: simulator.url, text: 'a' },
				{ url: other.url, text: 'b' },
			],
		});
		expect([simulator.requests.length, other.requests.length]).toEqual([1, 1]);
	} finally {
		await other.close();
	}
});

it('holds up no row whose key is not the one that is refused for its rate', async () => {
	simulator.set({ fault: { status: 429, retryAfter: 60 } });
	const running = await startChat(simulator, {
		...keyOfEachItem,
		items: [
			{ key: keyA, text: 'a' },
			{ key: keyB, text: 'b' },
		],
	});
	await waitFor(() => simulator.requests.length === 2);
	expect(sentKeys().sort()).toEqual(tenants.map((key) => `Bearer ${key}`));
	running.cancel();
	await running.done;
});

describe('a key that is not accepted', () => {
	const wrong = 'sk-wrong-3333333333333';
	const items = [
		{ key: wrong, text: 'a' },
		...Array.from({ length: 6 }, () => ({ key: wrong, text: 'b' })),
		{ key: keyB, text: 'c' },
		{ key: keyB, text: 'd' },
	];
	const setup = { ...keyOfEachItem, items, options: { maxConcurrency: 1 } };

	it('ends its own rows only, where the workflow continues', async () => {
		const { outputs } = await runChat(simulator, { ...setup, onError: 'continueErrorOutput' });

		expect(outputs.map((output) => output.length)).toEqual([2, 7]);
		expect(jsonOf(outputs[1]).map(({ error }) => error)).toEqual(
			[0, 1, 2, 3, 4, 5, 6].map(
				(index) => `MiniMax does not know this API key [row ${index + 1}, item ${index} in n8n]`,
			),
		);
		expect(sentKeys().filter((key) => key === `Bearer ${wrong}`)).toHaveLength(1);
	});

	it('ends them all, where it stops the workflow', async () => {
		simulator.set({ latencyMs: 20 });
		const many = Array.from({ length: 30 }, () => ({ key: keyB, text: 'c' }));
		const error = apiErrorOf(
			await runChat(simulator, { ...setup, items: [{ key: wrong, text: 'a' }, ...many] }),
		);

		expect(error.itemIndex).toBe(0);
		expect(simulator.requests.length).toBeLessThanOrEqual(3);
	});
});

it('reads a credential without expressions once, however many the rows', async () => {
	const getDecrypted = jest.spyOn(StoredCredentials.prototype, 'getDecrypted');
	const countReadings = async (count: number): Promise<number> => {
		getDecrypted.mockClear();
		await runChat(simulator, { items: Array.from({ length: count }, () => ({})) });
		return getDecrypted.mock.calls.length;
	};

	expect(await countReadings(12)).toBe(await countReadings(1));
});

it('reads it for each row where n8n does not let the stored credential be read', async () => {
	const { getDecrypted } = StoredCredentials.prototype;
	jest.spyOn(StoredCredentials.prototype, 'getDecrypted').mockImplementation(async function (
		this: StoredCredentials,
		...given
	) {
		if (given[5] === true) throw new Error('Not to be read');
		return await getDecrypted.apply(this, given);
	});
	await runChat(simulator, {
		...keyOfEachItem,
		items: [
			{ key: keyA, text: 'a' },
			{ key: keyB, text: 'b' },
		],
	});
	expect(sentKeys().sort()).toEqual(tenants.map((key) => `Bearer ${key}`));
});

it('refuses only the row whose key comes out empty, where the workflow continues', async () => {
	const items = [
		{ key: keyA, text: 'a' },
		{ key: '', text: 'b' },
	];
	const { outputs } = await runChat(simulator, {
		...keyOfEachItem,
		items,
		onError: 'continueErrorOutput',
	});
	expect(outputs.map((output) => output.length)).toEqual([1, 1]);
	expect(sentKeys()).toEqual([`Bearer ${keyA}`]);
});
