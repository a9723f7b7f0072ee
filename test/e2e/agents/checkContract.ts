import assert from 'node:assert/strict';
import type { Check } from '../suite.ts';
import {
	agent,
	calculator,
	langChain,
	manualTrigger,
	reasoningModel,
	type Placed,
} from './agentWorkflow.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded, outputs } from './readRuns.ts';

interface Sent {
	tools?: Array<{ function: { name: string } }>;
	tool_choice?: unknown;
}

/** What n8n's nodes ask of LangChain's models beyond an answer. */
export async function checkContract(agents: Agents, check: Check): Promise<void> {
	const { simulator } = agents;
	const sent = (index: number) => (simulator.requests.at(index)?.body ?? {}) as Sent;
	const toolsOf = (index: number) => sent(index).tools?.map((tool) => tool.function.name);

	await check('Evaluation scores by withStructuredOutput', async () => {
		const score = { extended_reasoning: 'It fits.', reasoning_summary: 'Fits.', score: 4 };
		simulator.set({ toolCalls: [{ name: 'extract', arguments: score }] });
		const execution = await agents.run('evaluation', [
			manualTrigger('Metrics'),
			{
				name: 'Metrics',
				type: 'n8n-nodes-base.evaluation',
				typeVersion: 4.8,
				parameters: {
					operation: 'setMetrics',
					metric: 'helpfulness',
					userQuery: 'How deep is the harbour?',
					actualAnswer: 'Nine metres.',
					options: {},
				},
			},
			reasoningModel('Metrics'),
		]);
		assertSucceeded(execution);
		assert.match(JSON.stringify(outputs(execution, 'Metrics')), /"Helpfulness":4/);
		assert.deepEqual(toolsOf(-1), ['extract']);
	});

	await check('LangChain Code ends an answer before a stop word', async () => {
		simulator.set({ reply: 'Nine mops, nine metres.' });
		const code = `
			const model = await this.getInputConnectionData('ai_languageModel', 0);
			const answer = await model.invoke('How deep?', { stop: ['metres'] });
			return [{ json: { content: answer.content } }];`;
		const execution = await agents.run('stop words', [
			manualTrigger('Code'),
			langChain('Code', 'code', {
				parameters: {
					code: { execute: { code } },
					inputs: {
						input: [
							{ type: 'main', maxConnections: 1, required: true },
							{ type: 'ai_languageModel', maxConnections: 1, required: true },
						],
					},
					outputs: { output: [{ type: 'main' }] },
				},
			}),
			reasoningModel('Code'),
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution, 'Code'), [{ content: 'Nine mops, nine ' }]);
	});

	const think: Placed = langChain('Think', 'toolThink', {
		typeVersion: 1.1,
		connection: 'ai_tool',
		to: 'Agent',
	});

	await check('an agent that is to call a tool first sends each tool once', async () => {
		simulator.script(
			{ toolCalls: [{ id: 'c', name: 'Calculator', arguments: '{"input":"1+1"}' }] },
			{ reply: 'Two.' },
		);
		const execution = await agents.run('forced call', [
			manualTrigger('Agent'),
			agent(3.1, 'What is 1+1?', { forceToolCallOnFirstIteration: true }),
			reasoningModel('Agent'),
			calculator('Agent'),
			think,
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution), [{ output: 'Two.' }]);
		assert.deepEqual(toolsOf(0)?.sort(), ['Calculator', 'Think']);
		assert.equal(sent(0).tool_choice, 'required');
		assert.deepEqual(toolsOf(1)?.sort(), ['Calculator', 'Think']);
		assert.equal(sent(1).tool_choice, undefined);
	});

	for (const [name, reply, words] of [
		['the content filter', { reply: '', finishReason: 'content_filter' }, /content filter/],
		['a stop behind the thinking', { reply: '', reasoningText: 'Hm.' }, /behind its thinking/],
	] as const) {
		await check(`an agent whose answer is empty by ${name} says why`, async () => {
			simulator.set(reply);
			const execution = await agents.run('empty', [
				manualTrigger('Agent'),
				agent(3.1, 'Hello'),
				reasoningModel('Agent', { options: { maxRetries: 0 } }),
			]);
			assert.equal(execution.status, 'error');
			assert.match(execution.error?.message ?? '', words);
		});
	}
}
