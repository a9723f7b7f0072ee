import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { buildWorkflow, chat, webhook } from '../buildWorkflow.ts';
import { openWebhook } from '../openWebhook.ts';
import type { SoakCheck } from './ground.ts';
import { measureMemory } from './measureMemory.ts';

/** What n8n's own caches and compiled code add under load; a kept reply each would be 60 MB a minute. */
const noiseMegabytes = 15;
const warmUpMs = 30_000;

/** Many executions at once for a long time: does anything of them stay? */
export const loadServer: SoakCheck = {
	name: 'parallel executions',
	async measure({ server, simulator, inspectPort, minutes, parallel }) {
		const { pid = 0 } = server.n8n;
		// 20 KB a reply, so that one that stayed would be seen.
		await simulator.set({ replyCharacters: 20_000, latencyMs: 200 });
		const steps = [webhook('load'), chat(server.credential, { prompt: '={{ $json.body.text }}' })];
		const { call } = await openWebhook(server, buildWorkflow('Load', steps), 'load');
		let done = 0;
		let slowestMs = 0;
		const loadFor = async (durationMs: number) => {
			const until = performance.now() + durationMs;
			const client = async () => {
				while (performance.now() < until) {
					const startedAt = performance.now();
					const response = await call({ text: `Question ${done}` });
					const { content } = (await response.json()) as { content?: string };
					assert.equal(content?.length, 20_000);
					done += 1;
					slowestMs = Math.max(slowestMs, performance.now() - startedAt);
				}
			};
			await Promise.all(Array.from({ length: parallel }, client));
			// n8n saves executions and closes their connections.
			await pause(5_000);
		};

		await loadFor(warmUpMs);
		const before = await measureMemory(pid, inspectPort);
		done = 0;
		slowestMs = 0;
		await loadFor(minutes * 60_000);
		const after = await measureMemory(pid, inspectPort);

		const change = (key: 'heap' | 'resident') =>
			`${before[key].toFixed(0)} to ${after[key].toFixed(0)} MB`;
		const numbers =
			`${parallel} at a time for ${minutes} min: ${done} done, the slowest ` +
			`${(slowestMs / 1000).toFixed(1)} s; heap ${change('heap')}, resident ${change('resident')}`;
		assert.equal((await simulator.state()).inFlight, 0);
		assert.ok(after.heap - before.heap < noiseMegabytes, `the heap grew: ${numbers}`);
		return numbers;
	},
};
