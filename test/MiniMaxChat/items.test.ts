import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { loadPairs } from '../support/loadReplies';
import { anyId, jsonOf, onlyItem, runChat, textOfEachItem } from '../support/runChat';
import { noUsage } from '../support/noUsage';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ now: () => 1_790_000_000_000 });
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

/** Replies have to give the same item both ways. */
const ways = ['auto', 'off'];
const reply = 'It snows in Oslo.';
const reasoningText = 'They ask about the weather.';
const usage = {
	promptTokens: 176,
	completionTokens: 12,
	reasoningTokens: null,
	cachedTokens: 114,
	totalTokens: 188,
};
const item = {
	content: reply,
	reasoning: reasoningText,
	usage,
	finishReason: 'stop',
	model: 'MiniMax-M3',
	id: anyId,
};

describe.each(ways)('with Streaming %s', (streaming) => {
	const options = { streaming };

	it('one item', async () => {
		simulator.script({ reply, reasoningText });
		const { outputs, run } = await runChat(simulator, { options });

		expect(run.status).toBe('success');
		expect(outputs).toEqual([[{ json: item, pairedItem: { item: 0 } }], []]);
		expect(Object.keys(outputs[0]?.[0]?.json ?? {})).toEqual(Object.keys(item));
	});

	it('thirty items in their order, each paired with its own', async () => {
		const items = Array.from({ length: 30 }, (_, index) => ({
			text: `Say so.\n#sim ${JSON.stringify({
				reply: `This is number ${index}.`,
				latencyMs: (index * 7) % 20,
			})}`,
		}));
		const { outputs } = await runChat(simulator, { items, rows: textOfEachItem, options });

		expect(outputs[1]).toEqual([]);
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.content, pairedItem])).toEqual(
			items.map((_, index) => [`This is number ${index}.`, { item: index }]),
		);
	});

	it.each([
		['inline', 'inline'],
		['closed by </mm:think>', 'mm-closer'],
		['in reasoning_content and reasoning_details', 'split'],
		['in reasoning_details alone', 'details-only'],
		['in reasoning_content alone', 'content-only'],
		['inline and split at once', 'both'],
		['in reasoning', 'vllm'],
	] as const)('reasoning %s', async (_, reasoning) => {
		simulator.script({ reply, reasoningText, reasoning });

		expect(onlyItem(await runChat(simulator, { options }))).toEqual(item);
	});

	it('reasoning without an opening tag, from a self-hosted server', async () => {
		simulator.script({ reply, reasoningText, reasoning: 'missing-opener', mode: 'vllm' });

		expect(onlyItem(await runChat(simulator, { options }))).toMatchObject({
			content: reply,
			reasoning: reasoningText,
		});
	});

	it('no reasoning', async () => {
		simulator.script({ reply, reasoning: 'none' });

		expect(onlyItem(await runChat(simulator, { options }))).toMatchObject({
			content: reply,
			reasoning: null,
		});
	});

	it('tags in the code of an answer stay there', async () => {
		const code = 'Write `<think>` like this:\n```xml\n<think>so</think>\n```\n';
		simulator.script({ reply: code, reasoningText, reasoning: 'inline' });

		expect(onlyItem(await runChat(simulator, { options }))).toMatchObject({
			content: code,
			reasoning: reasoningText,
		});
	});

	it.each([0, 4])('tool calls, in pieces of %i characters', async (toolCallFragments) => {
		simulator.script({
			reply: '',
			reasoningText,
			toolCallFragments,
			toolCalls: [
				{ id: 'call_1', name: 'get_weather', arguments: { city: 'Oslo', days: 3 } },
				{ id: 'call_2', name: 'get_time', arguments: '' },
				{ id: 'call_3', name: 'get_news', arguments: '{"topic": "sn' },
			],
		});

		expect(onlyItem(await runChat(simulator, { options }))).toEqual({
			...item,
			content: expect.stringMatching(/^\s*$/),
			usage: expect.objectContaining({ promptTokens: 176 }),
			finishReason: 'tool_calls',
			toolCalls: [
				{ id: 'call_1', name: 'get_weather', arguments: { city: 'Oslo', days: 3 } },
				{ id: 'call_2', name: 'get_time', arguments: {} },
				{ id: 'call_3', name: 'get_news', arguments: '{"topic": "sn', argumentsInvalid: true },
			],
		});
	});

	it('moderation flags', async () => {
		simulator.script({ reply, reasoningText, sensitive: { input: 5, output: 2 } });

		expect(onlyItem(await runChat(simulator, { options }))).toEqual({
			...item,
			moderation: {
				input: { type: 5, label: 'abuse' },
				output: { type: 2, label: 'pornography' },
			},
		});
	});

	it('an empty answer, as the thinking took all of Max Tokens', async () => {
		simulator.script({ reply, reasoningText, reasoning: 'inline' });
		const result = await runChat(simulator, { options, parameters: { maxTokens: 5 } });

		expect(onlyItem(result)).toEqual({
			...item,
			content: '',
			reasoning: reasoningText.slice(0, 20),
			usage: { ...usage, completionTokens: 5, totalTokens: 181 },
			finishReason: 'length',
			hint: "Thinking used up 'Max Tokens' before the answer began. Raise 'Max Tokens' to get an answer.",
		});
	});

	it('usage the API does not report is null, never missing', async () => {
		simulator.script({ reply, reasoningText, usage: 'missing' });

		expect(onlyItem(await runChat(simulator, { options }))).toEqual({
			...item,
			usage: noUsage,
		});
	});

	it('names the model that answered', async () => {
		simulator.script({ reply, reasoningText, replyModel: 'MiniMax-M3-preview' });

		expect(onlyItem(await runChat(simulator, { options }))).toEqual({
			...item,
			model: 'MiniMax-M3-preview',
		});
	});

	it('the parsed value with Response Format JSON', async () => {
		simulator.script({ reply: 'Here:\n```json\n{"label": "snow"}\n```', reasoningText });
		const parameters = {
			responseFormat: 'json',
			jsonFrom: 'schema',
			jsonSchema: '{"type":"object"}',
		};

		expect(onlyItem(await runChat(simulator, { parameters, options }))).toMatchObject({
			content: 'Here:\n```json\n{"label": "snow"}\n```',
			json: { label: 'snow' },
			finishReason: 'stop',
		});
	});

	it("the API's own object with Simplify off", async () => {
		simulator.script({ reply, reasoningText });
		const result = await runChat(simulator, { options, parameters: { simplify: false } });

		expect(onlyItem(result)).toEqual({
			id: anyId,
			choices: [
				{
					finish_reason: 'stop',
					index: 0,
					message: {
						content: reply,
						role: 'assistant',
						name: 'MiniMax AI',
						audio_content: '',
						reasoning_content: reasoningText,
						reasoning_details: [
							{
								type: 'reasoning.text',
								id: 'reasoning-text-1',
								format: 'MiniMax-response-v1',
								index: 0,
								text: reasoningText,
							},
						],
					},
				},
			],
			created: 1_790_000_000,
			model: 'MiniMax-M3',
			object: 'chat.completion',
			// M3's whole replies hold it, its streams do not.
			...(streaming === 'off' && { service_tier: 'standard' }),
			usage: {
				total_tokens: 188,
				total_characters: 0,
				prompt_tokens: 176,
				completion_tokens: 12,
				prompt_tokens_details: { cached_tokens: 114 },
			},
			input_sensitive: false,
			output_sensitive: false,
			input_sensitive_type: 0,
			output_sensitive_type: 0,
			output_sensitive_int: 0,
			base_resp: { status_code: 0, status_msg: '' },
		});
	});

	it.each([
		['null is left out', null, {}],
		['{} moves', {}, { reportedError: {} }],
	])(
		'a top-level error: %s, as n8n would take the item for a failed one',
		async (_, error, moved) => {
			const body = {
				id: 'a1',
				object: 'chat.completion',
				choices: [
					{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: reply } },
				],
			};
			simulator.script({ body: { ...body, error } });
			const result = await runChat(simulator, { options, parameters: { simplify: false } });

			expect(onlyItem(result)).toEqual({ ...body, ...moved });
		},
	);

	it('Retry On Fail does not run a node again that succeeded', async () => {
		const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const body = { choices: [{ message: { content: reply } }], error: null };
		simulator.set({ body });
		await runChat(simulator, { ...retry, options });
		await runChat(simulator, { ...retry, options, parameters: { simplify: false } });

		expect(simulator.requests).toHaveLength(2);
	});
});

