import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useCredential } from '../../../dev/n8n/importExamples.ts';
import type { StoredCredential, Workflow } from '../../../dev/n8n/n8nTypes.ts';
import type { Check } from '../suite.ts';
import { agent, manualTrigger, modelName, reasoningModel, type Placed } from './agentWorkflow.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded, outline, outputs, sentMessages, shownUsage } from './readRuns.ts';

const toolName = 'Translate_to_Danish';

/** MiniMax Chat as the tool of an agent, and the example with tools as it is shipped. */
export async function checkToolNode(
	agents: Agents,
	check: Check,
	credential: StoredCredential,
	examples: string,
): Promise<void> {
	const { simulator } = agents;

	await check('AI Agent calls MiniMax Chat as a tool', async () => {
		const call = { id: 'call_one', name: toolName, arguments: '{"sentence":"Good morning"}' };
		simulator.script(
			{ reasoningText: 'The translator knows.', toolCalls: [call] },
			{ reply: 'God morgen', reasoningText: 'Danish.' },
			{ reply: 'It is "God morgen".' },
		);
		const execution = await agents.run('MiniMax Chat as a tool', translator());
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution), [{ output: 'It is "God morgen".' }]);
		assert.equal(simulator.requests.length, 3);
		const [first, inner] = simulator.requests.map(({ body }) => body as Record<string, unknown>);
		const [offered] = first?.['tools'] as Array<{ function: { name: string; parameters: object } }>;
		assert.equal(offered?.function.name, toolName);
		assert.deepEqual(Object.keys(Object(offered?.function.parameters).properties), ['sentence']);
		assert.equal(inner?.['model'], 'MiniMax-M2.5');
		assert.deepEqual(inner?.['messages'], [
			{ role: 'system', content: 'Translate to Danish.' },
			{ role: 'user', content: 'Good morning' },
		]);
		const [, turn, result] = outline(sentMessages(simulator, -1));
		assert.deepEqual(turn, {
			thought: 'The translator knows.',
			content: '\n',
			calls: [['call_one', '{"sentence":"Good morning"}']],
		});
		const { answers, content } = result as { answers: string; content: string };
		assert.equal(answers, 'call_one');
		// The answer alone: the thinking would fill the agent's context.
		assert.equal(content, '[{"content":"God morgen"}]');
	});

	await check('an agent that leaves out an argument of MiniMax Chat is told its name', async () => {
		simulator.script(
			{ toolCalls: [{ id: 'call_none', name: toolName, arguments: '{}' }] },
			{ reply: 'Which sentence?' },
		);
		const execution = await agents.run('a call without its argument', translator());
		assertSucceeded(execution);
		assert.equal(simulator.requests.length, 2);
		const [, , result] = outline(sentMessages(simulator, -1));
		assert.match((result as { content: string }).content, /the call lacks 'sentence'/);
	});

	await check('the example of an agent with tools runs to its end', async () => {
		simulator.set({ requireReasoningReplay: true });
		simulator.script(
			{
				reasoningText: 'First the product.',
				toolCalls: [{ id: 'call_one', name: 'Calculator', arguments: '{"input":"17*23"}' }],
			},
			{
				reasoningText: 'Then a quarter of it.',
				toolCalls: [{ id: 'call_two', name: 'Calculator', arguments: '{"input":"391/4"}' }],
			},
			{ reply: '391, and a quarter of it is 97.75.', chunkCharacters: 5 },
		);
		const example = useCredential(
			JSON.parse(readFileSync(join(examples, 'agent-with-tools.json'), 'utf8')) as Workflow,
			credential,
		);
		const chatTrigger = example.nodes.find(({ type }) => type.endsWith('.chatTrigger'));
		// The chat of the editor is not public; the same trigger is, when it is opened to the web.
		if (chatTrigger) chatTrigger.parameters['public'] = true;
		const chatInput = 'What is 17*23, and what is that divided by 4?';
		const { chunks, execution } = await agents.streamFrom(
			example,
			`webhook/${String(chatTrigger?.['webhookId'])}/chat`,
			{ action: 'sendMessage', sessionId: 'one', chatInput },
		);
		assertSucceeded(execution);
		const answer = '391, and a quarter of it is 97.75.';
		const texts = chunks.filter(({ type }) => type === 'item').map(({ content }) => content);
		assert.equal(texts.join(''), answer);
		assert.deepEqual(outputs(execution, 'AI Agent'), [{ output: answer }]);
		assert.deepEqual(outline(sentMessages(simulator, -1)).slice(1), [
			['user', chatInput],
			{
				thought: 'First the product.',
				content: '\n',
				calls: [['call_one', '{"input":"17*23"}']],
			},
			{ answers: 'call_one', content: '[{"response":"391"}]' },
			{
				thought: 'Then a quarter of it.',
				content: '\n',
				calls: [['call_two', '{"input":"391/4"}']],
			},
			{ answers: 'call_two', content: '[{"response":"97.75"}]' },
		]);
		assert.equal(execution.runData[modelName]?.length, 3);
		assert.equal(shownUsage(execution).length, 3);
	});
}

/** An agent with MiniMax Chat as its tool, which takes the argument `sentence`. */
function translator(): Placed[] {
	return [
		manualTrigger('Agent'),
		agent(3.1, 'What is "Good morning" in Danish?'),
		reasoningModel('Agent'),
		{
			name: toolName,
			type: 'n8n-nodes-minimax-platform.miniMaxChatTool',
			parameters: {
				model: { __rl: true, mode: 'list', value: 'MiniMax-M2.5' },
				messages: {
					values: [
						{ role: 'system', content: 'Translate to Danish.' },
						{
							role: 'user',
							content: "={{ $fromAI('sentence', 'The sentence to translate', 'string') }}",
						},
					],
				},
			},
			connection: 'ai_tool',
			to: 'Agent',
		},
	];
}
