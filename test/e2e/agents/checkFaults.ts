import assert from 'node:assert/strict';
import type { Check } from '../suite.ts';
import { until } from '../until.ts';
import { agent, calculator, manualTrigger, reasoningModel, trigger } from './agentWorkflow.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded, outputs } from './readRuns.ts';
import { loop, question } from './toolLoop.ts';

/** An agent whose API refuses, stumbles or is slow. */
export async function checkFaults(agents: Agents, check: Check): Promise<void> {
	const { simulator } = agents;
	const nodes = [
		manualTrigger('Agent'),
		agent(3.1, question),
		reasoningModel('Agent'),
		calculator('Agent'),
	];

	await check('what the API refuses an agent gets in the words of MiniMax Chat', async () => {
		simulator.set({ fault: { baseResp: 1008 } });
		const execution = await agents.run('no balance', nodes);
		assert.equal(execution.status, 'error');
		assert.equal(execution.error?.message, 'The balance of the MiniMax account is used up');
		assert.equal(simulator.requests.length, 1);
	});

	await check('what an agent sends is sent again when that can help', async () => {
		simulator.script({ fault: { status: 500 } }, { fault: { code: 1002 } }, ...loop);
		const execution = await agents.run('retries', nodes);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution), [{ output: 'It is 26.' }]);
		assert.equal(simulator.requests.length, 5);
	});

	await check('Stop ends an agent at once and closes the connection', async () => {
		simulator.set({ reply: 'slowly '.repeat(2000), tokensPerSecond: 20 });
		const workflow = await agents.save('stop', nodes);
		const id = await agents.user.startWorkflow(workflow, trigger);
		await until('the answer begins', () => simulator.requests[0]?.startedAt);
		await agents.user.stopExecution(id);
		assert.equal((await agents.user.waitForExecution(id)).status, 'canceled');
		await until('the connection is closed', () => simulator.inFlight() === 0);
		assert.equal(simulator.requests[0]?.closedByClient, true);
	});
}
