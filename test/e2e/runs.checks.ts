import assert from 'node:assert/strict';
import { readNodeItems } from '../../dev/n8n/readNodeItems.ts';
import {
	buildWorkflow,
	chat,
	chatName,
	items,
	startByHand,
	startName,
	webhook,
} from './buildWorkflow.ts';
import { openWebhook } from './openWebhook.ts';
import { readChunks } from './readChunks.ts';
import type { StreamChunk } from './readChunks.ts';
import type { Suite } from './suite.ts';
import { until } from './until.ts';

/** Workflows in a real server, started and read through the editor's own API. */
const suite: Suite = {
	title: 'Runs in a real n8n',
	async run(stage, check) {
		const { n8n, user, simulator, credential } = await stage.openScene('runs');
		const chatRequests = () => simulator.requests.filter(({ method }) => method === 'POST');

		await check('a streaming webhook passes tokens on while the API still writes', async () => {
			const { call } = await openWebhook(
				{ n8n, user },
				buildWorkflow('Streamed', [
					webhook('streamed', 'streaming'),
					chat(credential, { prompt: '={{ $json.body.text }}' }),
				]),
				'streamed',
			);
			const reply = 'The tide turns at six. Boats wait for it, and so do we.';
			const pace = { reply, reasoningText: 'Tides.', tokensPerSecond: 40, chunkCharacters: 4 };
			simulator.script(pace);
			const response = await call({ text: 'When does the tide turn?' });
			const chunks: StreamChunk[] = [];
			let whileWriting = 0;
			for await (const chunk of readChunks(response)) {
				chunks.push(chunk);
				if (chunk.type === 'item' && simulator.inFlight() > 0) whileWriting += 1;
			}
			const texts = chunks.filter(({ type }) => type === 'item').map(({ content }) => content);
			assert.equal(texts.join(''), reply);
			assert.ok(texts.length >= 10, `${texts.length} chunks`);
			// The last few may be read after the API has closed its side.
			assert.ok(whileWriting >= texts.length - 3, `${whileWriting} of ${texts.length} live`);
			assert.deepEqual(
				chunks.filter(({ type }) => type !== 'item').map(({ type }) => type),
				['begin', 'end'],
			);
		});

		await check('a stream that breaks ends in an error chunk and is not sent again', async () => {
			const before = chatRequests().length;
			simulator.script({
				reply: 'word '.repeat(60),
				chunkCharacters: 5,
				fault: { stream: 'reset' },
			});
			const response = await fetch(`${n8n.url}/webhook/streamed`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ text: 'Count.' }),
			});
			const types: string[] = [];
			for await (const { type } of readChunks(response)) types.push(type);
			assert.deepEqual([...new Set(types)], ['begin', 'item', 'error']);
			assert.equal(chatRequests().length, before + 1);
		});

		await check('an ordinary webhook answers with the item', async () => {
			const { call } = await openWebhook(
				{ n8n, user },
				buildWorkflow('Whole', [
					webhook('whole'),
					chat(credential, { prompt: '={{ $json.body.text }}' }),
				]),
				'whole',
			);
			simulator.script({ reply: 'Yes.', reasoningText: 'Easy.' });
			const response = await call({ text: 'Is this whole?' });
			const item = (await response.json()) as Record<string, unknown>;
			assert.equal(item['content'], 'Yes.');
			assert.equal(item['reasoning'], 'Easy.');
			assert.equal(item['finishReason'], 'stop');
		});

		for (const [phase, fault] of [
			['before the answer begins', { connection: 'hang' }],
			['in the middle of an answer', { stream: 'stall' }],
		] as const) {
			await check(`Stop closes the connection within a second, ${phase}`, async () => {
				simulator.script({ reply: 'word '.repeat(100), fault });
				const before = chatRequests().length;
				const workflow = await user.createWorkflow(
					buildWorkflow(`Stopped ${phase}`, [
						startByHand(),
						chat(credential, { prompt: 'Go on.' }),
					]),
				);
				const id = await user.startWorkflow(workflow, startName);
				const request = await until('the API has the request', () => chatRequests()[before]);
				if ('stream' in fault) await until('the answer begins', () => request.startedAt);
				const stoppedAt = Date.now();
				await user.stopExecution(id);
				const closedAt = await until('the connection is closed', () => request.closedAt, 5_000);
				assert.ok(closedAt - stoppedAt < 1_000, `closed after ${closedAt - stoppedAt} ms`);
				assert.equal((await user.waitForExecution(id)).status, 'canceled');
			});
		}

		await check('after Stop nothing more of a batch is sent', async () => {
			simulator.set({ latencyMs: 400 });
			const workflow = await user.createWorkflow(
				buildWorkflow('Stopped batch', [
					startByHand(),
					items(Array.from({ length: 200 }, (_, row) => ({ text: `Row ${row}` }))),
					chat(credential, { options: { maxConcurrency: 5 } }),
				]),
			);
			const before = chatRequests().length;
			const id = await user.startWorkflow(workflow, startName);
			await until('ten have been sent', () => chatRequests().length >= before + 10);
			await user.stopExecution(id);
			await user.waitForExecution(id);
			await until('all connections are closed', () => simulator.inFlight() === 0);
			const sent = chatRequests().length;
			assert.ok(sent - before <= 20, `${sent - before} sent`);
			simulator.set({ latencyMs: 0 });
			// A later run goes through the same pace: when it is done, a straggler would have gone too.
			await user.runWorkflow(
				await user.createWorkflow(
					buildWorkflow('After it', [startByHand(), chat(credential, { prompt: 'Hello' })]),
				),
				startName,
			);
			assert.equal(chatRequests().length, sent + 1);
		});

		await check('200 rows under a limit of 20 a second all come through, in order', async () => {
			simulator.set({ rateLimit: { kind: 'sliding', requests: 20, windowMs: 1_000 } });
			const rows = Array.from({ length: 200 }, (_, row) => ({ text: `Row ${row}` }));
			const workflow = await user.createWorkflow(
				buildWorkflow('Limited batch', [startByHand(), items(rows), chat(credential)]),
			);
			const execution = await user.runWorkflow(workflow, startName);
			simulator.set({ rateLimit: null });
			assert.equal(execution.status, 'success', execution.error?.message);
			const answers = readNodeItems(execution, chatName);
			assert.equal(answers.length, 200);
			for (const [row, { json, pairedItem }] of answers.entries()) {
				assert.match(String(json['content']), new RegExp(`Row ${row}\\b`));
				assert.deepEqual(pairedItem, { item: row });
			}
		});

		await check('faults become error items, and the other rows come through', async () => {
			const faults = [
				{ fault: { baseResp: 1008 } },
				{ fault: { code: 1026 } },
				{ fault: { stream: 'end' }, reply: 'word '.repeat(100) },
				{ fault: { status: 200, body: 'empty' } },
				{ body: '<html>busy</html>' },
			];
			const rows = [{}, ...faults, {}].map((settings) => ({
				text: `Say something.\n#sim ${JSON.stringify(settings)}`,
			}));
			const workflow = await user.createWorkflow(
				buildWorkflow('Faults', [
					startByHand(),
					items(rows),
					chat(credential, { onError: 'continueErrorOutput', options: { maxRetries: 0 } }),
				]),
			);
			const execution = await user.runWorkflow(workflow, startName);
			const answered = readNodeItems(execution, chatName).map(({ pairedItem }) => pairedItem);
			const failed = readNodeItems(execution, chatName, 1);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(answered.length + failed.length, rows.length);
			for (const { json } of failed) {
				assert.equal(typeof json['error'], 'string');
				assert.ok(String((json['details'] as { description: string }).description).length > 10);
			}
			// No balance stops what has not been sent yet, so the rows after it may fail with it.
			assert.ok(failed.length >= faults.length, `${failed.length} failed`);
		});
	},
};

export default suite;
