import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MiniMaxPlatformApi } from '../../credentials/MiniMaxPlatformApi.credentials';
import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';
import { KNOWN_MODELS } from '../../nodes/minimax/models';
import { runListSearch } from '../support/engine/runListSearch';
import { waitFor } from '../support/waitFor';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
});
afterEach(async () => await simulator.close());

const knownIds = KNOWN_MODELS.map(({ id }) => id);

/** A server that answers every request with this body. */
async function withList(
	body: string,
	work: (baseUrl: string) => Promise<void>,
	delayMs = 0,
): Promise<void> {
	const server = createServer((_request, response) => {
		setTimeout(
			() => response.setHeader('Content-Type', 'application/json').end(body),
			delayMs,
		).unref();
	});
	await serve(server, work);
}

async function serve<T>(server: Server, work: (baseUrl: string) => Promise<T>): Promise<T> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		return await work(`http://127.0.0.1:${port}/v1`);
	} finally {
		server.close();
		server.closeAllConnections();
	}
}

interface Search {
	filter?: string;
	/** The value of the field. */
	chosen?: string;
	/** Fields of the credential. */
	[name: string]: unknown;
}

async function listModels({ filter, chosen = 'MiniMax-M3', ...credential }: Search) {
	return (await listEntries({ filter, chosen, ...credential })).map(({ value }) => value);
}

/** On a busy machine the API may answer later than the known models wait for it. */
async function listUntil(id: string, search: Search): Promise<unknown[]> {
	const listed = await listModels(search);
	return listed.includes(id) ? listed : await listUntil(id, search);
}

async function listEntries({ filter, chosen = 'MiniMax-M3', ...credential }: Search) {
	const { results } = await runListSearch({
		nodeType: MiniMaxChat,
		method: 'searchModels',
		filter,
		parameters: { model: { __rl: true, mode: 'list', value: chosen } },
		credentialTypes: [new MiniMaxPlatformApi()],
		credentials: {
			miniMaxPlatformApi: {
				apiKey: 'sk-simulator',
				region: 'custom',
				baseUrl: simulator.url,
				...credential,
			},
		},
	});
	return results;
}

it('lists the known models once, whatever of them the API lists', async () => {
	expect(await listModels({})).toEqual(knownIds);
	// On a busy machine they may be there before the API has been asked.
	await waitFor(() => simulator.requests.length > 0);
	expect(simulator.requests).toMatchObject([
		{ method: 'GET', path: '/v1/models', headers: { authorization: 'Bearer sk-simulator' } },
	]);
});

it('adds what only the API lists', async () => {
	simulator.set({ mode: 'vllm', models: ['acme/Our-Tune', 'minimax-m2.7'] });

	expect(await listUntil('acme/Our-Tune', {})).toEqual([...knownIds, 'acme/Our-Tune']);
});

it('says in the name what a model is, as n8n shows no description', async () => {
	expect(await listEntries({ filter: 'M3' })).toEqual([
		{
			name: 'MiniMax-M3.1-Flash – 1M context, sees images, always thinks',
			value: 'MiniMax-M3.1-Flash',
		},
		{
			name: 'MiniMax-M3.1-Flash-Preview – now served by M3.1-Flash',
			value: 'MiniMax-M3.1-Flash-Preview',
		},
		{ name: 'MiniMax-M3 – 1M context, sees images', value: 'MiniMax-M3' },
	]);
	expect(await listEntries({ filter: 'retired' })).toEqual(
		['MiniMax-M2.7', 'MiniMax-M2.7-highspeed', 'MiniMax-M2.5', 'MiniMax-M2.5-highspeed'].map(
			(value) => ({
				name: `${value} – retired for new users in Nov 2026`,
				value,
			}),
		),
	);
});

it('puts the newest first, also when only the API knows it', async () => {
	const [first, second] = [Date.UTC(2027, 0, 10), Date.UTC(2026, 8, 1)].map((ms) => ms / 1000);
	const data = [
		{ id: 'acme/Undated' },
		{ id: 'MiniMax-M3.5', created: second },
		{ id: 'MiniMax-M4', created: first },
	];
	await withList(JSON.stringify({ data }), async (baseUrl) => {
		expect(await listUntil('MiniMax-M4', { baseUrl })).toEqual([
			'MiniMax-M4',
			'MiniMax-M3.1-Flash',
			'MiniMax-M3.1-Flash-Preview',
			'MiniMax-M3.5',
			...knownIds.slice(2),
			'acme/Undated',
		]);
	});
});

