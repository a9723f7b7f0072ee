import assert from 'node:assert/strict';
import { readNodeItems } from '../../dev/n8n/readNodeItems.ts';
import {
	agent,
	calculator,
	manualTrigger,
	reasoningModel,
	streamingWebhook,
} from './agents/agentWorkflow.ts';
import { openAgents } from './agents/openAgents.ts';
import { assertSucceeded, outline, outputs, sentMessages } from './agents/readRuns.ts';
import { loop, loopOutline, question } from './agents/toolLoop.ts';
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
import { openQueue } from './queue/openQueue.ts';
import { readChunks } from './readChunks.ts';
import type { Check, Suite } from './suite.ts';
import { until } from './until.ts';

/** One main, two workers. What n8n itself does and loses is asserted too: docs/queue-mode.md. */
const suite: Suite = {
	title: 'Queue mode',
	async run(stage, check) {
		const queue = await openQueue(stage);
		const { user, simulator, credential, workerOf } = queue;
		const agents = await openAgents(queue);
		const afresh: Check = async (name, work) => {
			simulator.reset();
			await check(name, work);
		};
		const rows = (count: number, of: string) =>
			Array.from({ length: count }, (_, row) => ({ text: `${of}, row ${row}` }));
		const batch = (name: string, count: number, settings = {}) =>
			buildWorkflow(name, [startByHand(), items(rows(count, name)), chat(credential, settings)]);

		await afresh('a webhook’s execution runs on a worker', async () => {
			const { call, workflow } = await openWebhook(
				queue,
				buildWorkflow('Whole', [
					webhook('whole'),
					chat(credential, { prompt: '={{ $json.body.text }}' }),
				]),
				'whole',
			);
			simulator.script({ reply: 'Yes.' });
			const answer = (await (await call({ text: 'Is it?' })).json()) as Record<string, unknown>;
			assert.equal(answer['content'], 'Yes.');
			const [execution] = await user.listExecutions(workflow.id);
			assert.ok(execution && workerOf(execution.id), 'no worker has run it');
		});

		await afresh('a scheduled execution runs on a worker', async () => {
			const stored = await user.createWorkflow(
				buildWorkflow('Scheduled', [
					{
						name: 'Every second',
						type: 'n8n-nodes-base.scheduleTrigger',
						typeVersion: 1.2,
						parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
					},
					chat(credential, { prompt: 'What is the time?' }),
				]),
			);
			await user.activateWorkflow(stored);
			const first = await until('it has started', async () =>
				(await user.listExecutions(stored.id)).at(-1),
			);
			await user.session.request('POST', `/rest/workflows/${stored.id}/deactivate`, {});
			const execution = await user.waitForExecution(first.id);
			assert.equal(execution.mode, 'trigger');
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(typeof readNodeItems(execution, chatName)[0]?.json['content'], 'string');
			assert.ok(workerOf(execution.id), 'no worker has run it');
		});

		await afresh('main passes on what a worker streams while the API still writes', async () => {
			const { call, workflow } = await openWebhook(
				queue,
				buildWorkflow('Streamed', [
					webhook('streamed', 'streaming'),
					chat(credential, { prompt: '={{ $json.body.text }}' }),
				]),
				'streamed',
			);
			const reply = 'The tide turns at six. Boats wait for it, and so do we.';
			simulator.script({ reply, reasoningText: 'Tides.', tokensPerSecond: 20, chunkCharacters: 4 });
			const texts: unknown[] = [];
			const types = new Set<string>();
			let whileWriting = 0;
			for await (const { type, content } of readChunks(await call({ text: 'When?' }))) {
				types.add(type);
				if (type !== 'item') continue;
				texts.push(content);
				if (simulator.inFlight() > 0) whileWriting += 1;
			}
			assert.equal(texts.join(''), reply);
			assert.deepEqual([...types], ['begin', 'item', 'end']);
			// The last few may be read after the API has closed its side.
			assert.ok(whileWriting >= texts.length - 4, `${whileWriting} of ${texts.length} live`);
			const [execution] = await user.listExecutions(workflow.id);
			assert.ok(execution && workerOf(execution.id), 'no worker has run it');
		});

		await afresh('an agent on a worker gets its thinking back', async () => {
			simulator.set({ requireReasoningReplay: true });
			simulator.script(...loop);
			const execution = await agents.run('Agent by hand', [
				manualTrigger('Agent'),
				agent(3.1, question),
				reasoningModel('Agent'),
				calculator('Agent'),
			]);
			assertSucceeded(execution);
			assert.ok(workerOf(execution.id), 'no worker has run it');
			assert.deepEqual(outputs(execution), [{ output: 'It is 26.' }]);
			assert.deepEqual(outline(sentMessages(simulator, -1)), loopOutline(3.1));
		});

		await afresh('an agent on a worker streams its answer through main', async () => {
			simulator.set({ requireReasoningReplay: true, chunkCharacters: 3, tokensPerSecond: 40 });
			simulator.script(...loop);
			const { chunks, execution } = await agents.stream('agent', [
				streamingWebhook('agent', 'Agent'),
				agent(3.1, question, { enableStreaming: true }),
				reasoningModel('Agent'),
				calculator('Agent'),
			]);
			assertSucceeded(execution);
			assert.ok(workerOf(execution.id), 'no worker has run it');
			const texts = chunks.filter(({ type }) => type === 'item').map(({ content }) => content);
			assert.equal(texts.join(''), 'It is 26.');
			assert.ok(texts.length > 1, 'the answer came in one piece');
			assert.deepEqual(outline(sentMessages(simulator, -1)), loopOutline(3.1));
		});

		await afresh('batches on both workers share a limit of 20 a second and are whole', async () => {
			simulator.set({ rateLimit: { kind: 'sliding', requests: 20, windowMs: 1_000 } });
			const names = ['First fifty', 'Second fifty'];
			const ids: string[] = [];
			for (const name of names) {
				const workflow = await user.createWorkflow(batch(name, 50));
				ids.push(await user.startWorkflow(workflow, startName));
			}
			const executions = await Promise.all(ids.map(async (id) => await user.waitForExecution(id)));
			assert.equal(new Set(ids.map(workerOf)).size, 2, 'one worker ran both');
			for (const [index, execution] of executions.entries()) {
				assert.equal(execution.status, 'success', execution.error?.message);
				const answers = readNodeItems(execution, chatName);
				assert.equal(answers.length, 50);
				for (const [row, { json, pairedItem }] of answers.entries()) {
					assert.match(String(json['content']), new RegExp(`${names[index]}, row ${row}\\b`));
					assert.deepEqual(pairedItem, { item: row });
				}
			}
		});

		await afresh('a killed worker takes its own execution along and nothing else', async () => {
			simulator.set({ latencyMs: 300 });
			const oneAtATime = { options: { maxConcurrency: 1 } };
			const { call, workflow } = await openWebhook(
				queue,
				buildWorkflow('Doomed', [
					webhook('doomed', 'streaming'),
					items(rows(200, 'Doomed')),
					chat(credential, oneAtATime),
				]),
				'doomed',
			);
			const chunks = readTypes(await call());
			const doomed = await until(
				'it has started',
				async () => (await user.listExecutions(workflow.id))[0],
			);
			const victim = await until('a worker has it', () => workerOf(doomed.id));
			const other = await user.startWorkflow(
				await user.createWorkflow(batch('Other', 30, oneAtATime)),
				startName,
			);
			const sentFor = (name: string) =>
				simulator.requests.filter(({ rawBody }) => rawBody.includes(`${name}, row`)).length;
			await until('both are in the middle', () => sentFor('Doomed') > 3 && sentFor('Other') > 3);
			const waiting = await user.startWorkflow(
				await user.createWorkflow(batch('Waiting', 3)),
				startName,
			);
			await victim.kill();
			const sent = sentFor('Doomed');

			// n8n notices after the lock's time, waits half a minute, and does not try again.
			const lost = await user.waitForExecution(doomed.id, 90_000);
			assert.equal(lost.status, 'error');
			assert.match(lost.error?.message ?? '', /failed to be processed too many times/);
			assert.deepEqual(lost.runData, {});
			assert.equal(sentFor('Doomed'), sent);
			const types = await chunks;
			// The caller gets keep-alive lines and then the end of the response, but no error chunk.
			assert.ok(types.includes('item'), `streamed: ${types.join(', ')}`);
			assert.ok(!types.includes('error'), `streamed: ${types.join(', ')}`);

			for (const [id, count] of [
				[other, 30],
				[waiting, 3],
			] as const) {
				const execution = await user.waitForExecution(id);
				assert.equal(execution.status, 'success', execution.error?.message);
				assert.equal(readNodeItems(execution, chatName).length, count);
				assert.notEqual(workerOf(id), victim);
			}
			assert.equal(sentFor('Other'), 30);
			assert.equal(sentFor('Waiting'), 3);
			await victim.start();
		});

		await afresh('Retry on the other worker asks only for the row that is missing', async () => {
			// The refusal comes when all five are under way, or the fifth would not be sent.
			simulator.script(
				{ fault: { code: 1026 }, latencyMs: 300 },
				...Array.from({ length: 4 }, () => ({ latencyMs: 300 })),
			);
			const failed = await user.runWorkflow(await user.createWorkflow(batch('Kept', 5)), startName);
			const first = workerOf(failed.id);
			assert.ok(first, 'no worker has run it');
			assert.equal(simulator.requests.length, 5);
			await first.kill();
			const retried = await user.retryExecution(failed.id);
			assert.equal(retried.status, 'success', retried.error?.message);
			assert.notEqual(workerOf(retried.id), first);
			assert.equal(simulator.requests.length, 6);
			assert.deepEqual(
				readNodeItems(retried, chatName).map(({ json }) => json['reused'] === true),
				[false, true, true, true, true],
			);
			await first.start();
		});

		await afresh('a worker that is started again takes its share', async () => {
			simulator.set({ latencyMs: 500 });
			const ids: string[] = [];
			for (const name of ['Left', 'Right']) {
				const workflow = await user.createWorkflow(
					batch(name, 3, { options: { maxConcurrency: 1 } }),
				);
				ids.push(await user.startWorkflow(workflow, startName));
			}
			for (const id of ids) {
				const { status, error } = await user.waitForExecution(id);
				assert.equal(status, 'success', error?.message);
			}
			assert.equal(new Set(ids.map(workerOf)).size, 2, 'one worker ran both');
		});
	},
};

/** What kinds of lines a streamed response had, to whatever end it came. */
async function readTypes(response: Response): Promise<string[]> {
	const types = new Set<string>();
	try {
		for await (const { type } of readChunks(response)) types.add(type);
	} catch (error) {
		types.add(String(error));
	}
	return [...types];
}

export default suite;
