import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import { buildWorkflow, chat, chatName, webhook } from '../buildWorkflow.ts';
import { openWebhook } from '../openWebhook.ts';
import { splitRows } from '../splitRows.ts';
import { until } from '../until.ts';
import type { Ground, SoakCheck } from './ground.ts';

/** Servers that die while a batch runs. */
export const breakServers: SoakCheck[] = [
	// Refused connections are repeated five times, which takes 7.75 to 15.5 s: within it nothing may
	// be lost, beyond it every row has to be accounted for.
	outage(5, true),
	outage(15, false),
	{
		name: 'n8n killed in the middle of a batch of 60 rows',
		async measure(ground) {
			const { server, simulator } = ground;
			await simulator.set({ latencyMs: 300 });
			const batch = await openBatch(ground, 'killed', { options: { maxConcurrency: 5 } });
			const id = await batch.start(rows(60));
			const answered = async () => (await simulator.state()).byStatus['200'] ?? 0;
			await until('15 rows are answered', async () => (await answered()) >= 15);
			await server.restart();
			const sent = (await simulator.requests()).length;
			const { status } = await server.user.waitForExecution(id);
			assert.equal(status, 'crashed');
			await simulator.set({ latencyMs: 0 });
			// n8n itself begins nothing again, and neither does the node.
			assert.equal((await simulator.requests()).length, sent);
			const again = await batch.run(rows(60));
			assert.equal(again.status, 'success', again.error?.message);
			assert.equal(readNodeItems(again, chatName).length, 60);
			return `${sent} rows had been sent; the execution ends as '${status}'; run again: 60 of 60`;
		},
	},
];

function outage(secondsDown: number, isSurvived: boolean): SoakCheck {
	return {
		name: `the API gone for ${secondsDown} s in the middle of a batch of 300 rows`,
		async measure(ground) {
			const { simulator } = ground;
			await simulator.set({ latencyMs: 200 });
			const batch = await openBatch(ground, `outage-${secondsDown}`, {
				onError: 'continueErrorOutput',
			});
			const id = await batch.start(rows(300));
			const answered = async () => (await simulator.state()).byStatus['200'] ?? 0;
			const before = await until('60 rows are answered', async () => {
				const count = await answered();
				return count >= 60 && count;
			});
			await simulator.kill();
			await pause(secondsDown * 1000);
			await simulator.start();
			const execution = await ground.server.user.waitForExecution(id);
			assert.equal(execution.status, 'success', execution.error?.message);
			const passed = readNodeItems(execution, chatName).length;
			const failed = readNodeItems(execution, chatName, 1);
			assert.equal(passed + failed.length, 300);
			if (isSurvived) assert.deepEqual(failed, []);
			assert.ok(passed >= before, `${passed} of 300 came through`);
			const why = failed[0] ? `; the others: ${String(failed[0].json['error'])}` : '';
			return `${before} answered before, in the end ${passed} of 300${why}`;
		},
	};
}

async function openBatch({ server }: Ground, path: string, settings: Parameters<typeof chat>[1]) {
	const steps = [webhook(path, 'onReceived'), splitRows(), chat(server.credential, settings)];
	return await openWebhook(server, buildWorkflow(path, steps), path);
}

function rows(count: number): object {
	return { rows: Array.from({ length: count }, (_, row) => ({ text: `Row ${row}` })) };
}
