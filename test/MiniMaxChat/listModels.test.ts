import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MiniMaxPlatformApi } from '../../credentials/MiniMaxPlatformApi.credentials';
import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';
import { KNOWN_MODELS } from '../../nodes/minimax/models';
import { runListSearch } from '../support/engine/runListSearch';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
});
afterEach(async () => await simulator.close());

const knownIds = KNOWN_MODELS.map(({ id }) => id);

async function listModels({ filter, ...credential }: { filter?: string; [name: string]: unknown }) {
	const { results } = await runListSearch({
		nodeType: MiniMaxChat,
		method: 'searchModels',
		filter,
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
	return results.map(({ value }) => value);
}

it('lists the known models once, whatever of them the API lists', async () => {
	expect(await listModels({})).toEqual(knownIds);
	expect(simulator.requests).toMatchObject([
		{ method: 'GET', path: '/v1/models', headers: { authorization: 'Bearer sk-simulator' } },
	]);
});

it('adds what only the API lists', async () => {
	simulator.set({ mode: 'vllm', models: ['acme/Our-Tune', 'minimax-m2.7'] });

	expect(await listModels({})).toEqual([...knownIds, 'acme/Our-Tune']);
});

it.each([
	['highspeed', knownIds.filter((id) => id.includes('highspeed'))],
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
	const server = createServer((_request, response) => {
		response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ data }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	try {
		expect(await listModels({ baseUrl: `http://127.0.0.1:${port}/v1` })).toEqual([
			...knownIds,
			'acme/Our-Tune',
			'acme/Other',
		]);
	} finally {
		server.close();
		server.closeAllConnections();
	}
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
				"No known model matches, and the API listed none for this credential. Check the credential 'MiniMax Platform API', or choose By ID and enter the model's ID.",
		});
	});
});
