import type { Message, StreamChunk } from '@n8n/ai-node-sdk';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { isAdapter } from '../../nodes/LmChatMiniMax/sdkGaps/adapter';
import type { CallOptions, MiniMaxModel } from '../../nodes/LmChatMiniMax/sdkGaps/model';
import { waitFor } from '../support/waitFor';
import { driveModel } from './driveModel';

/** The model inside of LangChain's, as n8n's SDK wants it: whole results, and every chunk of a stream. */
let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const question: Message = { role: 'user', content: [{ type: 'text', text: 'How deep?' }] };

async function withSdkModel(work: (model: MiniMaxModel) => Promise<void>): Promise<void> {
	await driveModel(simulator, async (model) => {
		if (!isAdapter(model)) throw new Error("It is not the SDK's model");
		await work(model.chatModel);
	});
}

/** What `generate` gives, and the chunks of `stream` with the texts joined. */
async function ask(reply: Parameters<Simulator['set']>[0], options: CallOptions = {}) {
	simulator.set(reply);
	const chunks: StreamChunk[] = [];
	let result: Awaited<ReturnType<MiniMaxModel['generate']>> | undefined;
	await withSdkModel(async (model) => {
		result = await model.generate([question], options);
		let text = '';
		for await (const chunk of model.stream([question], options)) {
			if (chunk.type !== 'text-delta') chunks.push(chunk);
			else if (chunk.delta === '') throw new Error('A chunk says nothing');
			else text += chunk.delta;
		}
		if (text !== '') chunks.unshift({ type: 'text-delta', delta: text });
	});
	return { result, chunks };
}

/** Text as a server sends it that is no more than a stream of these chunks. */
function sse(...chunks: object[]): { body: string } {
	const events = chunks.map((chunk) => `data: ${JSON.stringify({ id: 'c1', ...chunk })}\n\n`);
	return { body: `${events.join('')}data: [DONE]\n\n` };
}

const nine = { index: 0, delta: { role: 'assistant', content: 'Nine.' } };
/** An id with an ending of its own, where another turn of this process has it already. */
const like = (id: string): unknown => expect.stringMatching(new RegExp(`^${id}(_[0-9a-f]{8})?$`));
const lookup = { index: 0, id: 'a', type: 'function', function: { name: 'lookup' } };

it('gives text, finish reason, usage and the id', async () => {
	const usage = {
		prompt_tokens: 50,
		completion_tokens: 20,
		total_tokens: 75,
		prompt_tokens_details: { cached_tokens: 0 },
		completion_tokens_details: { reasoning_tokens: 12 },
	};
	const { result, chunks } = await ask(
		sse({ choices: [{ ...nine, finish_reason: 'stop' }] }, { choices: [], usage }),
	);
	const reported = {
		promptTokens: 50,
		completionTokens: 20,
		totalTokens: 75,
		inputTokenDetails: { cacheRead: 0 },
		outputTokenDetails: { reasoning: 12 },
	};
	expect(result).toEqual({
		id: 'c1',
		finishReason: 'stop',
		usage: reported,
		message: { role: 'assistant', content: [{ type: 'text', text: 'Nine.' }] },
		providerMetadata: { id: 'c1', finish_reason: 'stop' },
	});
	expect(chunks).toEqual([
		{ type: 'text-delta', delta: 'Nine.' },
		{ type: 'finish', finishReason: 'stop', usage: reported },
	]);
});

it.each([
	[{}, undefined],
	[{ usage: null }, undefined],
	[{ usage: { prompt_tokens: 50 } }, { promptTokens: 50, completionTokens: 0, totalTokens: 50 }],
	[
		{ usage: { completion_tokens: 20 } },
		{ promptTokens: 0, completionTokens: 20, totalTokens: 20 },
	],
	[
		{ usage: { prompt_tokens: 50, completion_tokens: 20 } },
		{ promptTokens: 50, completionTokens: 20, totalTokens: 70 },
	],
	// A sum alone says nothing of either.
	[{ usage: { total_tokens: 70 } }, undefined],
])('gives as much of the usage as was reported: %j', async (last, usage) => {
	const { result, chunks } = await ask(
		sse({ choices: [{ ...nine, finish_reason: 'stop' }] }, { choices: [], ...last }),
	);
	expect(result?.usage).toEqual(usage);
	expect(chunks.at(-1)).toEqual({ type: 'finish', finishReason: 'stop', usage });
});

it.each([
	['stop', 'stop'],
	['length', 'length'],
	['content_filter', 'content-filter'],
	['tool_calls', 'tool-calls'],
	['eos', 'other'],
])('names the finish reason %s', async (finish_reason, name) => {
	const { result, chunks } = await ask(sse({ choices: [{ ...nine, finish_reason }] }));
	expect(result?.finishReason).toBe(name);
	expect(result?.providerMetadata).toEqual({ id: 'c1', finish_reason });
	expect(chunks.at(-1)).toEqual({ type: 'finish', finishReason: name, usage: undefined });
});

