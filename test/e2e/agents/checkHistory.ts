import assert from 'node:assert/strict';
import type { Check } from '../suite.ts';
import { agent, calculator, langChain, manualTrigger, reasoningModel } from './agentWorkflow.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded, outline, sentMessages } from './readRuns.ts';

/** What an agent's model gets of earlier turns when a chat memory has cut them. */
export async function checkHistory(agents: Agents, check: Check): Promise<void> {
	const { simulator } = agents;

	await check('a memory that cuts a turn with parallel calls leaves out the cut call', async () => {
		simulator.set({ requireReasoningReplay: true });
		simulator.script(
			{
				reasoningText: 'Both cards.',
				toolCalls: [
					{ id: 'pay_one', name: 'Calculator', arguments: '{"input":"2*3"}' },
					{ id: 'pay_two', name: 'Calculator', arguments: '{"input":"4*5"}' },
				],
			},
			{ reply: 'Both are paid.' },
			{ reply: 'As I said.' },
		);
		const workflow = await agents.save('memory window', [
			manualTrigger('Agent'),
			agent(3.1, 'Pay.'),
			reasoningModel('Agent'),
			calculator('Agent'),
			langChain('Memory', 'memoryBufferWindow', {
				typeVersion: 1.3,
				// Of user, call, result, call, result, answer the last four stay.
				parameters: { sessionIdType: 'customKey', sessionKey: 'window', contextWindowLength: 2 },
				connection: 'ai_memory',
				to: 'Agent',
			}),
		]);
		assertSucceeded(await agents.runAgain(workflow));
		assertSucceeded(await agents.runAgain(workflow));
		assert.deepEqual(outline(sentMessages(simulator, -1)), [
			{ thought: 'Both cards.', content: '', calls: [['pay_two', '{"input":"4*5"}']] },
			{ answers: 'pay_two', content: '[{"response":"20"}]' },
			['assistant', 'Both are paid.'],
			['user', 'Pay.'],
		]);
	});
}
