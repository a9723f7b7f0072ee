import assert from 'node:assert/strict';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import type { Check } from '../suite.ts';
import { langChain, manualTrigger, reasoningModel, type Placed } from './agentWorkflow.ts';
import type { Agents } from './openAgents.ts';
import { assertSucceeded, outline, outputs, sentMessages } from './readRuns.ts';

const review = 'The hotel in Lisbon was wonderful, I was very happy with the friendly staff.';

/** The chat model under n8n's chains. */
export async function checkChains(agents: Agents, check: Check): Promise<void> {
	const { simulator } = agents;

	await check('Basic LLM Chain gives the answer as text', async () => {
		simulator.script({ reply: 'Good morning!' });
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
		assert.deepEqual(outline(sentMessages(simulator, -1)), [['user', 'Say good morning.']]);
	});

	await check(
		'Basic LLM Chain shows images to a model that sees, and merges system messages',
		async () => {
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
			assert.deepEqual(sentMessages(simulator, -1), [
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
		},
	);

	await check('Structured Output Parser reads the answer', async () => {
		simulator.script({ reply: '```json\n{"output": {"city": "Lisbon"}}\n```' });
		const execution = await agents.run('structured', structured());
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution, 'Chain'), [{ output: { city: 'Lisbon' } }]);
	});

	await check('Auto-fixing Output Parser gets the broken answer repaired', async () => {
		simulator.script({ reply: 'It is Lisbon.' }, { reply: '{"output": {"city": "Lisbon"}}' });
		const execution = await agents.run('auto-fixing', [
			...structured().filter(({ name }) => name !== 'Parser'),
			langChain('Fixer', 'outputParserAutofixing', {
				connection: 'ai_outputParser',
				to: 'Chain',
			}),
			{ ...reasoningModel('Fixer'), name: 'Repairing model' },
			{ ...parser('Fixer') },
		]);
		assertSucceeded(execution);
		assert.deepEqual(outputs(execution, 'Chain'), [{ output: { city: 'Lisbon' } }]);
		assert.match(JSON.stringify(sentMessages(simulator, -1)), /It is Lisbon\./);
	});

	await check('Text Classifier takes the branch', async () => {
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

	await check('Information Extractor gives the attributes', async () => {
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

	await check('Sentiment Analysis takes the branch', async () => {
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

	await check('Summarization Chain sums up', async () => {
		simulator.set({ reply: 'A happy stay in Lisbon.' });
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
}

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
