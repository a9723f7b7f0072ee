import assert from 'node:assert/strict';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import { startSimulator } from '../../../dev/simulator/startSimulator.ts';
import { apiKey } from '../openScene.ts';
import type { Check } from '../suite.ts';
import {
	agent,
	builtInModel,
	credentialsFor,
	langChain,
	manualTrigger,
	modelName,
	reasoningModel,
	type Placed,
} from './agentWorkflow.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded, outputs } from './readRuns.ts';

const hello = { promptType: 'define', text: 'Hello', needsFallback: true };

/** Roots of n8n that have a fallback model. */
const roots: Placed[] = [
	agent(3.1, 'Hello', {}, { needsFallback: true }),
	agent(2.2, 'Hello', {}, { needsFallback: true }),
	langChain('Agent', 'chainLlm', { typeVersion: 1.7, parameters: hello }),
];

/** Whether n8n's *Enable Fallback Model* answers within seconds while the first model's server refuses. */
export async function checkFallback(agents: Agents, check: Check): Promise<void> {
	const { simulator, user } = agents;
	const refusing = await startSimulator({ port: await findFreePort(16_900), apiKeys: [apiKey] });
	const [ours, theirs] = credentialsFor(refusing.url);
	if (ours === undefined || theirs === undefined) throw new TypeError('Two credentials are needed');
	const oursRefused = await user.createCredential({ ...ours, name: 'Refusing' });
	const theirsRefused = await user.createCredential({ ...theirs, name: 'Refusing' });

	/** @returns the milliseconds until the fallback's answer was there */
	async function timeFallback(root: Placed, first: Placed, second: Placed): Promise<number> {
		simulator.set({ reply: 'The fallback greets you.' });
		const startedAt = performance.now();
		const execution = await agents.run(
			'fallback',
			[manualTrigger('Agent'), root, first, { ...second, input: 1 }],
			first.name === modelName ? [oursRefused] : [theirsRefused],
		);
		assertSucceeded(execution);
		assert.match(JSON.stringify(outputs(execution)), /The fallback greets you/);
		assert.ok(refusing.requests.length > 0, 'the first model was asked');
		return performance.now() - startedAt;
	}

	try {
		for (const status of [429, 503, 529]) {
			for (const root of roots) {
				const name = `${root.type.split('.').at(-1)} ${root.typeVersion}`;
				await check(`${name} falls back within ten seconds at ${status}`, async () => {
					refusing.reset();
					refusing.set({ fault: { status } });
					const ms = await timeFallback(root, reasoningModel('Agent'), builtInModel('Agent'));
					assert.ok(ms < 11_000, `it took ${Math.round(ms)} ms`);
				});
			}
		}

		await check('n8n’s own MiniMax Chat Model falls back too', async () => {
			refusing.reset();
			refusing.set({ fault: { status: 503 } });
			const root = agent(3.1, 'Hello', {}, { needsFallback: true });
			const ms = await timeFallback(root, builtInModel('Agent'), reasoningModel('Agent'));
			console.log(`  n8n's own model gave up after ${Math.round(ms)} ms`);
		});

		await check('a model that has no fallback tells how long it waited', async () => {
			refusing.reset();
			refusing.set({ fault: { status: 503 } });
			const execution = await agents.run(
				'give up',
				[
					manualTrigger('Agent'),
					agent(3.1, 'Hello'),
					reasoningModel('Agent', { options: { giveUpAfter: 2 } }),
				],
				[oursRefused],
			);
			assert.equal(execution.status, 'error');
			assert.match(JSON.stringify(execution.error), /after \d+ seconds? without success/i);
		});
	} finally {
		await refusing.close();
	}
}
