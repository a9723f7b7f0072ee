import { z } from 'zod';

import { startSimulator, type Simulator } from '../../../dev/simulator/startSimulator.ts';
import { driveModel } from '../driveModel';
import { HumanMessage } from '../langChain';

/**
 * What the unit suite of LangChain's standard tests for chat models asserts
 * (github.com/langchain-ai/langchainjs, internal/standard-tests), on the model as n8n's roots get it.
 * docs/langchain.md says which of its assertions cannot hold, and why.
 */
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const person = z
	.object({ name: z.string().describe('The name'), age: z.number().int().positive() })
	.describe('A person');
const personTool = { name: 'Person', description: 'A person', schema: person };

it('is there', async () => {
	await driveModel(simulator, async (model) => {
		expect(model._modelType()).toBe('base_chat_model');
	});
});

it('binds tools', async () => {
	await driveModel(simulator, async (model) => {
		expect(model.bindTools([personTool])).toBeDefined();
	});
});

it('gives structured output', async () => {
	await driveModel(simulator, async (model) => {
		expect(model.withStructuredOutput(person)).toBeDefined();
	});
});

it('shows tracers the standard parameters', async () => {
	const options = { temperature: 0.5, maxTokens: 100 };
	await driveModel(
		simulator,
		async (model) => {
			expect(model.getLsParams({ stop: ['END'] })).toEqual({
				ls_provider: 'minimax',
				ls_model_name: 'MiniMax-M2.7',
				ls_model_type: 'chat',
				ls_temperature: 0.5,
				ls_max_tokens: 100,
				ls_stop: ['END'],
			});
			expect(model.invocationParams({ stop: ['END'] })).toEqual({
				model: 'MiniMax-M2.7',
				temperature: 0.5,
				max_completion_tokens: 100,
				stop: ['END'],
			});
		},
		{
			parameters: { model: { __rl: true, mode: 'list', value: 'MiniMax-M2.7' }, options },
		},
	);
});

it('invoke throws with a signal that is aborted already, and sends nothing', async () => {
	await driveModel(simulator, async (model) => {
		const signal = AbortSignal.abort();
		await expect(model.invoke([new HumanMessage('hello')], { signal })).rejects.toThrow();
	});
	expect(simulator.requests).toHaveLength(0);
});

it('stream gives nothing with a signal that is aborted already, and sends nothing', async () => {
	const texts: string[] = [];
	await driveModel(simulator, async (model) => {
		const signal = AbortSignal.abort();
		const read = async () => {
			const stream = await model.stream([new HumanMessage('hello')], { signal });
			for await (const { text } of stream) texts.push(text);
		};
		await expect(read()).rejects.toThrow();
	});
	expect(texts).toEqual([]);
	expect(simulator.requests).toHaveLength(0);
});
