import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { apiErrorOf, jsonOf, runChat } from '../support/runChat';
import { waitFor } from '../support/waitFor';

let simulator: Simulator;
const servers: Server[] = [];

beforeEach(async () => {
	simulator = await startSimulator();
});
afterEach(async () => {
	await simulator.close();
	for (const server of servers.splice(0)) {
		server.close();
		server.closeAllConnections();
	}
});

async function listen(server: Server): Promise<string> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const once = { maxRetries: 0 };
const raiseTimeout = expect.stringContaining("Raise 'Timeout' under Request Options");

describe('redirects', () => {
	it.each([301, 302, 303, 307, 308])('of HTTP %i never take the key along', async (status) => {
		const seen: unknown[] = [];
		const target = await listen(
			createServer((request, response) => {
				seen.push(request.headers);
				response.end('{}');
			}),
		);
		const redirecting = await listen(
			createServer((_request, response) => {
				response.writeHead(status, { Location: `${target}/v1/chat/completions` }).end();
			}),
		);
		const result = await runChat(simulator, { baseUrl: `${redirecting}/v1`, options: once });

		expect(apiErrorOf(result)).toMatchObject({
			message: "The server behind 'Base URL' redirects to another address",
			httpCode: String(status),
		});
		expect(seen).toEqual([]);
	});
});

describe('a timeout names the setting', () => {
	// Long enough for the reply to begin on a busy machine.
	const parameters = { requestOptions: { timeout: 2000 } };

	it.each(['auto', 'off'])('before the reply begins, Streaming %s', async (streaming) => {
		simulator.set({ fault: { connection: 'hang' } });
		const error = apiErrorOf(await runChat(simulator, { parameters, options: { streaming } }));

		expect(error).toMatchObject({
			message: "No complete reply came from the server behind 'Base URL' in time",
			description: raiseTimeout,
			engineCause: 'temporarily-unavailable',
		});
		// It may have been answered and paid for.
		expect(simulator.requests).toHaveLength(1);
	});

	it('in the middle of a stream, and keeps what had arrived', async () => {
		const fault = { stream: 'stall', afterChunks: 3 } as const;
		simulator.set({ fault, reply: 'Oslo, Bergen, Bodø', chunkCharacters: 4, reasoning: 'none' });
		const error = apiErrorOf(await runChat(simulator, { parameters, options: once }));

		expect(error).toMatchObject({
			message: "The server behind 'Base URL' sent nothing for 2 seconds",
			description: raiseTimeout,
			data: { partial: { content: 'Oslo, Bergen' } },
		});
		await waitFor(() => simulator.requests[0]?.closedByClient === true);
	});

	it('in the middle of a whole reply', async () => {
		simulator.set({ fault: { stream: 'stall' } });
		const options = { ...once, streaming: 'off' };

		expect(apiErrorOf(await runChat(simulator, { parameters, options }))).toMatchObject({
			description: raiseTimeout,
		});
		await waitFor(() => simulator.requests[0]?.closedByClient === true);
	});

	it('a long answer does not hit it as long as something comes', async () => {
		simulator.set({
			reasoningText: 'thinking '.repeat(60),
			chunkCharacters: 9,
			tokensPerSecond: 40,
		});
		const { outputs } = await runChat(simulator, { parameters });
		const [{ at = 0, closedAt = 0 } = {}] = simulator.requests;

		expect(jsonOf(outputs[0])).toMatchObject([{ finishReason: 'stop' }]);
		expect(closedAt - at).toBeGreaterThan(2000);
	});
});

describe('nobody at the address', () => {
	it('a refused connection', async () => {
		const baseUrl = 'http://127.0.0.1:1/v1';

		expect(apiErrorOf(await runChat(simulator, { baseUrl, options: once }))).toMatchObject({
			message: "No connection to the server behind 'Base URL' could be made",
			description: expect.stringContaining("Check 'Base URL' in the credential"),
			itemIndex: 0,
		});
	});

	it('a name that does not exist', async () => {
		const baseUrl = 'http://minimax.invalid/v1';

		expect(apiErrorOf(await runChat(simulator, { baseUrl, options: once }))).toMatchObject({
			message: "The network address of the server behind 'Base URL' could not be looked up",
			itemIndex: 0,
		});
	});

	it('no TLS where https was asked for', async () => {
		const baseUrl = simulator.url.replace('http:', 'https:');

		expect(apiErrorOf(await runChat(simulator, { baseUrl, options: once }))).toMatchObject({
			message: "No secure connection to the server behind 'Base URL' could be made",
		});
	});
});

it.each([
	['international', 'api.minimax.io:443'],
	['china', 'api.minimax.cn:443'],
])('the region %s leads to %s', async (region, host) => {
	const asked: unknown[] = [];
	const server = createServer();
	server.on('connect', (request, socket) => {
		asked.push(request.url);
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	const proxy = await listen(server);
	await runChat(simulator, {
		credentials: { miniMaxPlatformApi: { apiKey: 'sk-simulator', region } },
		parameters: { requestOptions: { proxy } },
		options: once,
	});

	expect(asked).toEqual([host]);
});
