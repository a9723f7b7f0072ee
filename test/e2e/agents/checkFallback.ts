import assert from 'node:assert/strict';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import type { StoredCredential } from '../../../dev/n8n/n8nTypes.ts';
import { startSimulator, type Simulator } from '../../../dev/simulator/startSimulator.ts';
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
	let firstPort = 16_900;

	/**
	 * Works with a server that refuses everybody, and a credential for it. Each time it has a new
	 * address, as what the pace has learned of one that refuses keeps the next request from asking.
	 */
	async function whileRefused(
		status: number,
		first: Placed,
		work: (refusing: Simulator, credential: StoredCredential) => Promise<void>,
	): Promise<void> {
		const port = await findFreePort(firstPort);
		firstPort = port + 1;
		const refusing = await startSimulator({ port, apiKeys: [apiKey] });
		try {
			refusing.set({ fault: { status } });
			const credential = credentialsFor(refusing.url)[first.name === modelName ? 0 : 1];
			if (credential === undefined) throw new TypeError('Two credentials are needed');
			await work(refusing, await user.createCredential({ ...credential, name: 'Refusing' }));
		} finally {
			await refusing.close();
		}
	}

	/** @returns the milliseconds until the fallback's answer was there */
	async function timeFallback(
		status: number,
		root: Placed,
		first: Placed,
		second: Placed,
	): Promise<number> {
		let ms = NaN;
		simulator.set({ reply: 'The fallback greets you.' });
		await whileRefused(status, first, async (refusing, credential) => {
			const startedAt = performance.now();
			const nodes = [manualTrigger('Agent'), root, first, { ...second, input: 1 }];
			const execution = await agents.run('fallback', nodes, [credential]);
			ms = performance.now() - startedAt;
			assertSucceeded(execution);
			assert.match(JSON.stringify(outputs(execution)), /The fallback greets you/);
			assert.ok(refusing.requests.length > 0, 'the first model was asked');
		});
		return ms;
	}

	for (const status of [429, 503, 529]) {
		for (const root of roots) {
			const name = `${root.type.split('.').at(-1)} ${root.typeVersion}`;
			await check(`${name} falls back within ten seconds at ${status}`, async () => {
				const ours = reasoningModel('Agent');
				const ms = await timeFallback(status, root, ours, builtInModel('Agent'));
				assert.ok(ms < 11_000, `it took ${Math.round(ms)} ms`);
			});
		}
	}

	await check('n8n’s own MiniMax Chat Model falls back too', async () => {
		const root = agent(3.1, 'Hello', {}, { needsFallback: true });
		const ms = await timeFallback(503, root, builtInModel('Agent'), reasoningModel('Agent'));
		console.log(`  n8n's own model gave up after ${Math.round(ms)} ms`);
	});

	await check('a model that has no fallback says how long it waited', async () => {
		const model = reasoningModel('Agent', { options: { giveUpAfter: 2 } });
		await whileRefused(503, model, async (_refusing, credential) => {
			const nodes = [manualTrigger('Agent'), agent(3.1, 'Hello'), model];
			const execution = await agents.run('give up', nodes, [credential]);
			assert.equal(execution.status, 'error');
			assert.match(JSON.stringify(execution.error), /after \d+ seconds? without success/i);
		});
	});
}