describe('streamed and whole', () => {
	it.each(loadPairs())('$name gives the same item', async ({ stream, whole }) => {
		const wholeBody = JSON.stringify(whole);
		const items: IDataObject[] = [];
		for (const [body, streaming, simplify] of [
			[stream, 'auto', true],
			[wholeBody, 'off', true],
			[stream, 'auto', false],
			[wholeBody, 'off', false],
		] as const) {
			simulator.script({ body });
			const setup = { options: { streaming }, parameters: { simplify } };
			items.push(onlyItem(await runChat(simulator, setup)));
		}

		expect(items[0]).toEqual(items[1]);
		expect(items[2]).toEqual(items[3]);
	});

	it('a JSON reply to a request that asked for a stream', async () => {
		const [pair] = loadPairs();
		simulator.script({ body: JSON.stringify(pair?.whole) }, { body: pair?.stream ?? '' });
		const items = [await runChat(simulator), await runChat(simulator)].map(onlyItem);

		expect(items[0]).toEqual(items[1]);
	});

	it.each([
		{ writeBytes: 1, lineEnd: '\r\n', comments: true, bom: true },
		{ separateFinish: true, nullDelta: true, emptyRole: true, done: true },
		{ finalFrame: true, streamUsage: 'placeholder', chunkCharacters: 3 },
	] as const)('a stream with %j', async (settings) => {
		const umlauts = 'Es schneit in Oslo – schön! 🌨';
		simulator.script({ reply: umlauts, reasoningText, ...settings });

		expect(onlyItem(await runChat(simulator))).toMatchObject({
			content: umlauts,
			reasoning: reasoningText,
			finishReason: 'stop',
		});
	});
});

it('an item per item, also when some answers are alike', async () => {
	const items = [{ text: 'Hello' }, { text: 'Hello' }, { text: 'Hello' }];
	const { outputs } = await runChat(simulator, { items, rows: textOfEachItem });

	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(new Set(jsonOf(outputs[0]).map(({ id }) => id)).size).toBe(3);
});

it('counts the tokens of a run for n8n', async () => {
	simulator.set({ reply, reasoningText });
	const { run } = await runChat(simulator, { items: [{}, {}] });

	expect(run.data.resultData.runData.Node?.[0]?.metadata).toEqual({
		tokenUsage: { inputTokens: 352, outputTokens: 24 },
		tracing: {
			'minimax.tokens.input': 352,
			'minimax.tokens.output': 24,
			'minimax.tokens.reasoning': 0,
			'minimax.tokens.cached': 228,
			'minimax.rows.reused': 0,
		},
	});
});
