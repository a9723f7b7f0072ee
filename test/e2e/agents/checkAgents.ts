import assert from 'node:assert/strict';
import type { Check } from '../suite.ts';
import {
	agent,
	builtInModel,
	calculator,
	langChain,
	manualTrigger,
	reasoningModel,
	streamingWebhook,
	type Placed,
} from './agentWorkflow.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded, outline, outputs, sentMessages, shownUsage } from './readRuns.ts';
import { loop, loopOutline, loopUsage, question } from './toolLoop.ts';

/** The chat model under n8n's AI Agent, and n8n's own model there for comparison. */
export async function checkAgents(agents: Agents, check: Check): Promise<void> {
	const { simulator } = agents;

	for (const version of [2.2, 3, 3.1]) {
		await check(`AI Agent ${version} gives every turn back as it was sent`, async () => {
			simulator.set({ requireReasoningReplay: true });
			simulator.script(...loop);
			const execution = await agents.run(`agent ${version}`, [
				manualTrigger('Agent'),
				agent(version, question),
				reasoningModel('Agent'),
				calculator('Agent'),
			]);
			assertSucceeded(execution);
			assert.deepEqual(outputs(execution), [{ output: 'It is 26.' }]);
			assert.deepEqual(outline(sentMessages(simulator, -1)), loopOutline(version));
			assert.deepEqual(shownUsage(execution), loopUsage);
		});

		await check(`AI Agent ${version} streams the answer and nothing else`, async () => {
			simulator.set({
				requireReasoningReplay: true,
				chunkCharacters: 3,
				tokensPerSecond: 40,
			});
			simulator.script(...loop);
			const path = `agent-${version}`.replace('.', '-');
			const { chunks, execution } = await agents.stream(path, [
				streamingWebhook(path, 'Agent'),
				agent(version, question, { enableStreaming: true }),
				reasoningModel('Agent'),
				calculator('Agent'),
			]);
			assertSucceeded(execution);
			const items = chunks.filter(({ type }) => type === 'item').map(({ content }) => content);
			assert.equal(items.join(''), 'It is 26.');
			assert.ok(items.length > 1, 'the answer came in one piece');
			assert.deepEqual(outline(sentMessages(simulator, -1)), loopOutline(version));
			assert.deepEqual(shownUsage(execution), loopUsage);
		});
	}

	await check('AI Agent goes on when the model called a tool that does not exist', async () => {
		simulator.script(
			{
				reasoningText: 'Both of them.',
				toolCalls: [
					{ id: 'call_real', name: 'Calculator', arguments: '{"input":"1+1"}' },
					{ id: 'call_dream', name: 'Abacus', arguments: '{"beads":7}' },
				],
			},
			{ reply: 'It is 2.' },
		);
		const execution = await agents.run('unknown tool', [
			manualTrigger('Agent'),
			agent(3.1, 'What is 1+1?'),
			reasoningModel('Agent'),
			calculator('Agent'),
		]);
		assertSucceeded(execution);
		// n8n's agent forgets the call of such a tool, so nothing can be told of it.
		assert.deepEqual(outline(sentMessages(simulator, -1)).slice(1), [
			{ thought: 'Both of them.', content: '', calls: [['call_real', '{"input":"1+1"}']] },
			{ answers: 'call_real', content: '[{"response":"2"}]' },
		]);
	});

	await check('AI Agent with a memory gives the turns of earlier messages back too', async () => {
		simulator.script(...loop, { reply: 'As I said, 26.' });
		const nodes: Placed[] = [
			manualTrigger('Agent'),
			agent(3.1, question),
			reasoningModel('Agent'),
			calculator('Agent'),
			langChain('Memory', 'memoryBufferWindow', {
				typeVersion: 1.3,
				parameters: { sessionIdType: 'customKey', sessionKey: 'sums', contextWindowLength: 10 },
				connection: 'ai_memory',
				to: 'Agent',
			}),
		];
		const workflow = await agents.save('agent with memory', nodes);
		assertSucceeded(await agents.runAgain(workflow));
		const second = await agents.runAgain(workflow);
		assertSucceeded(second);
		assert.deepEqual(outputs(second), [{ output: 'As I said, 26.' }]);
		// Of several rounds of tool calls n8n 2.41 keeps the last (saveToMemory in memoryManagement.js).
		assert.deepEqual(outline(sentMessages(simulator, -1)), [
			['user', question],
			...loopOutline(3.1).slice(-2),
			['assistant', 'It is 26.'],
			['user', question],
		]);
	});

	await check('AI Agent with an agent as its tool keeps both loops', async () => {
		simulator.script(
			{
				reasoningText: 'The specialist knows.',
				toolCalls: [
					{ id: 'call_one', name: 'Specialist', arguments: '{"Prompt__User_Message_":"2*3?"}' },
				],
			},
			{
				reasoningText: 'I calculate.',
				toolCalls: [{ id: 'call_one', name: 'Calculator', arguments: '{"input":"2*3"}' }],
			},
			{ reply: 'Six.' },
			{ reply: 'The specialist says six.' },
		);
		const execution = await agents.run('agent with agent', [
			manualTrigger('Agent'),
			agent(3.1, 'Ask the specialist for 2*3.'),
			reasoningModel('Agent'),
			langChain('Specialist', 'agentTool', {
				typeVersion: 3,
				parameters: {
					toolDescription: 'Calculates',
					text: "={{ $fromAI('Prompt__User_Message_', ``, 'string') }}",
					options: {},
				},
				connection: 'ai_tool',
				to: 'Agent',
			}),
			{ ...reasoningModel('Specialist'), name: "Specialist's model" },
			calculator('Specialist'),
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution), [{ output: 'The specialist says six.' }]);
		assert.deepEqual(outline(sentMessages(simulator, -2)).slice(-2), [
			{ thought: 'I calculate.', content: '\n', calls: [['call_one', '{"input":"2*3"}']] },
			{ answers: 'call_one', content: '[{"response":"6"}]' },
		]);
		assert.deepEqual(outline(sentMessages(simulator, -1)).slice(-2), [
			{
				thought: 'The specialist knows.',
				content: '\n',
				calls: [['call_one', '{"Prompt__User_Message_":"2*3?"}']],
			},
			{ answers: 'call_one', content: '[{"output":"Six."}]' },
		]);
	});

	await check('AI Agent answers in the shape of a Structured Output Parser', async () => {
		simulator.set({ requireReasoningReplay: true });
		const execution = await agents.run('agent with parser', [
			manualTrigger('Agent'),
			agent(3.1, 'Lisbon lies in Portugal.', {}, { hasOutputParser: true }),
			reasoningModel('Agent'),
			calculator('Agent'),
			langChain('Parser', 'outputParserStructured', {
				typeVersion: 1.3,
				parameters: { jsonSchemaExample: '{ "city": "Oslo" }' },
				connection: 'ai_outputParser',
				to: 'Agent',
			}),
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution), [{ output: { city: 'Portugal' } }]);
	});

	await check(
		'n8n’s own MiniMax Chat Model sends arguments with a foreign id and no thinking after a tool call',
		async () => {
			simulator.set({ requireReasoningReplay: true });
			simulator.script(...loop);
			const execution = await agents.run('built-in', [
				manualTrigger('Agent'),
				agent(3.1, question),
				builtInModel('Agent'),
				calculator('Agent'),
			]);
			assert.equal(execution.status, 'error');
			assert.deepEqual(outline(sentMessages(simulator, -1)).slice(1, 3), [
				{
					thought: null,
					content: [],
					calls: [['call_one', '{"input":"2*3","id":"call_one"}']],
				},
				{ answers: 'call_one', content: '[{"response":"6"}]' },
			]);
		},
	);
}