it.each([
	['nothing', ''],
	['a line end', '\n'],
])(
	'gives calls beside %s, whatever the finish reason, and an object for no arguments',
	async (_what, content) => {
		const tool_calls = [
			{ ...lookup, function: { name: 'lookup', arguments: '{"chart": 12}' } },
			{ ...lookup, index: 1, id: 'b' },
		];
		const delta = { role: 'assistant', content, tool_calls };
		const { result, chunks } = await ask(
			sse({ choices: [{ index: 0, delta, finish_reason: 'stop' }] }),
		);
		expect(result?.finishReason).toBe('tool-calls');
		expect(result?.message.content).toEqual([
			{ type: 'tool-call', toolCallId: like('a'), toolName: 'lookup', input: '{"chart": 12}' },
			{ type: 'tool-call', toolCallId: like('b'), toolName: 'lookup', input: '{}' },
		]);
		expect(chunks).toEqual([
			{
				type: 'tool-call-delta',
				id: like('a'),
				name: 'lookup',
				argumentsDelta: '{"chart": 12}',
			},
			{
				type: 'tool-call-delta',
				id: like('b'),
				name: 'lookup',
				argumentsDelta: '{}',
			},
			{ type: 'finish', finishReason: 'tool-calls', usage: undefined },
		]);
	},
);

it('gives text beside calls, and no id where there is none', async () => {
	const delta = { role: 'assistant', content: '\nI look.', tool_calls: [lookup] };
	const body = { choices: [{ index: 0, delta, finish_reason: 'tool_calls' }], id: null };
	const { result, chunks } = await ask(sse(body));
	expect(result?.id).toBeUndefined();
	expect(result?.message.content).toEqual([
		{ type: 'text', text: '\nI look.' },
		{ type: 'tool-call', toolCallId: like('a'), toolName: 'lookup', input: '{}' },
	]);
	expect(chunks.map(({ type }) => type)).toEqual(['text-delta', 'tool-call-delta', 'finish']);
});

it.each([
	['Nine. Over. Ten.', ['Over'], 'Nine. '],
	['Nine. Over. Ten.', 'Over', 'Nine. '],
	['Nine. Over. Ten.', ['Under'], 'Nine. Over. Ten.'],
	['Nine. Ove', ['Over'], 'Nine. Ove'],
	['\n\nOver.', ['Over'], '\n\n'],
])('of %j with the stop word %j gives %j', async (reply, stop, text) => {
	const { result, chunks } = await ask({ reply, chunkCharacters: 2 }, { stop });
	expect(result?.message.content).toEqual([{ type: 'text', text }]);
	expect(chunks[0]).toEqual({ type: 'text-delta', delta: text });
	expect(chunks).toHaveLength(2);
});

it('gives no text where a stop word comes first, and calls none behind one', async () => {
	const tool_calls = [lookup];
	const delta = { role: 'assistant', content: 'Over. Nine.', tool_calls };
	const { result, chunks } = await ask(
		sse({ choices: [{ index: 0, delta, finish_reason: 'tool_calls' }] }),
		{ stop: ['Over'] },
	);
	expect(result?.message.content).toEqual([]);
	expect(result?.finishReason).toBe('stop');
	expect(chunks).toEqual([{ type: 'finish', finishReason: 'stop', usage: undefined }]);
});

it('closes the connection when its reader leaves', async () => {
	// It would go on for minutes.
	simulator.set({ reply: 'slowly '.repeat(5000), tokensPerSecond: 40 });
	await withSdkModel(async (model) => {
		for await (const chunk of model.stream([question])) if (chunk.type === 'text-delta') break;
	});
	await waitFor(() => simulator.inFlight() === 0);
	expect(simulator.requests).toMatchObject([{ closedByClient: true }]);
});

describe('a reader that has left', () => {
	it('hears of no error behind the first words', async () => {
		simulator.set({ reply: 'Nine metres. '.repeat(50), fault: { stream: 'stall' } });
		await withSdkModel(async (model) => {
			const leave = new AbortController();
			const chunks: StreamChunk[] = [];
			for await (const chunk of model.stream([question], { left: leave.signal })) {
				chunks.push(chunk);
				leave.abort();
			}
			expect(chunks.map(({ type }) => type)).toContain('text-delta');
			expect(chunks.map(({ type }) => type)).not.toContain('finish');
		});
	});

	it('hears that it was aborted where none have come', async () => {
		simulator.set({ fault: { connection: 'hang' } });
		await withSdkModel(async (model) => {
			const leave = new AbortController();
			const reading = (async () => {
				for await (const chunk of model.stream([question], { left: leave.signal })) void chunk;
			})();
			await waitFor(() => simulator.requests.length === 1);
			leave.abort();
			await expect(reading).rejects.toThrow(/abort/i);
		});
	});
});

it('reports the whole completion once it is there', async () => {
	const heard: unknown[] = [];
	await ask({ reply: 'Nine.' }, { onCompletion: ({ content }) => heard.push(content) });
	expect(heard).toEqual(['Nine.', 'Nine.']);
});

it('holds what every request holds, for tracers', async () => {
	const tool = (name: string, description?: string) => ({
		type: 'function' as const,
		name,
		description,
		inputSchema: { type: 'object' as const },
	});
	const wire = (name: string, description?: string) => ({
		type: 'function',
		function: { name, description, parameters: { type: 'object' } },
	});
	const plain = { model: 'MiniMax-M3', max_completion_tokens: 8192 };
	await withSdkModel(async (model) => {
		expect(model.parameters).toEqual(plain);
		const bound = model.withTools([tool('lookup', 'Old'), tool('ping')]);
		expect(bound.parameters).toEqual({ ...plain, tools: [wire('lookup', 'Old'), wire('ping')] });
		// Bound again, a tool takes the place of the one of its name.
		expect(bound.withTools([tool('lookup', 'New')]).parameters).toEqual({
			...plain,
			tools: [wire('lookup', 'New'), wire('ping')],
		});
		expect(model.parameters).toEqual(plain);
	});
});
