import assert from 'node:assert/strict';
import type { Execution } from '../../dev/n8n/n8nTypes.ts';
import { readNodeItems } from '../../dev/n8n/readNodeItems.ts';
import { buildWorkflow, chat, chatName, items, startByHand, startName } from './buildWorkflow.ts';
import type { Check, Suite } from './suite.ts';
import { until } from './until.ts';

const refusal = { fault: { code: 1026 } };
const answered = { latencyMs: 150 };

/** What is paid for once a run has failed or was stopped, counted at the API. */
const suite: Suite = {
	title: 'Kept answers in a real n8n',
	async run(stage, check) {
		const scene = await stage.openScene('kept-answers');
		const { simulator, credential } = scene;
		const requests = () => simulator.requests.filter(({ method }) => method === 'POST').length;
		const batch = async (name: string, count: number, settings: Parameters<typeof chat>[1] = {}) =>
			await scene.user.createWorkflow(
				buildWorkflow(name, [
					startByHand(),
					items(Array.from({ length: count }, (_, row) => ({ text: `${name}, row ${row}` }))),
					chat(credential, settings),
				]),
			);
		/** The first request is refused, all others of a run of so many rows are answered. */
		const refuseFirst = (count: number) => {
			simulator.set(answered);
			simulator.script(refusal, ...Array.from({ length: count - 1 }, () => answered));
		};
		const afresh: Check = async (name, work) => {
			simulator.reset();
			await check(name, work);
		};

		await afresh('Retry On Fail: 30 rows, one refused twice, cost 32 requests', async () => {
			refuseFirst(30);
			simulator.script(refusal);
			const workflow = await batch('Tries', 30, {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 100,
			});
			const execution = await scene.user.runWorkflow(workflow, startName);

			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(requests(), 32);
			assertRows(execution, 'Tries', 30, 29);
		});

		await afresh('the step run again asks for the one missing row', async () => {
			refuseFirst(30);
			const workflow = await batch('Again', 30);
			const failed = await scene.user.runWorkflow(workflow, startName);
			assert.equal(failed.status, 'error');
			assert.match(
				failed.error?.description ?? '',
				/29 of 30 answers are kept: run the step again/,
			);
			assert.equal(requests(), 30);

			const again = await scene.user.runWorkflow(workflow, startName);
			assert.equal(again.status, 'success', again.error?.message);
			assert.equal(requests(), 31);
			assertRows(again, 'Again', 30, 29);
			assert.ok(!again.raw.includes('keptAnswers'), 'a run that succeeded has left answers behind');

			const anew = await scene.user.runWorkflow(workflow, startName);
			assertRows(anew, 'Again', 30, 0);
			assert.equal(requests(), 61);
		});

		await afresh('a batch that was stopped goes on where it was', async () => {
			simulator.set({ latencyMs: 30 });
			const workflow = await batch('Stopped', 60, { options: { maxConcurrency: 2 } });
			const id = await scene.user.startWorkflow(workflow, startName);
			await until('it is in the middle', () => requests() > 20);
			await scene.user.stopExecution(id);
			const stopped = await scene.user.waitForExecution(id);
			assert.equal(stopped.status, 'canceled');
			const before = requests();

			const again = await scene.user.runWorkflow(workflow, startName);
			assert.equal(again.status, 'success', again.error?.message);
			const kept = readNodeItems(again, chatName).filter(({ json }) => json['reused']).length;
			// Two requests were under way.
			assert.ok(kept >= before - 2, `${kept} of ${before} answers were kept`);
			assert.equal(requests() - before, 60 - kept);
			assertRows(again, 'Stopped', 60, kept);
		});

		await afresh('Retry in the list of executions asks for the one missing row', async () => {
			refuseFirst(5);
			const workflow = await batch('Retried', 5);
			const failed = await scene.user.runWorkflow(workflow, startName);
			assert.equal(requests(), 5);
			const retried = await scene.user.retryExecution(failed.id);

			assert.equal(retried.status, 'success', retried.error?.message);
			assert.equal(requests(), 6);
			assertRows(retried, 'Retried', 5, 4);
		});

		await afresh('so it does after a restart of n8n', async () => {
			refuseFirst(5);
			const workflow = await batch('Restarted', 5);
			const failed = await scene.user.runWorkflow(workflow, startName);
			assert.ok(failed.raw.includes('keptAnswers'));
			assert.ok(!failed.raw.includes('sk-e2e-'), 'the key is in the saved execution');
			await scene.restart();
			const retried = await scene.user.retryExecution(failed.id);

			assert.equal(retried.status, 'success', retried.error?.message);
			assert.equal(requests(), 6);
			assertRows(retried, 'Restarted', 5, 4);
		});

		await afresh('Reuse Answers off asks for all of them', async () => {
			refuseFirst(5);
			const workflow = await batch('Off', 5, { options: { reuseAnswers: false } });
			const failed = await scene.user.runWorkflow(workflow, startName);
			assert.ok(!failed.raw.includes('keptAnswers'));
			assertRows(await scene.user.retryExecution(failed.id), 'Off', 5, 0);
			assert.equal(requests(), 10);
		});

		await afresh('Token Budget ends a run, and the next one goes on', async () => {
			simulator.set({
				latencyMs: 5,
				usage: { prompt_tokens: 60, completion_tokens: 40, total_tokens: 100 },
			});
			const workflow = await batch('Budget', 20, {
				options: { tokenBudget: 1000, maxConcurrency: 1 },
			});
			const failed = await scene.user.runWorkflow(workflow, startName);
			assert.match(failed.error?.message ?? '', /The token budget is reached/);
			assert.equal(requests(), 10);
			const retried = await scene.user.retryExecution(failed.id);
			assertRows(retried, 'Budget', 20, 10);
			assert.equal(requests(), 20);
		});
	},
};

/** Every row has its own answer, in order, and so many were not paid for in this run. */
function assertRows(execution: Execution, name: string, count: number, reused: number): void {
	const answers = readNodeItems(execution, chatName);
	assert.equal(answers.length, count, execution.error?.message);
	for (const [row, { json, pairedItem }] of answers.entries()) {
		assert.match(String(json['content']), new RegExp(`row ${row}\\b`), name);
		assert.deepEqual(pairedItem, { item: row });
	}
	assert.equal(answers.filter(({ json }) => json['reused'] === true).length, reused);
}

export default suite;
