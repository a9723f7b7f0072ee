import { NodeApiError, type ICredentialType } from 'n8n-workflow';
import { runNode, startNode, type NodeRun } from '../../dev/engine/runNode.ts';
import { waitFor } from '../support/waitFor';
import { echoApi } from './echoApi';
import { Echo } from './echoNode';
import { startEchoServer, type EchoServer } from './echoServer';

let server: EchoServer;

beforeEach(async () => {
	server = await startEchoServer();
});

afterEach(async () => await server.close());

function echo(setup: Partial<NodeRun> = {}): NodeRun {
	return {
		nodeType: Echo,
		parameters: { text: '={{ $json.word }}' },
		credentials: { echoApi: { apiKey: 'secret-key', baseUrl: server.baseUrl } },
		credentialTypes: [echoApi],
		...setup,
	};
}

test('one item: the request body, the authenticated header and the item', async () => {
	const { outputs, run, error } = await runNode(echo({ items: [{ word: 'hello' }] }));

	expect(error).toBeUndefined();
	expect(run.status).toBe('success');
	expect(server.received).toHaveLength(1);
	expect(server.received[0]?.body).toBe('{"text":"hello"}');
	expect(server.received[0]?.headers.authorization).toBe('Bearer secret-key');
	expect(outputs).toEqual([[{ json: { echoed: 'hello', code: 0 }, pairedItem: { item: 0 } }], []]);
});

test('thirty items keep their order and their pairedItem', async () => {
	const items = Array.from({ length: 30 }, (_, index) => ({ word: `word ${index}` }));
	const { outputs } = await runNode(echo({ items }));

	expect(server.received).toHaveLength(30);
	expect(outputs[0]).toEqual(
		items.map(({ word }, item) => ({ json: { echoed: word, code: 0 }, pairedItem: { item } })),
	);
});

test('expressions are evaluated, credentials and earlier nodes included', async () => {
	const next = [
		{ name: 'After', nodeType: Echo, parameters: { text: `={{ $('Items').item.json.word }}` } },
	];
	const parameters = { text: '={{ $json.word.toUpperCase() }} {{ 6 * 7 }}' };
	const { outputs, outputsOf } = await runNode(
		echo({ items: [{ word: 'a' }, { word: 'b' }], parameters, next }),
	);

	expect(outputs[0]?.map(({ json }) => json.echoed)).toEqual(['A 42', 'B 42']);
	expect(outputsOf('After')[0]?.map(({ json }) => json.echoed)).toEqual(['a', 'b']);
});

test('a credential as a function, with defaults and expressions in its fields', async () => {
	const authenticate: ICredentialType['authenticate'] = async (credentials, request) => {
		const headers = { ...request.headers, Authorization: `Bearer ${String(credentials.token)}` };
		return { ...request, headers };
	};
	const properties: ICredentialType['properties'] = [
		...echoApi.properties,
		{
			displayName: 'Token',
			name: 'token',
			type: 'hidden',
			default: '={{ $self.apiKey.trim() }}',
		},
	];
	const { outputs } = await runNode(
		echo({
			items: [{ word: 'hello' }],
			credentials: { echoApi: { apiKey: ' secret-key ', baseUrl: server.baseUrl } },
			credentialTypes: [{ ...echoApi, properties, authenticate }],
		}),
	);

	expect(server.received[0]?.headers.authorization).toBe('Bearer secret-key');
	expect(outputs[0]).toHaveLength(1);
});

describe('when the second of three items fails', () => {
	const items = [{ word: 'first' }, { word: 'fail' }, { word: 'third' }];

	test('stopWorkflow: the run ends with the node’s own error', async () => {
		const { outputs, error, run, saved } = await runNode(echo({ items, onError: 'stopWorkflow' }));

		expect(run.status).toBe('error');
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error?.context.itemIndex).toBe(1);
		expect(outputs).toEqual([[], []]);
		expect(saved).toContain('"fail"');
		expect(saved).not.toContain('secret-key');
	});

	test('continueRegularOutput: the failed item stands among the others', async () => {
		const { outputs, error } = await runNode(echo({ items, onError: 'continueRegularOutput' }));

		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ json }) => Object.keys(json))).toEqual([
			['echoed', 'code'],
			['error'],
			['echoed', 'code'],
		]);
		expect(outputs[1]).toEqual([]);
	});

	test('continueErrorOutput: the failed item leaves by the second output', async () => {
		const { outputs } = await runNode(echo({ items, onError: 'continueErrorOutput' }));

		expect(outputs[0]?.map(({ json }) => json.echoed)).toEqual(['first', 'third']);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(outputs[1]?.map(({ json }) => Object.keys(json))).toEqual([['error']]);
	});

	test('retryOnFail sends every item again', async () => {
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const { error } = await runNode(echo({ items, ...retry }));

		expect(error).toBeInstanceOf(NodeApiError);
		expect(server.received).toHaveLength(6);
	});
});

test('stop closes the socket within a second', async () => {
	const { done, cancel } = await startNode(
		echo({ items: [{ word: 'hang' }], parameters: { text: '={{ $json.word }}', stream: true } }),
	);
	await waitFor(() => server.hanging.length === 1);
	cancel();
	await waitFor(() => server.hanging[0]?.destroyed === true);

	const { run } = await done;
	expect(run.status).toBe('canceled');
});

test('chunks arrive while the reply is still coming in', async () => {
	const { chunks, outputs } = await runNode(
		echo({
			parameters: { text: 'pieces', stream: true },
			streaming: true,
			onChunk: ({ type }) => type === 'item' && server.pieces.emit('taken'),
		}),
	);

	expect(chunks.map(({ type, content }) => [type, content])).toEqual([
		['begin', undefined],
		['item', 'one'],
		['item', 'two'],
		['item', 'three'],
		['end', undefined],
	]);
	expect(chunks[0]?.metadata).toMatchObject({ nodeName: 'Node', itemIndex: 0, runIndex: 0 });
	expect(outputs[0]).toEqual([{ json: { text: 'onetwothree' }, pairedItem: { item: 0 } }]);
});

test('nothing is streamed when the trigger does not ask for it', async () => {
	const { chunks, outputs } = await runNode(echo({ parameters: { text: 'whole', stream: true } }));

	expect(chunks).toEqual([]);
	expect(outputs[0]?.[0]?.json).toEqual({ text: '{"echoed":"whole","code":0}' });
});

test('a cut reply reaches the node as an Error, as it does outside of jest', async () => {
	const { error } = await runNode(echo({ parameters: { text: 'cut', stream: true } }));

	expect(error).toBeInstanceOf(NodeApiError);
	expect(error?.cause).toBeInstanceOf(Error);
	expect(error?.cause).toMatchObject({ message: 'aborted', code: 'ECONNRESET' });
});