it('keeps the chosen model in the list, so that another credential does not empty the field', async () => {
	expect(await listModels({ chosen: 'acme/Our-Tune' })).toEqual([...knownIds, 'acme/Our-Tune']);
	expect(await listModels({ chosen: 'acme/Our-Tune', apiKey: 'sk-wrong' })).toEqual([
		...knownIds,
		'acme/Our-Tune',
	]);
	expect(await listModels({ chosen: '' })).toEqual(knownIds);
	expect(await listModels({ chosen: 'acme/Our-Tune', filter: 'her' })).toEqual(['M2-her']);
});

describe('when the API takes its time', () => {
	it('the known models do not wait for it', async () => {
		let givenUp = 0;
		const silent = createServer((_request, response) => response.on('close', () => (givenUp += 1)));
		await serve(silent, async (baseUrl) => {
			expect(await listModels({ baseUrl })).toEqual(knownIds);
			// They wait for 0.7 s; the request itself is given up after 10.
			expect(givenUp).toBe(0);
		});
	});

	it('a search that needs its list waits for it', async () => {
		const data = [{ id: 'acme/Our-Tune' }];
		await withList(
			JSON.stringify({ data }),
			async (baseUrl) => {
				expect(await listModels({ baseUrl, filter: 'our' })).toEqual(['acme/Our-Tune']);
			},
			1_000,
		);
	});
});

it.each([
	['is longer than any list', `{"data":[{"id":"acme/Our-Tune"},"${'x'.repeat(5 * 1024 * 1024)}"]}`],
	[
		'is nested too deeply',
		`{"data":[{"id":"acme/Our-Tune"},${'['.repeat(5000)}${']'.repeat(5000)}]}`,
	],
	['is no JSON', '<html>acme/Our-Tune</html>'],
])('a list that %s is none', async (_, body) => {
	await withList(body, async (baseUrl) => {
		expect(await listModels({ baseUrl })).toEqual(knownIds);
		await expect(listModels({ baseUrl, filter: 'our-tune' })).rejects.toMatchObject({
			name: 'NodeOperationError',
		});
	});
});

it.each([
	['HighSpeed', knownIds.filter((id) => id.includes('highspeed'))],
	[' M3.1 ', knownIds.filter((id) => id.includes('M3.1'))],
	['HER', ['M2-her']],
	['OUR-TUNE', ['acme/Our-Tune']],
	['gpt', []],
])('filters by %s in any case', async (filter, ids) => {
	simulator.set({ mode: 'vllm', models: ['acme/Our-Tune'] });

	expect(await listModels({ filter })).toEqual(ids);
});

it('takes whatever stands in the list', async () => {
	const data = [
		{ id: ' acme/Our-Tune ' },
		{ id: 'ACME/our-tune' },
		{ id: 'minimax-M2.7' },
		{ id: 7 },
		{ id: { name: 'x' } },
		{ id: '' },
		{ id: null },
		{},
		null,
		'text',
		{ id: 'acme/Other' },
	];
	await withList(JSON.stringify({ data }), async (baseUrl) => {
		expect(await listUntil('acme/Other', { baseUrl })).toEqual([
			...knownIds,
			'acme/Our-Tune',
			'acme/Other',
		]);
	});
});

describe.each([
	['a wrong key', { apiKey: 'sk-wrong' }],
	['no key', { apiKey: '' }],
	['nobody at the address', { baseUrl: 'http://127.0.0.1:1/v1' }],
	['a base URL that is none', { baseUrl: 'minimax' }],
])('with %s', (_, credential) => {
	it('shows the known models, and nothing else to choose', async () => {
		expect(await listModels(credential)).toEqual(knownIds);
	});

	it('finds known models', async () => {
		expect(await listModels({ ...credential, filter: 'her' })).toEqual(['M2-her']);
	});

	it('says why it finds no other', async () => {
		await expect(listModels({ ...credential, filter: 'our-tune' })).rejects.toMatchObject({
			name: 'NodeOperationError',
			message:
				"No known model matches, and the API listed none for this credential. Check the credential 'My miniMaxPlatformApi', or choose By ID and enter the model's ID.",
		});
	});
});
