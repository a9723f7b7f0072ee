import assert from 'node:assert/strict';
import type { Execution } from '../../../dev/n8n/n8nTypes.ts';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import { buildWorkflow, chat, chatName, webhook } from '../buildWorkflow.ts';
import { openWebhook, type OpenWebhook } from '../openWebhook.ts';
import { splitRows } from '../splitRows.ts';
import { until } from '../until.ts';
import type { Bench, Feature } from './bench.ts';

const count = 6;
const refusal = { fault: { code: 1026 } };
const rows = Array.from({ length: count }, (_, row) => ({ text: `Row ${row}` }));

/** What is paid for once a run has failed or was stopped, counted at the API. */
export const keptFeatures: Feature[] = [
	{
		name: `Retry On Fail: ${count} rows, one refused twice, requests`,
		async verify(bench) {
			const { run } = await openRows(bench, 'tries', {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 100,
			});
			refuseLast(bench);
			bench.simulator.script(refusal);
			const execution = await run({ rows });
			assertRows(execution, count - 1);
			return requested(bench, count + 2);
		},
	},
	{
		name: 'Run again after a failure: requests of both runs',
		async verify(bench) {
			const { run } = await openRows(bench, 'again');
			refuseLast(bench);
			const failed = await run({ rows });
			assert.equal(failed.status, 'error');
			assert.match(failed.error?.description ?? '', /5 of 6 answers are kept: run the step again/);
			assertRows(await run({ rows }), count - 1);
			return requested(bench, count + 1);
		},
	},
	{
		name: 'Run again after Stop: requests of both runs',
		async verify(bench) {
			const { simulator, user } = bench;
			const { start, run } = await openRows(bench, 'broken-off');
			simulator.script({}, {}, {}, { fault: { connection: 'hang' } });
			const id = await start({ rows });
			await until('three rows are answered', () => simulator.requests.length === 4);
			await user.stopExecution(id);
			assert.equal((await user.waitForExecution(id)).status, 'canceled');
			assertRows(await run({ rows }), 3);
			return requested(bench, 4 + 3);
		},
	},
	{
		name: 'Retry in the list of executions, after a restart of n8n: requests of both runs',
		async verify(bench) {
			const { run } = await openRows(bench, 'retried');
			refuseLast(bench);
			const failed = await run({ rows });
			assert.equal(failed.status, 'error');
			await bench.restart();
			assertRows(await bench.user.retryExecution(failed.id), count - 1);
			return requested(bench, count + 1);
		},
	},
];

async function openRows(
	bench: Bench,
	path: string,
	settings: Parameters<typeof chat>[1] = {},
): Promise<OpenWebhook> {
	const options = { maxConcurrency: 1 };
	const step = chat(bench.credential, { options, ...settings });
	const steps = [webhook(path, 'onReceived'), splitRows(), step];
	return await openWebhook(bench, buildWorkflow(path, steps), path);
}

/** The last request of the run is refused; they go out one after the other. */
function refuseLast({ simulator }: Bench): void {
	simulator.script(...Array.from({ length: count - 1 }, () => ({})), refusal);
}

/** Every row has its own answer, in order, and so many were not paid for in this run. */
function assertRows(execution: Execution, reused: number): void {
	assert.equal(execution.status, 'success', execution.error?.message);
	const items = readNodeItems(execution, chatName);
	assert.equal(items.length, count);
	for (const [row, { json, pairedItem }] of items.entries()) {
		assert.match(String(json['content']), new RegExp(`Row ${row}\\b`));
		assert.deepEqual(pairedItem, { item: row });
	}
	assert.equal(items.filter(({ json }) => json['reused'] === true).length, reused);
}

function requested({ simulator }: Bench, expected: number): string {
	const sent = simulator.requests.filter(({ method }) => method === 'POST').length;
	assert.equal(sent, expected);
	return String(sent);
}
