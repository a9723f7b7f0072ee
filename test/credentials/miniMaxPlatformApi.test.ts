import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MiniMaxPlatformApi } from '../../credentials/MiniMaxPlatformApi.credentials';
import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import { baseUrlFor } from '../../nodes/minimax/request/normalizeBaseUrl';
import { readAccess } from '../../nodes/n8n/readAccess';
import { evaluate } from '../support/engine/evaluate';
import { runCredentialTest } from '../support/engine/runCredentialTest';
import { StoredCredentials } from '../../dev/engine/storedCredentials.ts';

const credentialType = new MiniMaxPlatformApi();
let simulator: Simulator;
let server: Server;
/** What the server below answers with. */
let reply: { status: number; type: string; body: string };
let replyUrl: string;

beforeAll(async () => {
	simulator = await startSimulator();
	server = createServer((_request, response) => {
		response.writeHead(reply.status, { 'Content-Type': reply.type }).end(reply.body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	replyUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(() => simulator.reset());
afterAll(async () => {
	await simulator.close();
	server.close();
	server.closeAllConnections();
});

async function press(data: ICredentialDataDecryptedObject) {
	const apiKey = 'sk-simulator';
	return await runCredentialTest({
		credentialType,
		data: { apiKey, region: 'custom', baseUrl: simulator.url, ...data },
	});
}

async function pressAgainst(status: number, body: unknown) {
	const isJson = typeof body !== 'string';
	reply = {
		status,
		type: isJson ? 'application/json' : 'text/html',
		body: isJson ? JSON.stringify(body) : body,
	};
	return await press({ baseUrl: replyUrl });
}

/** Ways in which people paste a key. */
const pastedKeys = [
	'sk-simulator',
	' sk-simulator\n',
	'Bearer sk-simulator',
	'bearer  sk-simu\r\nlator ',
	'"sk-simulator"',
	'“Bearer sk-simulator”',
	'Authorization: Bearer sk-simulator',
	'Authorization: "Bearer: sk-simulator"',
	'Authorization=Bearer sk-simulator',
	'sk-simulator;',
	'\ufeffsk-\u200bsimulator\u202c',
];

const refused =
	'This API key was not accepted. Check that it is copied whole and that Region is the platform it was created on: keys of International and Mainland China are not interchangeable.';
const noBalance =
	'The key is right, but the account has no balance left. Top it up on the MiniMax platform.';
const noRate =
	'The key is right, but its rate limit is used up at the moment. Try again in a minute.';
const noPlan =
	'The key is right, but the usage of its plan is exhausted. Wait for its next window or raise the plan.';
const noModels =
	'The server answered, but not with a list of models. Check the API Key, the Region and, for Custom, that the Base URL ends in the version, e.g. /v1.';

describe('the test', () => {
	it('passes with a key that works, and spends no tokens', async () => {
		expect(await press({})).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(simulator.requests).toMatchObject([
			{ method: 'GET', path: '/v1/models', headers: { authorization: 'Bearer sk-simulator' } },
		]);
	});

	it.each([
		['%s'],
		[' %s// \n'],
		['%s/chat/completions'],
		['%s/chat/completions/'],
		['%s//Chat/Completions//'],
		['"%s/"'],
		[' “%s/chat/completions”\n'],
		["'%s'"],
	])('takes the base URL pasted as %j, as the nodes do', async (pasted) => {
		const baseUrl = pasted.replace('%s', simulator.url);

		expect(baseUrlFor({ region: 'custom', baseUrl })).toBe(simulator.url);
		expect(await press({ baseUrl })).toMatchObject({ status: 'OK' });
		expect(simulator.requests[0]?.path).toBe('/v1/models');
	});

	it.each([
		[''],
		['127.0.0.1/v1'],
		['%s?key=1'],
		['%s#top'],
		['http://user:word@127.0.0.1/v1'],
		['http://a b/v1'],
	])('fails with the base URL %j, which the nodes refuse', async (pasted) => {
		const baseUrl = pasted.replace('%s', simulator.url);

		expect(() => baseUrlFor({ region: 'custom', baseUrl })).toThrow(InvalidInput);
		expect(await press({ baseUrl })).toMatchObject({ status: 'Error' });
	});

	it('fails with a base URL of any length which the nodes refuse', async () => {
		const baseUrl = simulator.url.padEnd(50_000, '/');

		expect(() => baseUrlFor({ region: 'custom', baseUrl })).toThrow(InvalidInput);
		expect(await press({ baseUrl })).toMatchObject({ status: 'Error' });
	});

	it.each(pastedKeys)('takes the key pasted as %j', async (apiKey) => {
		expect(await press({ apiKey })).toMatchObject({ status: 'OK' });
		expect(simulator.requests[0]?.headers.authorization).toBe('Bearer sk-simulator');
	});

	it('has a masked key refused by the API', async () => {
		expect(await press({ apiKey: 'sk-simu••••' })).toEqual({ status: 'Error', message: refused });
	});

	it('fails with a wrong key, and names key and region', async () => {
		expect(await press({ apiKey: 'sk-wrong' })).toEqual({
			status: 'Error',
			message: refused,
		});
	});

	it.each([
		[1004, refused],
		[2049, refused],
		[1008, noBalance],
		[1002, noRate],
		[2056, noPlan],
		[
			2061,
			'The key is right, but its plan does not include this API. Use a pay-as-you-go key or raise the plan.',
		],
		[1000, noModels],
	])('fails with HTTP 200 and base_resp %i', async (code, message) => {
		const body = { base_resp: { status_code: code, status_msg: 'no' } };

		expect(await pressAgainst(200, body)).toEqual({ status: 'Error', message });
	});

	it.each([
		// LiteLLM, vLLM and gateways like OpenAI's and OpenRouter's.
		[401, { error: { code: 401, message: 'No' } }, refused],
		[401, { error: { code: '401', message: 'No' } }, refused],
		[401, { error: { code: 'invalid_api_key', message: 'No' } }, refused],
		[401, { error: 'Unauthorized' }, refused],
		[401, { error: { http_code: '401', message: 'login fail (1004)' } }, refused],
		[402, { error: { http_code: '402' } }, noBalance],
		[429, { error: { http_code: '429' } }, noRate],
		// What comes first is said: a refused key before anything else.
		[200, { error: { http_code: '401' }, base_resp: { status_code: 1008 } }, refused],
		[200, { error: { http_code: '402' }, base_resp: { status_code: 1002 } }, noBalance],
		[200, { data: [{ id: 'a' }], base_resp: { status_code: 2056 } }, noPlan],
		[200, { data: [] }, noModels],
		[200, { data: [{ name: 'a' }] }, noModels],
		[403, { error: { code: 403, message: 'No' } }, noModels],
		[500, { error: 'Internal' }, noModels],
		[200, '<html><title>Welcome</title></html>', noModels],
		[502, '<html><title>Bad Gateway</title></html>', noModels],
		[200, '', noModels],
		[200, {}, noModels],
		[404, { detail: 'Not Found' }, noModels],
	])('fails with HTTP %i and %j', async (status, body, message) => {
		expect(await pressAgainst(status, body)).toEqual({ status: 'Error', message });
	});

	it('fails where nobody listens', async () => {
		expect(await press({ baseUrl: 'http://127.0.0.1:1/v1' })).toEqual({
			status: 'Error',
			message: 'ECONNREFUSED',
		});
	});

	it('does not follow a redirect with the key', async () => {
		const { port } = server.address() as AddressInfo;
		reply = { status: 200, type: 'application/json', body: '{"data":[{"id":"a"}]}' };
		const redirecting = createServer((_request, response) => {
			response.writeHead(302, { Location: `http://127.0.0.1:${port}/v1/models` }).end();
		});
		await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
		const { port: from } = redirecting.address() as AddressInfo;
		const result = await press({ baseUrl: `http://127.0.0.1:${from}/v1` });
		redirecting.close();
		redirecting.closeAllConnections();

		expect(result.status).toBe('Error');
	});
});

describe('the address of the test, which n8n evaluates', () => {
	const custom = (baseUrl: string) => ({ region: 'custom', baseUrl });

	it.each<[{ region?: string; baseUrl?: string }, string]>([
		[{}, 'https://api.minimax.io/v1'],
		[{ region: 'international' }, 'https://api.minimax.io/v1'],
		[{ region: 'china', baseUrl: 'http://ignored.example' }, 'https://api.minimax.cn/v1'],
		[custom('https://api.minimax.io'), 'https://api.minimax.io/v1'],
		[custom('https://api-uw.minimax.io/'), 'https://api-uw.minimax.io/v1'],
		[custom(' https://api.minimax.cn/v1///\n'), 'https://api.minimax.cn/v1'],
		[custom('https://api.minimaxi.com/v1/chat/completions'), 'https://api.minimaxi.com/v1'],
		[custom('https://api.minimax.chat/chat/completions'), 'https://api.minimax.chat/v1'],
		[custom('https://minimax.io.example'), 'https://minimax.io.example'],
		[custom('https://notminimax.io'), 'https://notminimax.io'],
		[custom('https://gateway.example/'), 'https://gateway.example'],
		[custom('https://gateway.example/minimax/openai'), 'https://gateway.example/minimax/openai'],
		[custom('http://[::1]:8000/v1'), 'http://[::1]:8000/v1'],
		[custom('`https://api.minimax.io/`'), 'https://api.minimax.io/v1'],
	])('%j is that of the nodes: %s', async (credential, base) => {
		expect(baseUrlFor(credential)).toBe(base);
		expect(await evaluate(credentialType.test.request.baseURL, credential)).toBe(base);
	});
});

describe('the header', () => {
	const authenticate = async (data: ICredentialDataDecryptedObject, request: IHttpRequestOptions) =>
		await new StoredCredentials([credentialType], {}).authenticate(
			data,
			'miniMaxPlatformApi',
			request,
		);

	it.each(pastedKeys)(
		'is the same for nodes and test with the key pasted as %j',
		async (apiKey) => {
			const access = readAccess({ apiKey });

			for (const data of [{ apiKey }, access.credentialsDecrypted.data ?? {}]) {
				expect(await authenticate(data, { url: '', headers: { 'X-Other': 'kept' } })).toEqual({
					url: '',
					headers: { 'X-Other': 'kept', Authorization: `Bearer ${access.apiKey}` },
				});
			}
		},
	);

	it.each([
		[undefined, ''],
		[42, ''],
		['""', ''],
		['sk-•a\u0000b', 'sk-ab'],
	])('never fails: %j', async (apiKey, sent) => {
		const data = { apiKey } as ICredentialDataDecryptedObject;

		expect(await authenticate(data, { url: '' })).toEqual({
			url: '',
			headers: { Authorization: `Bearer ${sent}` },
		});
	});
});

describe('its fields', () => {
	it('have the names and defaults that saved credentials hold', () => {
		expect(credentialType).toMatchObject({
			name: 'miniMaxPlatformApi',
			displayName: 'MiniMax Platform API',
		});
		expect(
			credentialType.properties.map(({ name, type, default: value }) => [name, type, value]),
		).toEqual([
			['apiKey', 'string', ''],
			['region', 'options', 'international'],
			['baseUrl', 'string', ''],
		]);
		expect(credentialType.properties[0]).toMatchObject({
			typeOptions: { password: true },
			required: true,
		});
		expect(credentialType.properties[2]?.displayOptions).toEqual({ show: { region: ['custom'] } });
	});
});
