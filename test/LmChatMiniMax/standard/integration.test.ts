import { InMemoryCache } from '@langchain/core/caches';
import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { RunnableLambda } from '@langchain/core/runnables';
import { tool } from '@langchain/core/tools';
import { z } from 'zod';

import { startSimulator, type Simulator } from '../../../dev/simulator/startSimulator.ts';
import { driveModel } from '../driveModel';
import {
	AIMessage,
	HumanMessage,
	SystemMessage,
	ToolMessage,
	type AIMessageChunk,
	type BaseMessage,
	type ChatModel,
} from '../langChain';

/**
 * What the integration suite of LangChain's standard tests for chat models asserts
 * (github.com/langchain-ai/langchainjs, internal/standard-tests), on the model as n8n's roots get it and
 * against the simulator. docs/langchain.md says which of its assertions cannot hold, and why.
 */
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
/** Of its own in each test: a call's id names a turn in the memory of the process. */
let id = '';
let tests = 0;
beforeEach(() => {
	tests += 1;
	id = `call_${tests}`;
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const addition = z
	.object({ a: z.number().int().describe('First'), b: z.number().int().describe('Second') })
	.describe('Adds two integers');
const adder = tool(({ a, b }) => JSON.stringify({ sum: a + b }), {
	name: 'Adder',
	description: 'Adds two integers',
	schema: addition,
});
const addPrompt = ChatPromptTemplate.fromMessages([
	['system', 'Always call the function {toolName}.'],
	['human', 'What is the sum of 12 and 30?'],
]);
const weather = tool(() => 'Sunny, 21 degrees.', {
	name: 'get_weather',
	description: 'The weather of a place',
	schema: z.object({ location: z.string().describe('The place') }),
});
const clock = tool(() => '12:02', {
	name: 'get_time',
	description: 'The time at a place',
	schema: z.object({ location: z.string().describe('The place') }),
});
const question = new HumanMessage('What is the weather in Lisbon?');

interface Sent {
	messages: Array<Record<string, unknown>>;
	[field: string]: unknown;
}

function sent(index = -1): Sent {
	return simulator.requests.at(index)?.body as Sent;
}

/** Runs in n8n's engine; the model is MiniMax-M3, which sees. */
async function withModel(work: (model: ChatModel) => Promise<void>): Promise<void> {
	const parameters = { model: { __rl: true, mode: 'id', value: 'MiniMax-M3' } };
	await driveModel(simulator, work, { parameters });
}

type Ask = (model: ChatModel, input: string | BaseMessage[]) => Promise<AIMessage>;

async function join(chunks: AsyncIterable<unknown>): Promise<AIMessageChunk> {
	let all: AIMessageChunk | undefined;
	for await (const chunk of chunks as AsyncIterable<AIMessageChunk>) {
		all = all?.concat(chunk) ?? chunk;
	}
	if (all === undefined) throw new Error('The stream was empty');
	return all;
}

const ways: Array<[string, Ask]> = [
	['invoke', async (model, input) => (await model.invoke(input)) as AIMessage],
	['stream', async (model, input) => await join(await model.stream(input))],
];

function callOf(name: string, args: object, callId = id) {
	return { id: callId, name, arguments: JSON.stringify(args) };
}

it('invoke gives a message with text', async () => {
	await withModel(async (model) => {
		const result = await model.invoke('Hello');
		expect(AIMessage.isInstance(result)).toBe(true);
		expect(result.text).not.toBe('');
		expect(result.content).toBe(result.text);
	});
});

it('stream gives chunks with text', async () => {
	simulator.set({ reply: 'Hello to you.', chunkCharacters: 4, tokensPerSecond: 60 });
	await withModel(async (model) => {
		const texts: string[] = [];
		for await (const chunk of await model.stream('Hello')) {
			expect(typeof chunk.content).toBe('string');
			texts.push(chunk.text);
		}
		expect(texts.join('')).toBe('Hello to you.');
		expect(texts.length).toBeGreaterThan(2);
	});
});

it('batch answers each input', async () => {
	await withModel(async (model) => {
		const results = await model.batch(['Hello', 'Hey']);
		expect(results).toHaveLength(2);
		for (const result of results) expect(result.text).not.toBe('');
	});
	expect(simulator.requests).toHaveLength(2);
});

it('streamEvents begins, streams and ends', async () => {
	simulator.set({ reply: 'Hello to you.', chunkCharacters: 4, tokensPerSecond: 60 });
	await withModel(async (model) => {
		const events = [];
		for await (const event of model.streamEvents('Hello', { version: 'v2' })) events.push(event);
		expect(events[0]?.event).toBe('on_chat_model_start');
		expect(events.at(-1)?.event).toBe('on_chat_model_end');
		const middle = events.slice(1, -1);
		expect(middle.length).toBeGreaterThan(2);
		expect(new Set(middle.map(({ event }) => event))).toEqual(new Set(['on_chat_model_stream']));
		const texts = middle.map(({ data }) => (data.chunk as AIMessageChunk).text);
		expect(texts.join('')).toBe('Hello to you.');
		expect((events.at(-1)?.data.output as AIMessage).text).toBe('Hello to you.');
	});
});

it('takes a conversation', async () => {
	await withModel(async (model) => {
		const messages = [
			new HumanMessage('hello'),
			new AIMessage('hello'),
			new HumanMessage('how are you'),
		];
		expect((await model.invoke(messages)).text).not.toBe('');
	});
	expect(sent().messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
});

it('takes a conversation in which roles repeat', async () => {
	await withModel(async (model) => {
		const messages = [
			new SystemMessage('one'),
			new SystemMessage('two'),
			new HumanMessage('hello'),
			new HumanMessage('hello'),
			new AIMessage('hello'),
			new AIMessage('hello'),
			new HumanMessage('how are you'),
		];
		expect((await model.invoke(messages)).text).not.toBe('');
	});
	expect(sent().messages[0]).toEqual({ role: 'system', content: 'one\n\ntwo' });
});

describe.each(ways)('%s', (_way, ask) => {
	it('reports the usage with its details, and the model', async () => {
		simulator.set({
			usage: {
				prompt_tokens: 50,
				completion_tokens: 20,
				total_tokens: 70,
				completion_tokens_details: { reasoning_tokens: 12 },
				prompt_tokens_details: { cached_tokens: 32 },
			},
		});
		await withModel(async (model) => {
			const { usage_metadata: usage, response_metadata: about } = await ask(model, 'Hello');
			expect(usage).toEqual({
				input_tokens: 50,
				output_tokens: 20,
				total_tokens: 70,
				input_token_details: { cache_read: 32 },
				output_token_details: { reasoning: 12 },
			});
			expect(about).toEqual({
				id: expect.stringMatching(/./),
				model: 'MiniMax-M3',
				provider: 'minimax',
				finish_reason: 'stop',
				tokenUsage: expect.objectContaining({ promptTokens: 50, completionTokens: 20 }),
			});
		});
	});

	it('calls a tool with its arguments and its id', async () => {
		simulator.set({ toolCalls: [callOf('Adder', { a: 1, b: 2 })] });
		await withModel(async (model) => {
			const bound = model.bindTools([adder]) as ChatModel;
			const { tool_calls: calls } = await ask(bound, 'What is 1 + 2? Use the tool.');
			expect(calls).toEqual([{ type: 'tool_call', id, name: 'Adder', args: { a: 1, b: 2 } }]);
		});
	});

	it('calls several tools at once', async () => {
		simulator.script({
			toolCalls: [
				callOf('get_weather', { location: 'Lisbon' }, `${id}_w`),
				callOf('get_time', { location: 'Lisbon' }, `${id}_t`),
			],
		});
		await withModel(async (model) => {
			const bound = model.bindTools([weather, clock]) as ChatModel;
			const first = await ask(bound, [question]);
			expect(first.tool_calls?.map(({ name, id }) => [name, id])).toEqual([
				['get_weather', `${id}_w`],
				['get_time', `${id}_t`],
			]);
			const results = [
				new ToolMessage({ name: 'get_weather', tool_call_id: `${id}_w`, content: 'Hail.' }),
				new ToolMessage({ name: 'get_time', tool_call_id: `${id}_t`, content: '12:02' }),
			];
			simulator.script({ reply: 'Hail at noon.' });
			const last = await ask(bound, [question, first, ...results]);
			expect(last.tool_calls ?? []).toEqual([]);
			expect(last.content).toBe('Hail at noon.');
		});
		expect(sent().messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
	});

	it('goes on from its own tool call', async () => {
		simulator.script({ toolCalls: [callOf('get_weather', { location: 'Lisbon' })] });
		await withModel(async (model) => {
			const bound = model.bindTools([weather]) as ChatModel;
			const first = await ask(bound, [question]);
			const [call] = first.tool_calls ?? [];
			if (call === undefined) throw new Error('No tool was called');
			const content = await weather.invoke({ location: 'Lisbon' });
			const result = new ToolMessage({ tool_call_id: call.id ?? '', name: call.name, content });
			simulator.script({ reply: 'It is sunny.' });
			expect((await ask(bound, [question, first, result])).content).toBe('It is sunny.');
		});
		expect(sent().messages.at(-1)).toEqual({
			role: 'tool',
			tool_call_id: id,
			content: 'Sunny, 21 degrees.',
		});
	});

	it('takes the parameters of a tool without its function', async () => {
		simulator.set({ toolCalls: [callOf('get_weather', { location: 'Lisbon' })] });
		await withModel(async (model) => {
			const { name, description, schema } = weather;
			const bound = model.bindTools([{ name, description, schema }]) as ChatModel;
			const { tool_calls: calls } = await ask(bound, [question]);
			expect(calls?.[0]).toMatchObject({ name: 'get_weather', args: { location: 'Lisbon' } });
		});
	});

	it.each([[['met']], ['met']])('ends before a stop word: %j', async (stop) => {
		simulator.set({ reply: 'Nine mops, nine metres.', chunkCharacters: 2 });
		await withModel(async (model) => {
			const bound = model.withConfig({ stop: [stop].flat() });
			const result = await ask(bound as ChatModel, 'How deep?');
			expect(result.content).toBe('Nine mops, nine ');
			expect(result.response_metadata.finish_reason).toBe('stop');
		});
		// The API ignores it, and servers that do not would end inside of the thinking.
		expect(sent()).not.toHaveProperty('stop');
	});
});

it('binds what is like a tool', async () => {
	simulator.set({ toolCalls: [callOf('math_addition', { a: 12, b: 30 })] });
	await withModel(async (model) => {
		const runnable = RunnableLambda.from(() => {}).asTool({
			name: 'math_addition',
			description: 'Adds two integers',
			schema: addition,
		});
		const chain = addPrompt.pipe(model.bindTools([runnable]));
		const { tool_calls: calls } = (await chain.invoke({ toolName: 'math_addition' })) as AIMessage;
		expect(calls).toEqual([
			{ type: 'tool_call', id, name: 'math_addition', args: { a: 12, b: 30 } },
		]);
	});
});

it("binds tools in OpenAI's shape", async () => {
	simulator.set({ toolCalls: [callOf('math_addition', { a: 12, b: 30 })] });
	const parameters = { type: 'object', properties: { a: { type: 'integer' } } };
	await withModel(async (model) => {
		const chain = addPrompt.pipe(
			model.bindTools([{ type: 'function', function: { name: 'math_addition', parameters } }]),
		);
		const { tool_calls: calls } = (await chain.invoke({ toolName: 'math_addition' })) as AIMessage;
		expect(calls?.[0]?.name).toBe('math_addition');
	});
	expect(sent().tools).toEqual([
		{ type: 'function', function: { name: 'math_addition', parameters } },
	]);
});

describe('a history with tool messages', () => {
	const call = { id: 'earlier', name: 'Adder', args: { a: 1, b: 2 }, type: 'tool_call' as const };
	const result = new ToolMessage({ tool_call_id: 'earlier', name: 'Adder', content: '{"sum":3}' });
	const wireCall = {
		id: 'earlier',
		type: 'function',
		function: { name: 'Adder', arguments: '{"a":1,"b":2}' },
	};
	const listed = [
		{ type: 'text', text: 'some text' },
		{ type: 'tool_use', id: 'earlier', name: 'Adder', input: { a: 1, b: 2 } },
	];

	it.each([
		['text', '', ''],
		['a list', listed, 'some text'],
	])('whose content is %s', async (_kind, content, text) => {
		await withModel(async (model) => {
			const turn = new AIMessage({ content, tool_calls: [call] });
			const bound = model.bindTools([adder]);
			const answer = await bound.invoke([new HumanMessage('What is 1 + 2'), turn, result]);
			expect(answer.content).not.toBe('');
		});
		expect(sent().messages.slice(1)).toEqual([
			{ role: 'assistant', content: text, tool_calls: [wireCall] },
			{ role: 'tool', tool_call_id: 'earlier', content: '{"sum":3}' },
		]);
	});

	it('as an example before the question', async () => {
		await withModel(async (model) => {
			await model
				.bindTools([adder])
				.invoke([
					new HumanMessage('What is 1 + 2'),
					new AIMessage({ content: '', tool_calls: [call] }),
					result,
					new AIMessage('{"sum":3}'),
					new HumanMessage('What is 3 + 4'),
				]);
		});
		expect(sent().messages.map(({ role }) => role)).toEqual([
			'user',
			'assistant',
			'tool',
			'assistant',
			'user',
		]);
	});
});

class OptionsRecorder extends BaseCallbackHandler {
	name = 'options-recorder';
	extra: Record<string, unknown> | undefined;

	override handleChatModelStart(
		_model: unknown,
		_messages: unknown,
		_runId: string,
		_parent?: string,
		extra?: Record<string, unknown>,
	) {
		this.extra = extra;
	}
}

describe('withStructuredOutput', () => {
	const expectedFormat = {
		kwargs: { method: 'functionCalling' },
		schema: expect.objectContaining({
			type: 'object',
			properties: {
				a: expect.objectContaining({ type: 'integer' }),
				b: expect.objectContaining({ type: 'integer' }),
			},
		}),
	};

	it('gives the value, and shows tracers what was asked for', async () => {
		simulator.set({ toolCalls: [callOf('math_addition', { a: 12, b: 30 })] });
		const recorder = new OptionsRecorder();
		await withModel(async (model) => {
			const structured = model.withStructuredOutput(addition, { name: 'math_addition' });
			const chain = addPrompt.pipe(structured);
			const value = await chain.invoke({ toolName: 'math_addition' }, { callbacks: [recorder] });
			expect(value).toEqual({ a: 12, b: 30 });
		});
		expect(recorder.extra?.options).toMatchObject({ ls_structured_output_format: expectedFormat });
	});

	it('gives the message besides', async () => {
		simulator.set({ toolCalls: [callOf('math_addition', { a: 12, b: 30 })] });
		const recorder = new OptionsRecorder();
		await withModel(async (model) => {
			const chain = addPrompt.pipe(
				model.withStructuredOutput(addition, { includeRaw: true, name: 'math_addition' }),
			);
			const { raw, parsed } = await chain.invoke(
				{ toolName: 'math_addition' },
				{ callbacks: [recorder] },
			);
			expect(parsed).toEqual({ a: 12, b: 30 });
			expect((raw as AIMessage).tool_calls).toHaveLength(1);
			expect((raw as AIMessage).usage_metadata?.total_tokens).toBeGreaterThan(0);
		});
		expect(recorder.extra?.options).toMatchObject({ ls_structured_output_format: expectedFormat });
	});

	it('streams the value', async () => {
		simulator.set({ toolCalls: [callOf('extract', { a: 12, b: 30 })] });
		await withModel(async (model) => {
			const values = [];
			const stream = await model.withStructuredOutput(addition).stream('Add 12 and 30.');
			for await (const value of stream) values.push(value);
			expect(values.at(-1)).toEqual({ a: 12, b: 30 });
		});
	});

	it('takes the JSON where the model writes it in place of the call', async () => {
		simulator.set({ reply: 'Here it is:\n```json\n{"a": 12, "b": 30}\n```' });
		await withModel(async (model) => {
			const structured = model.withStructuredOutput(addition);
			await expect(structured.invoke('Add 12 and 30.')).resolves.toEqual({ a: 12, b: 30 });
		});
	});

	it('gives the message with the call that was made of the JSON', async () => {
		simulator.set({ reply: '{"a": 12, "b": 30}' });
		await withModel(async (model) => {
			const structured = model.withStructuredOutput(addition, { includeRaw: true, name: 'add' });
			const { raw } = await structured.invoke('Add 12 and 30.');
			expect((raw as AIMessage).tool_calls).toEqual([
				{
					type: 'tool_call',
					id: expect.stringMatching(/^call_[\da-f-]{36}$/),
					name: 'add',
					args: { a: 12, b: 30 },
				},
			]);
		});
		expect(sent().tool_choice).toEqual({ type: 'function', function: { name: 'add' } });
	});

	it('takes the call where the model writes other JSON beside it', async () => {
		simulator.set({ reply: '{"a": 1, "b": 2}', toolCalls: [callOf('extract', { a: 12, b: 30 })] });
		await withModel(async (model) => {
			const structured = model.withStructuredOutput(addition);
			await expect(structured.invoke('Add 12 and 30.')).resolves.toEqual({ a: 12, b: 30 });
		});
	});

	it('takes no list for the arguments of a call', async () => {
		simulator.set({ reply: '[12, 30]' });
		const schema = { title: 'add', type: 'array', items: { type: 'number' } };
		await withModel(async (model) => {
			const structured = model.withStructuredOutput(schema);
			await expect(structured.invoke('Add 12 and 30.')).rejects.toThrow('No tool calls found');
		});
	});

	it.each(['Forty-two.', '{"a": "twelve", "b": 30}'])('takes nothing else: %s', async (reply) => {
		simulator.set({ reply });
		await withModel(async (model) => {
			const structured = model.withStructuredOutput(addition);
			await expect(structured.invoke('Add 12 and 30.')).rejects.toThrow('No tool calls found');
		});
	});

	it('takes a schema with objects in it', async () => {
		const plan = {
			decision: 'UseAPI',
			explanation: 'It is faster.',
			apiDetails: { serviceName: 'S', parameters: { param1: 'value1' } },
		};
		simulator.set({ toolCalls: [callOf('service_tool', plan)] });
		const schema = z.object({
			decision: z.enum(['UseAPI', 'UseFallback']),
			explanation: z.string(),
			apiDetails: z.object({ serviceName: z.string(), parameters: z.record(z.unknown()) }),
		});
		await withModel(async (model) => {
			const structured = model.withStructuredOutput(schema, { name: 'service_tool' });
			await expect(structured.invoke('Use the API.')).resolves.toEqual(plan);
		});
		const [only] = sent().tools as Array<{ function: { parameters: object } }>;
		expect(only?.function.parameters).toMatchObject({
			required: ['decision', 'explanation', 'apiDetails'],
		});
	});
});

it('is cached by messages, model, settings and tools', async () => {
	simulator.script({ reply: 'Once.' });
	await withModel(async (model) => {
		model.cache = new InMemoryCache();
		const message = new HumanMessage({ content: [{ type: 'text', text: 'Hello there!' }] });
		const first = await model.invoke([message]);
		const second = await model.invoke([message]);
		expect(second.content).toBe('Once.');
		expect(second.content).toEqual(first.content);
		const plain = model._getSerializedCacheKeyParametersForCall({});
		const bound = model.bindTools([adder]) as ChatModel;
		expect(plain).toContain('MiniMax-M3');
		expect(bound._getSerializedCacheKeyParametersForCall({})).not.toBe(plain);
	});
	expect(simulator.requests).toHaveLength(1);
});

describe('standard content blocks', () => {
	const pixel =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
	const note = (thing: string) => `[${thing} was left out here: the model cannot read it.]`;
	const image = (url: string) => [{ type: 'image_url', image_url: { url } }];

	it.each([
		[{ type: 'text', source_type: 'text', text: 'Hello.' }, 'Hello.'],
		[
			{ type: 'image', source_type: 'url', url: 'https://example.com/a.png' },
			image('https://example.com/a.png'),
		],
		[
			{ type: 'image', source_type: 'base64', data: pixel, mime_type: 'image/png' },
			image(`data:image/png;base64,${pixel}`),
		],
		[
			{ type: 'image', source_type: 'url', url: `data:image/png;base64,${pixel}` },
			image(`data:image/png;base64,${pixel}`),
		],
		[
			{ type: 'audio', source_type: 'url', url: 'https://example.com/a.mp3' },
			note('A sound recording'),
		],
		[
			{ type: 'audio', source_type: 'base64', data: 'AAAA', mime_type: 'audio/wav' },
			note('A sound recording'),
		],
		[
			{ type: 'audio', source_type: 'url', url: 'data:audio/wav;base64,AAAA' },
			note('A sound recording'),
		],
		[
			{ type: 'file', source_type: 'url', url: 'data:text/plain;base64,SGVsbG8=' },
			note('A file of the type text/plain'),
		],
		[
			{
				type: 'file',
				source_type: 'url',
				url: 'https://example.com/a.pdf',
				mime_type: 'application/pdf',
			},
			note('A file of the type application/pdf'),
		],
		[
			{ type: 'file', source_type: 'text', text: 'Hello.', metadata: { filename: 'a.txt' } },
			'Hello.',
		],
	])('%j', async (block, content) => {
		await withModel(async (model) => {
			const result = await model.invoke([new HumanMessage({ content: [block] })]);
			expect(result.text).not.toBe('');
		});
		expect(sent().messages).toEqual([{ role: 'user', content }]);
	});
});
