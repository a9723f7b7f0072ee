import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Execution } from '../../../dev/n8n/n8nTypes.ts';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import type { ScriptedReply } from '../../../dev/simulator/startSimulator.ts';
import {
	agent,
	builtInModel,
	calculator,
	langChain,
	manualTrigger,
	modelName,
	reasoningModel,
	streamingWebhook,
	type Placed,
} from './agentWorkflow.ts';
import { startAgents, type Agents } from './startAgents.ts';

/**
 * The chat model under n8n's own agents and chains, in a real n8n: `node --test test/e2e/agents/` after
 * `npm run build`. Takes two minutes, and n8n's installation the first time.
 */

interface SentMessage {
	role: string;
	content?: unknown;
	tool_call_id?: string;
	tool_calls?: Array<{ id: string; function: { name: string; arguments: string } }>;
	reasoning_details?: Array<{ text: string }>;
}

let agents: Agents;
before(async () => {
	agents = await startAgents();
});
afterEach(() => agents.simulator.reset());
after(async () => await agents?.stop());

function sentMessages(index: number): SentMessage[] {
	const body = agents.simulator.requests.at(index)?.body;
	return (body as { messages: SentMessage[] } | undefined)?.messages ?? [];
}

/** The conversation in short: what a turn thought, called (id, arguments), answered. */
function outline(messages: SentMessage[]): unknown[] {
	return messages.map((message) => {
		const { role, content, tool_calls: calls, tool_call_id: answers } = message;
		if (calls !== undefined) {
			const thought = message.reasoning_details?.map(({ text }) => text).join('') ?? null;
			return { thought, content, calls: calls.map((call) => [call.id, call.function.arguments]) };
		}
		return answers === undefined ? [role, content] : { answers, content };
	});
}

function outputs(execution: Execution, name = 'Agent'): unknown[] {
	return readNodeItems(execution, name).map(({ json }) => json);
}

interface ModelRun {
	tokenUsage?: unknown;
	tokenUsageEstimate?: unknown;
}

/** What the log of the model node shows, one entry a request. */
function shownUsage(execution: Execution): unknown[] {
	return (execution.runData[modelName] ?? []).map((run) => {
		const json = run.data?.ai_languageModel?.[0]?.[0]?.json as ModelRun | undefined;
		return json?.tokenUsage ?? json;
	});
}

function assertSucceeded(execution: Execution): void {
	assert.equal(execution.status, 'success', JSON.stringify(execution.error));
	assert.ok(!execution.raw.includes('sk-simulator'), 'the key is in the saved data');
}

const question = 'What is 2*3 + 4*5?';
const usage = (prompt: number, completion: number, reasoning: number, cached?: number) => ({
	usage: {
		prompt_tokens: prompt,
		completion_tokens: completion,
		total_tokens: prompt + completion,
		completion_tokens_details: { reasoning_tokens: reasoning },
		...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
	},
});

/** Two calls at once, then one, then the answer. Ids repeat from test to test, as some servers do. */
const loop: ScriptedReply[] = [
	{
		reasoningText: 'Both products first.',
		toolCalls: [
			{ id: 'call_one', name: 'Calculator', arguments: '{ "input" : "2*3" }' },
			{ id: 'call_two', name: 'Calculator', arguments: '{"input":"4*5"}' },
		],
		...usage(100, 40, 30),
	},
	{
		reasoningText: 'Now the sum.',
		toolCalls: [{ id: 'call_three', name: 'Calculator', arguments: '{"input": "6+20"}' }],
		...usage(200, 20, 15, 90),
	},
	{ reasoningText: 'Done.', reply: 'It is 26.', ...usage(300, 10, 2, 180) },
];

