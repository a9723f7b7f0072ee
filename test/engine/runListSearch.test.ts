import { runListSearch } from '../support/engine/runListSearch';
import { echoApi } from './echoApi';
import { Echo } from './echoNode';
import { startEchoServer } from './echoServer';

test('a list search asks the service with the node’s credential', async () => {
	const server = await startEchoServer();
	try {
		const found = await runListSearch({
			nodeType: Echo,
			method: 'searchWords',
			filter: 'alp',
			credentials: { echoApi: { apiKey: 'secret-key', baseUrl: server.baseUrl } },
			credentialTypes: [echoApi],
		});

		expect(found).toEqual({ results: [{ name: 'alpha', value: 'alpha' }] });
		expect(server.received[0]?.headers.authorization).toBe('Bearer secret-key');
	} finally {
		await server.close();
	}
});
