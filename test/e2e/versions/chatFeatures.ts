import assert from 'node:assert/strict';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import { buildWorkflow, chat, chatName, chatType, webhook } from '../buildWorkflow.ts';
import { credentialFor } from '../openServer.ts';
import { openWebhook } from '../openWebhook.ts';
import { readChunks } from '../readChunks.ts';
import { splitRows } from '../splitRows.ts';
import { until } from '../until.ts';
import type { Bench, Feature } from './bench.ts';

const modelType = 'n8n-nodes-minimax-platform.lmChatMiniMax';
const yes = 'yes';

type Row = Record<string, unknown>;

/** MiniMax Chat and the credential. */
export const chatFeatures: Feature[] = [
	{
		name: 'The package loads',
		async verify({ user }) {
			const types = (await user.listNodeTypes()).map(({ name }) => name);
			const ours = types.filter((name) => name.startsWith('n8n-nodes-minimax-platform.'));
			assert.deepEqual(ours.sort(), [modelType, chatType, `${chatType}Tool`]);
			return yes;
		},
	},
	{
		name: 'The credential is tested when it is saved',
		async verify({ user, credential, simulator }) {
			const verdict = async (key?: string) =>
				await user.testCredential(credential.id, credentialFor(simulator.url, key));
			assert.equal((await verdict()).status, 'OK');
			const refused = await verdict('sk-of-somebody-else');
			assert.equal(refused.status, 'Error');
			assert.match(refused.message, /^This API key was not accepted\./);
			return yes;
		},
	},
	{
		name: 'Models are listed',
		async verify({ user, credential }) {
			const { type, id, name } = credential;
			const { results } = await user.session.request<{ results: Array<{ value: string }> }>(
				'POST',
				'/rest/dynamic-node-parameters/resource-locator-results',
				{
					path: 'parameters.model',
					methodName: 'searchModels',
					nodeTypeAndVersion: { name: chatType, version: 1 },
					currentNodeParameters: { resource: 'chat', operation: 'complete' },
					credentials: { [type]: { id, name } },
				},
			);
			assert.ok(results.some(({ value }) => value === 'MiniMax-M3'));
			return yes;
		},
	},
	{
		name: 'MiniMax Chat answers with its item',
		async verify(bench) {
			bench.simulator.script({
				reply: 'At six.',
				reasoningText: 'Tides.',
				usage: {
					prompt_tokens: 20,
					completion_tokens: 9,
					total_tokens: 29,
					completion_tokens_details: { reasoning_tokens: 4 },
					prompt_tokens_details: { cached_tokens: 16 },
				},
			});
			const steps = [webhook('answer'), chat(bench.credential, { prompt: '={{ $json.body.text }}' })];
			const answer = await openWebhook(bench, buildWorkflow('Answer', steps), 'answer');
			const response = await answer.call({ text: 'When does the tide turn?' });
			const { id, ...item } = (await response.json()) as Record<string, unknown>;
			assert.match(String(id), /^\w{8,}$/);
			assert.deepEqual(item, {
				content: 'At six.',
				reasoning: 'Tides.',
				usage: {
					promptTokens: 20,
					completionTokens: 9,
					reasoningTokens: 4,
					cachedTokens: 16,
					totalTokens: 29,
				},
				finishReason: 'stop',
				model: 'MiniMax-M3',
			});
			const { messages } = bench.simulator.requests.at(-1)?.body as { messages: unknown };
			assert.deepEqual(messages, [{ role: 'user', content: 'When does the tide turn?' }]);
			return yes;
		},
	},
	{
		name: 'Columns and Quick Columns give fields of the item',
		async verify(bench) {
			const values = [
				{ name: 'label', type: 'choice', choices: 'billing, bug' },
				{ name: 'due', type: 'date' },
			];
			const ways = [
				{ responseFormat: 'columns', columns: { values } },
				{ quickColumns: 'label: billing | bug, due: date' },
			];
			const found = { label: 'bug', due: '2026-01-31' };
			bench.simulator.set({ reply: JSON.stringify(found) });
			for (const [at, parameters] of ways.entries()) {
				const path = `columns-${at}`;
				const steps = [webhook(path), chat(bench.credential, { prompt: 'It crashes.', parameters })];
				const answer = await openWebhook(bench, buildWorkflow(path, steps), path);
				const { label, due, content } = (await (await answer.call()).json()) as Row;
				assert.deepEqual({ label, due, content }, { ...found, content: undefined });
			}
			const [rows, quick] = bench.simulator.requests.slice(-2).map(({ body }) => body);
			assert.deepEqual(quick, rows);
			return yes;
		},
	},
	{
		name: '20 rows under a limit of 5 requests a second come through in order',
		async verify(bench) {
			const { simulator } = bench;
			simulator.set({ rateLimit: { kind: 'sliding', requests: 5, windowMs: 1_000 } });
			const execution = await runRows(bench, 'limited', Array(20).fill({}));
			assert.equal(execution.status, 'success', execution.error?.message);
			const answers = readNodeItems(execution, chatName);
			assert.equal(answers.length, 20);
			for (const [row, { json, pairedItem }] of answers.entries()) {
				assert.match(String(json['content']), new RegExp(`Row ${row}\\b`));
				assert.deepEqual(pairedItem, { item: row });
			}
			assert.ok(
				simulator.requests.some(({ status }) => status === 429),
				'the limit was never met',
			);
			return yes;
		},
	},
	{
		name: 'A failing row leaves by the error output, linked to its row',
		async verify(bench) {
			const settings = { onError: 'continueErrorOutput' };
			const rows = [{}, { fault: { code: 1026 } }, {}];
			const execution = await runRows(bench, 'error-output', rows, settings);
			assert.equal(execution.status, 'success', execution.error?.message);
			const passed = readNodeItems(execution, chatName);
			assert.deepEqual(
				passed.map(({ pairedItem }) => pairedItem),
				[{ item: 0 }, { item: 2 }],
			);
			const [failed, ...more] = readNodeItems(execution, chatName, 1);
			assert.deepEqual(more, []);
			assert.deepEqual(failed?.pairedItem, { item: 1 });
			const { error, details, text } = failed?.json as Record<string, unknown>;
			assert.match(String(text), /^Row 1\b/);
			assert.equal(typeof error, 'string');
			const { code, itemIndex, description } = details as Record<string, unknown>;
			assert.deepEqual([code, itemIndex], [1026, 1]);
			assert.ok(String(description).length > 10);
			return yes;
		},
	},
	{
		name: 'Stop closes the connection',
		async verify(bench) {
			const { simulator, user } = bench;
			simulator.set({ fault: { connection: 'hang' } });
			const before = simulator.requests.length;
			const steps = [webhook('stopped', 'onReceived'), chat(bench.credential, { prompt: 'Hello' })];
			const stopped = await openWebhook(bench, buildWorkflow('Stopped', steps), 'stopped');
			const id = await stopped.start();
			const request = await until('the API has the request', () => simulator.requests[before]);
			const stoppedAt = Date.now();
			await user.stopExecution(id);
			const closedAt = await until('the connection is closed', () => request.closedAt, 5_000);
			assert.ok(closedAt - stoppedAt < 1_000, `closed after ${closedAt - stoppedAt} ms`);
			assert.equal((await user.waitForExecution(id)).status, 'canceled');
			return yes;
		},
	},
	{
		name: 'A webhook that streams passes the answer on',
		async verify(bench) {
			const reply = 'The tide turns at six. Boats wait for it, and so do we.';
			bench.simulator.script({ reply, tokensPerSecond: 40, chunkCharacters: 4 });
			const steps = [
				webhook('streamed', 'streaming'),
				chat(bench.credential, { prompt: '={{ $json.body.text }}' }),
			];
			const streamed = await openWebhook(bench, buildWorkflow('Streamed', steps), 'streamed');
			const response = await streamed.call({ text: 'When does the tide turn?' });
			const contents: string[] = [];
			for await (const { type, content } of readChunks(response)) {
				assert.notEqual(type, 'error');
				if (type === 'item') contents.push(content ?? '');
			}
			const [summary] = await bench.user.listExecutions(streamed.workflow.id);
			assert.equal(summary?.status, 'success');
			assert.equal(contents.join(''), reply);
			// On a busy machine pieces come together.
			assert.ok(contents.length >= 5, `${contents.length} pieces`);
			return 'word by word';
		},
	},
];

async function runRows(bench: Bench, path: string, settings: object[], chatSettings: Parameters<typeof chat>[1] = {}) {
	const steps = [webhook(path, 'onReceived'), splitRows(), chat(bench.credential, chatSettings)];
	const { run } = await openWebhook(bench, buildWorkflow(path, steps), path);
	return await run({
		rows: settings.map((directive, row) => ({
			text: `Row ${row}\n#sim ${JSON.stringify(directive)}`,
		})),
	});
}