const loopUsage = [
	{ promptTokens: 100, completionTokens: 40, totalTokens: 140, reasoningTokens: 30 },
	{
		promptTokens: 200,
		completionTokens: 20,
		totalTokens: 220,
		cachedTokens: 90,
		reasoningTokens: 15,
	},
	{
		promptTokens: 300,
		completionTokens: 10,
		totalTokens: 310,
		cachedTokens: 180,
		reasoningTokens: 2,
	},
];

/** Agent V3 gives results as lists of items, V2 as text. */
function loopOutline(version: number): unknown[] {
	const result = (text: string) => (version >= 3 ? `[{"response":"${text}"}]` : text);
	return [
		['user', question],
		{
			thought: 'Both products first.',
			content: '\n',
			calls: [
				['call_one', '{ "input" : "2*3" }'],
				['call_two', '{"input":"4*5"}'],
			],
		},
		{ answers: 'call_one', content: result('6') },
		{ answers: 'call_two', content: result('20') },
		{ thought: 'Now the sum.', content: '\n', calls: [['call_three', '{"input": "6+20"}']] },
		{ answers: 'call_three', content: result('26') },
	];
}

describe('AI Agent', () => {
	for (const version of [2.2, 3, 3.1]) {
		it(`${version} gives every turn back as it was sent`, async () => {
			agents.simulator.set({ requireReasoningReplay: true });
			agents.simulator.script(...loop);
			const execution = await agents.run(`agent ${version}`, [
				manualTrigger('Agent'),
				agent(version, question),
				reasoningModel('Agent'),
				calculator('Agent'),
			]);
			assertSucceeded(execution);
			assert.deepEqual(outputs(execution), [{ output: 'It is 26.' }]);
			assert.deepEqual(outline(sentMessages(-1)), loopOutline(version));
			assert.deepEqual(shownUsage(execution), loopUsage);
		});

		it(`${version} streams the answer and nothing else`, async () => {
			agents.simulator.set({
				requireReasoningReplay: true,
				chunkCharacters: 3,
				tokensPerSecond: 40,
			});
			agents.simulator.script(...loop);
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
			assert.deepEqual(outline(sentMessages(-1)), loopOutline(version));
			assert.deepEqual(shownUsage(execution), loopUsage);
		});
	}

	it('goes on when the model called a tool that does not exist', async () => {
		agents.simulator.script(
			{
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
		assert.deepEqual(outline(sentMessages(-1)).slice(2), [
			{ answers: 'call_real', content: '[{"response":"2"}]' },
			{ answers: 'call_dream', content: 'There is no result: this call was not run.' },
		]);
	});

	it('with a memory gives the turns of earlier messages back too', async () => {
		agents.simulator.script(...loop, { reply: 'As I said, 26.' });
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
		assert.deepEqual(outline(sentMessages(-1)), [
			['user', question],
			...loopOutline(3.1).slice(-2),
			['assistant', 'It is 26.'],
			['user', question],
		]);
	});

	it('with an agent as its tool keeps both loops', async () => {
		agents.simulator.script(
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
		assert.deepEqual(outline(sentMessages(-2)).slice(-2), [
			{ thought: 'I calculate.', content: '\n', calls: [['call_one', '{"input":"2*3"}']] },
			{ answers: 'call_one', content: '[{"response":"6"}]' },
		]);
		assert.deepEqual(outline(sentMessages(-1)).slice(-2), [
			{
				thought: 'The specialist knows.',
				content: '\n',
				calls: [['call_one', '{"Prompt__User_Message_":"2*3?"}']],
			},
			{ answers: 'call_one', content: '[{"output":"Six."}]' },
		]);
	});

	it('answers in the shape of a Structured Output Parser', async () => {
		agents.simulator.set({ requireReasoningReplay: true });
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
});

describe("n8n's own MiniMax Chat Model, for comparison", () => {
	it('sends arguments with a foreign id and no thinking after a tool call', async () => {
		agents.simulator.set({ requireReasoningReplay: true });
		agents.simulator.script(...loop);
		const execution = await agents.run('built-in', [
			manualTrigger('Agent'),
			agent(3.1, question),
			builtInModel('Agent'),
			calculator('Agent'),
		]);
		assert.equal(execution.status, 'error');
		assert.deepEqual(outline(sentMessages(-1)).slice(1, 3), [
			{
				thought: null,
				content: [],
				calls: [['call_one', '{"input":"2*3","id":"call_one"}']],
			},
			{ answers: 'call_one', content: '[{"response":"6"}]' },
		]);
	});
});

describe('chains', () => {
	const review = 'The hotel in Lisbon was wonderful, I was very happy with the friendly staff.';

	it('Basic LLM Chain gives the answer as text', async () => {
		agents.simulator.script({ reply: 'Good morning!' });
		const execution = await agents.run('chain', [
			manualTrigger('Chain'),
			langChain('Chain', 'chainLlm', {
				typeVersion: 1.7,
				parameters: { promptType: 'define', text: 'Say good morning.' },
			}),
			reasoningModel('Chain'),
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution, 'Chain'), [{ text: 'Good morning!' }]);
		assert.deepEqual(outline(sentMessages(-1)), [['user', 'Say good morning.']]);
	});

	it('Basic LLM Chain shows images to a model that sees, and merges system messages', async () => {
		const execution = await agents.run('chain with image', [
			manualTrigger('Chain'),
			langChain('Chain', 'chainLlm', {
				typeVersion: 1.7,
				parameters: {
					promptType: 'define',
					text: 'What is this?',
					messages: {
						messageValues: [
							{ type: 'SystemMessagePromptTemplate', message: 'Be short.' },
							{ type: 'SystemMessagePromptTemplate', message: 'Be kind.' },
							{
								type: 'HumanMessagePromptTemplate',
								messageType: 'imageUrl',
								imageUrl: 'https://example.com/cat.png',
								imageDetail: 'low',
							},
						],
					},
				},
			}),
			reasoningModel('Chain', { model: { __rl: true, mode: 'id', value: 'MiniMax-M3' } }),
		]);
		assertSucceeded(execution);
		assert.deepEqual(sentMessages(-1), [
			{ role: 'system', content: 'Be short.\n\nBe kind.' },
			{
				role: 'user',
				content: [
					{
						type: 'image_url',
						image_url: { url: 'https://example.com/cat.png', detail: 'low' },
					},
					{ type: 'text', text: 'What is this?' },
				],
			},
		]);
	});

	it('Structured Output Parser reads the answer', async () => {
		agents.simulator.script({ reply: '```json\n{"output": {"city": "Lisbon"}}\n```' });
		const execution = await agents.run('structured', structured());
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution, 'Chain'), [{ output: { city: 'Lisbon' } }]);
	});

	it('Auto-fixing Output Parser gets the broken answer mended', async () => {
		agents.simulator.script(
			{ reply: 'It is Lisbon.' },
			{ reply: '{"output": {"city": "Lisbon"}}' },
		);
		const execution = await agents.run('auto-fixing', [
			...structured().filter(({ name }) => name !== 'Parser'),
			langChain('Fixer', 'outputParserAutofixing', {
				connection: 'ai_outputParser',
				to: 'Chain',
			}),
			{ ...reasoningModel('Fixer'), name: 'Mending model' },
			{ ...parser('Fixer') },
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution, 'Chain'), [{ output: { city: 'Lisbon' } }]);
		assert.match(JSON.stringify(sentMessages(-1)), /It is Lisbon\./);
	});

	it('Text Classifier takes the branch', async () => {
		const execution = await agents.run('classifier', [
			manualTrigger('Classifier'),
			langChain('Classifier', 'textClassifier', {
				typeVersion: 1.1,
				parameters: {
					inputText: review,
					categories: {
						categories: [
							{ category: 'complaint', description: 'unhappy guests' },
							{ category: 'praise', description: 'happy guests, wonderful friendly staff' },
						],
					},
				},
			}),
			reasoningModel('Classifier'),
		]);
		assertSucceeded(execution);
		assert.equal(readNodeItems(execution, 'Classifier', 1).length, 1);
	});

	it('Information Extractor gives the attributes', async () => {
		const execution = await agents.run('extractor', [
			manualTrigger('Extractor'),
			langChain('Extractor', 'informationExtractor', {
				typeVersion: 1.2,
				parameters: {
					text: review,
					attributes: { attributes: [{ name: 'city', description: 'The city of the hotel' }] },
				},
			}),
			reasoningModel('Extractor'),
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution, 'Extractor'), [{ output: { city: 'Lisbon' } }]);
	});

	it('Sentiment Analysis takes the branch', async () => {
		const execution = await agents.run('sentiment', [
			manualTrigger('Sentiment'),
			langChain('Sentiment', 'sentimentAnalysis', {
				typeVersion: 1.1,
				parameters: { inputText: review },
			}),
			reasoningModel('Sentiment'),
		]);
		assertSucceeded(execution);
		assert.equal(readNodeItems(execution, 'Sentiment', 0).length, 1);
	});

	it('Summarization Chain sums up', async () => {
		agents.simulator.set({ reply: 'A happy stay in Lisbon.' });
		const execution = await agents.run('summary', [
			manualTrigger('Set'),
			{
				name: 'Set',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ review }) },
				to: 'Summary',
			},
			langChain('Summary', 'chainSummarization', { typeVersion: 2.1 }),
			reasoningModel('Summary'),
		]);
		assertSucceeded(execution);
		assert.match(JSON.stringify(outputs(execution, 'Summary')), /A happy stay in Lisbon\./);
	});

	function parser(to: string): Placed {
		return langChain('Parser', 'outputParserStructured', {
			typeVersion: 1.3,
			parameters: { jsonSchemaExample: '{ "city": "Oslo" }' },
			connection: 'ai_outputParser',
			to,
		});
	}

	function structured(): Placed[] {
		return [
			manualTrigger('Chain'),
			langChain('Chain', 'chainLlm', {
				typeVersion: 1.7,
				parameters: { promptType: 'define', text: 'Which city?', hasOutputParser: true },
			}),
			reasoningModel('Chain'),
			parser('Chain'),
		];
	}
});

