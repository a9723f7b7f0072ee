import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readNodeItems } from '../../dev/n8n/readNodeItems.ts';
import {
	buildWorkflow,
	chat,
	chatName,
	edit,
	items,
	startByHand,
	startName,
} from './buildWorkflow.ts';
import { apiKey } from './openScene.ts';
import type { Suite } from './suite.ts';

/** Where the key goes, and that texts from items stay texts. */
const suite: Suite = {
	title: 'Secrets and expressions',
	async run(stage, check) {
		const scene = await stage.openScene('secrets', {
			env: { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console' },
		});
		const { user, simulator, credential } = scene;

		await check('text that looks like an expression goes through as it is, both ways', async () => {
			const texts = [
				'{{ 1+1 }}',
				'={{ $env.HOME }}',
				'=Hello {{ $json.text }}',
				'={{ 2 }} and ${3}',
			];
			simulator.script(...texts.map((reply) => ({ reply })));
			const workflow = await user.createWorkflow(
				buildWorkflow('Verbatim', [
					startByHand(),
					items(texts.map((text) => ({ text }))),
					chat(credential, { options: { maxConcurrency: 1 } }),
					edit('Next', { kept: '={{ $json.content }}' }),
				]),
			);
			const execution = await user.runWorkflow(workflow, startName);
			assert.equal(execution.status, 'success', execution.error?.message);
			const bodies = simulator.requests.map(({ body }) => body as { messages: unknown[] });
			assert.deepEqual(
				bodies.map(({ messages }) => messages),
				texts.map((content) => [{ role: 'user', content }]),
			);
			assert.deepEqual(
				readNodeItems(execution, 'Next').map(({ json }) => json['kept']),
				texts,
			);
		});

		await check('a redirect to another host is not followed and gets no key', async () => {
			const seen: Array<{ url: string; headers: IncomingHttpHeaders }> = [];
			const listen = async (answer: (other: string) => string | undefined, other = '') => {
				const server = createServer((request, response) => {
					seen.push({ url: `${request.headers.host}${request.url}`, headers: request.headers });
					const location = answer(other);
					response.writeHead(location ? 307 : 200, location ? { location } : {});
					response.end(location ? '' : '{"data":[{"id":"stolen"}]}');
				});
				await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
				stage.defer(async () => {
					server.close();
					server.closeAllConnections();
				});
				return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
			};
			const thief = await listen(() => undefined);
			const gateway = await listen((other) => `${other}/models`, thief);
			const data = { apiKey, region: 'custom', baseUrl: gateway };
			const redirecting = { name: 'Redirecting', type: 'miniMaxPlatformApi', data };
			const stored = await user.createCredential(redirecting);

			const tested = await user.testCredential(stored.id, redirecting);
			assert.equal(tested.status, 'Error');
			const workflow = await user.createWorkflow(
				buildWorkflow('Redirected', [
					startByHand(),
					chat(stored, { prompt: 'Hello', options: { maxRetries: 0 } }),
				]),
			);
			const execution = await user.runWorkflow(workflow, startName);
			assert.equal(execution.status, 'error');
			const listed = await user.session.request<{ results: Array<{ value: string }> }>(
				'POST',
				'/rest/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.model',
					methodName: 'searchModels',
					nodeTypeAndVersion: { name: 'n8n-nodes-minimax-platform.miniMaxChat', version: 1 },
					currentNodeParameters: {},
					credentials: { miniMaxPlatformApi: { id: stored.id, name: stored.name } },
				},
			);
			assert.ok(listed.results.length > 5);
			assert.ok(!listed.results.some(({ value }) => value === 'stolen'));
			const hosts = new Set(seen.map(({ url }) => url.split('/')[0]));
			assert.deepEqual([...hosts], [new URL(gateway).host], JSON.stringify(seen, null, 1));
			assert.equal(seen.length, 3);
		});

		await check('the key is in no log, execution, item, workflow or file of n8n', async () => {
			// APIs and gateways have been seen to quote the key they refuse.
			const quoting = { message: `invalid key ${apiKey}, header Bearer ${apiKey}` };
			const faults = [
				{ fault: { status: 401, ...quoting } },
				{ fault: { code: 2013, ...quoting } },
				{ fault: { baseResp: 1004, ...quoting } },
				{ fault: { status: 500, ...quoting } },
				{ fault: { stream: 'error', ...quoting } },
				{ fault: { body: { text: `proxy: ${apiKey}` }, status: 502 } },
			];
			for (const onError of ['continueErrorOutput', 'stopWorkflow']) {
				for (const settings of faults) {
					const workflow = await user.createWorkflow(
						buildWorkflow('Quoted key', [
							startByHand(),
							chat(credential, {
								onError,
								prompt: `Hello\n#sim ${JSON.stringify(settings).replaceAll(apiKey, 'KEY')}`,
								options: { maxRetries: 0 },
							}),
						]),
					);
					// Scripted, so that the key does not stand in the workflow's own text.
					simulator.script(settings as object);
					const prompt = { values: [{ role: 'user', content: 'Hello' }] };
					const nodes = workflow.nodes.map((node) =>
						node.name === chatName
							? { ...node, parameters: { ...node.parameters, messages: prompt } }
							: node,
					);
					const updated = await user.updateWorkflow(workflow.id, { ...workflow, nodes });
					const execution = await user.runWorkflow(updated, startName);
					assert.equal(execution.raw.includes(apiKey), false, execution.raw);
					assert.equal(execution.status, onError === 'stopWorkflow' ? 'error' : 'success');
				}
			}
			for (const { id } of await user.listWorkflows()) {
				assert.equal(JSON.stringify(await user.readWorkflow(id)).includes(apiKey), false);
			}
			const holding = readdirSync(scene.userFolder, { recursive: true, withFileTypes: true })
				.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
				.map((entry) => join(entry.parentPath, entry.name))
				.filter((file) => readFileSync(file).includes(apiKey));
			assert.deepEqual(holding, []);
			assert.match(readFileSync(scene.logFile, 'utf8'), /debug/);
		});
	},
};

export default suite;
