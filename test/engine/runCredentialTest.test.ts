import { runCredentialTest } from '../support/engine/runCredentialTest';
import { echoApi } from './echoApi';
import { Echo } from './echoNode';
import { startEchoServer, type EchoServer } from './echoServer';

let server: EchoServer;

beforeEach(async () => {
	server = await startEchoServer();
});

afterEach(async () => await server.close());

const press = async (apiKey: string, baseUrl = server.baseUrl) =>
	await runCredentialTest({ credentialType: echoApi, data: { apiKey, baseUrl } });

test('a request that is accepted', async () => {
	expect(await press('secret-key')).toEqual({
		status: 'OK',
		message: 'Connection successful!',
	});
	expect(server.received[0]?.headers.authorization).toBe('Bearer secret-key');
});

test('a request that is refused shows what HTTP says', async () => {
	expect(await press('wrong-key')).toEqual({ status: 'Error', message: 'Unauthorized' });
});

test('a rule recognises a refusal inside of a 200', async () => {
	expect(await press('poor-key')).toEqual({
		status: 'Error',
		message: 'The balance is used up',
	});
});

test('an address where nobody listens', async () => {
	expect(await press('secret-key', 'http://127.0.0.1:1')).toEqual({
		status: 'Error',
		message: 'ECONNREFUSED',
	});
});

test('a node’s own method tests types that have no request', async () => {
	class Tested extends Echo {
		constructor() {
			super();
			this.description.credentials = [{ name: 'echoApi', testedBy: 'askService' }];
			this.methods = {
				credentialTest: {
					async askService({ data }) {
						const uri = `${String(data?.baseUrl)}/words`;
						const words: string[] = await this.helpers.request({ uri, json: true });
						return { status: 'OK', message: words.join() };
					},
				},
			};
		}
	}
	const credentialType = { ...echoApi, test: undefined };
	const data = { apiKey: 'secret-key', baseUrl: server.baseUrl };

	expect(await runCredentialTest({ credentialType, data, nodeType: Tested })).toEqual({
		status: 'OK',
		message: 'alpha,beta',
	});
});