describe('what goes wrong', () => {
	const nodes = [
		manualTrigger('Agent'),
		agent(3.1, question),
		reasoningModel('Agent'),
		calculator('Agent'),
	];

	it('is told in the words of MiniMax Chat', async () => {
		agents.simulator.set({ fault: { baseResp: 1008 } });
		const execution = await agents.run('no balance', nodes);
		assert.equal(execution.status, 'error');
		assert.equal(execution.error?.message, 'The balance of the MiniMax account is used up');
		assert.equal(agents.simulator.requests.length, 1);
	});

	it('is sent again when that can help', async () => {
		agents.simulator.script({ fault: { status: 500 } }, { fault: { code: 1002 } }, ...loop);
		const execution = await agents.run('retries', nodes);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution), [{ output: 'It is 26.' }]);
		assert.equal(agents.simulator.requests.length, 5);
	});

	it('ends at once on Stop, and closes the connection', async () => {
		agents.simulator.set({ reply: 'slowly '.repeat(2000), tokensPerSecond: 20 });
		const workflow = await agents.save('stop', nodes);
		const id = await agents.user.startWorkflow(workflow, 'Trigger');
		await until(() => agents.simulator.requests[0]?.startedAt !== undefined);
		await agents.user.stopExecution(id);
		assert.equal((await agents.user.waitForExecution(id)).status, 'canceled');
		await until(() => agents.simulator.inFlight() === 0);
		assert.equal(agents.simulator.requests[0]?.closedByClient, true);
	});
});

async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error(`Not within 10 s: ${condition}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
