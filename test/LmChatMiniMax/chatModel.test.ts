import { z } from 'zod';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { waitFor } from '../support/waitFor';
import { driveModel, modelName, startDrive, type DriveOptions } from './driveModel';
import {
	AIMessage,
	HumanMessage,
	mapChatMessagesToStoredMessages,
	mapStoredMessagesToChatMessages,
	SystemMessage,
	ToolMessage,
	type AIMessageChunk,
	type BaseMessage,
	type ChatModel,
} from './langChain';
import { partly } from '../support/partly';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const question = new HumanMessage('How deep is the harbour?');
const lookup = {
	type: 'function' as const,
	function: { name: 'lookup', description: 'Looks it up', parameters: {} },
};

interface Sent {
	messages: Array<Record<string, unknown>>;
	[field: string]: unknown;
}

function sent(index: number): Sent {
	return simulator.requests.at(index)?.body as Sent;
}

type Ask = (model: ChatModel, messages: BaseMessage[]) => Promise<AIMessage>;

const whole: Ask = async (model, messages) =>
	(await model.bindTools([lookup]).invoke(messages)) as AIMessage;

const streamed: Ask = async (model, messages) => {
	let all: AIMessageChunk | undefined;
	for await (const chunk of await model.bindTools([lookup]).stream(messages)) {
		all = all?.concat(chunk as AIMessageChunk) ?? (chunk as AIMessageChunk);
	}
	if (all === undefined) throw new Error('The stream was empty');
	return all;
};

/** As n8n's Agent V3 does: one message per call, no content, the id among the arguments. */
function rebuild(answer: AIMessage, keepsThinking = false): BaseMessage[] {
	return (answer.tool_calls ?? []).flatMap(({ id = '', name, args }) => [
		new AIMessage({
			content: [],
			tool_calls: [{ id, name, args: { ...args, id }, type: 'tool_call' }],
			...(keepsThinking && { additional_kwargs: answer.additional_kwargs }),
		}),
		new ToolMessage({ content: `found by ${id}`, tool_call_id: id, name }),
	]);
}

const ways: Array<[string, Ask]> = [
	['whole', whole],
	['streamed', streamed],
];

describe.each(ways)('%s', (_way, ask) => {
	it('gives the answer as a string, the thinking beside it, and exact usage', async () => {
		simulator.script({
			reply: 'Nine metres.',
			reasoningText: 'I recall the chart.',
			usage: {
				prompt_tokens: 50,
				completion_tokens: 20,
				total_tokens: 70,
				completion_tokens_details: { reasoning_tokens: 12 },
				prompt_tokens_details: { cached_tokens: 32 },
			},
		});
		let answer: AIMessage | undefined;
		const result = await driveModel(simulator, async (model) => {
			answer = await ask(model, [question]);
		});
		expect(answer?.content).toBe('Nine metres.');
		expect(answer?.additional_kwargs).toEqual({ reasoning_content: 'I recall the chart.' });
		expect(answer?.usage_metadata).toEqual({
			input_tokens: 50,
			output_tokens: 20,
			total_tokens: 70,
			input_token_details: { cache_read: 32 },
			output_token_details: { reasoning: 12 },
		});
		const [run] = result.run.data.resultData.runData[modelName] ?? [];
		expect(run?.data?.ai_languageModel?.[0]?.[0]?.json).toMatchObject({
			tokenUsage: {
				promptTokens: 50,
				completionTokens: 20,
				totalTokens: 70,
				cachedTokens: 32,
				reasoningTokens: 12,
			},
		});
		expect(result.saved).not.toContain('sk-simulator');
	});

	it.each(['split', 'inline', 'details-only', 'vllm'] as const)(
		'sends a turn back as it came, with thinking delivered as %s',
		async (reasoning) => {
			simulator.set({ requireReasoningReplay: true, reasoning });
			simulator.script(
				{
					reasoningText: 'Two charts, then.',
					toolCalls: [
						{ name: 'lookup', arguments: '{ "chart" : 12 }' },
						{ name: 'lookup', arguments: '{"depth": 1.0}' },
					],
				},
				{ reply: 'Nine metres.' },
			);
			await driveModel(simulator, async (model) => {
				const first = await ask(model, [question]);
				expect(first.content).toBe('');
				expect(first.tool_calls?.map(({ args }) => args)).toEqual([{ chart: 12 }, { depth: 1 }]);
				const second = await ask(model, [question, ...rebuild(first)]);
				expect(second.content).toBe('Nine metres.');
			});
			const { messages } = sent(-1);
			expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool']);
		},
	);

	it('lets another process go on with the thinking that n8n kept', async () => {
		simulator.script({ reply: 'Nine metres.' });
		const elsewhere = new AIMessage({
			content: '',
			additional_kwargs: { reasoning_content: 'Two charts, then.' },
			tool_calls: [
				{ id: 'far_1', name: 'lookup', args: { chart: 12 }, type: 'tool_call' },
				{ id: 'far_2', name: 'lookup', args: { chart: 13 }, type: 'tool_call' },
			],
		});
		await driveModel(simulator, async (model) => {
			await ask(model, [question, ...rebuild(elsewhere, true)]);
		});
		const call = (id: string, text: string) => ({
			id,
			type: 'function',
			function: { name: 'lookup', arguments: text },
		});
		expect(sent(-1).messages.slice(1)).toEqual([
			{
				role: 'assistant',
				content: '',
				reasoning_content: 'Two charts, then.',
				reasoning_details: [
					{
						type: 'reasoning.text',
						id: 'reasoning-text-1',
						format: 'MiniMax-response-v1',
						index: 0,
						text: 'Two charts, then.',
					},
				],
				tool_calls: [call('far_1', '{"chart":12}'), call('far_2', '{"chart":13}')],
			},
			{ role: 'tool', tool_call_id: 'far_1', content: 'found by far_1' },
			{ role: 'tool', tool_call_id: 'far_2', content: 'found by far_2' },
		]);
	});

	it('goes on with the thinking that a chat memory kept', async () => {
		const turn = new AIMessage({
			content: '',
			additional_kwargs: { reasoning_content: 'I recall the chart.' },
			tool_calls: [{ id: 'stored_1', name: 'lookup', args: { chart: 12 }, type: 'tool_call' }],
		});
		const result = new ToolMessage({ content: 'Nine.', tool_call_id: 'stored_1', name: 'lookup' });
		// As the memories of n8n for Redis, Postgres and MongoDB keep them.
		const stored = JSON.stringify(mapChatMessagesToStoredMessages([question, turn, result]));
		const history = mapStoredMessagesToChatMessages(JSON.parse(stored));
		await driveModel(simulator, async (model) => {
			await ask(model, [...history, new AIMessage('Nine metres.'), new HumanMessage('Sure?')]);
		});
		expect(sent(-1).messages[1]?.reasoning_content).toBe('I recall the chart.');
	});

	it.each([
		[
			{ code: 2013, message: 'invalid params, invalid tool type' },
			'MiniMax cannot use one of the connected tools',
			'Check the name, the description and the parameters of each tool that is connected to the agent. The answer was: “invalid params, invalid tool type (2013)”',
		],
		[
			{ stream: 'end' as const },
			'The reply ended before the model was finished',
			'Run the workflow again. If it happens often, a proxy may be cutting long connections.',
		],
		[
			{ stream: 'reset' as const },
			"The connection to the server behind 'Base URL' broke off in the middle of the reply",
			'Run the workflow again. If it happens often, look for a proxy that cuts long connections.',
		],
	])('advises on what an agent has: %j', async (fault, message, description) => {
		simulator.set({ fault });
		const failed = driveModel(simulator, async (model) => void (await ask(model, [question])), {
			parameters: { options: { maxRetries: 0 } },
		});

		await expect(failed).rejects.toMatchObject({
			message,
			description: expect.stringContaining(description),
		});
	});

	it('reports a failed request in the words of MiniMax Chat', async () => {
		simulator.set({ fault: { code: 1004 } });
		const failed = driveModel(simulator, async (model) => void (await ask(model, [question])));
		await expect(failed).rejects.toMatchObject({
			name: 'NodeApiError',
			message: 'MiniMax did not accept the API key',
			functionality: 'configuration-node',
			context: { data: { code: 1004, httpCode: 401 } },
		});
		expect(simulator.requests).toHaveLength(1);
	});

	it.each([1, '1', '={{ "1" }}'])('sends again after a fault, as %j says', async (maxRetries) => {
		simulator.set({ fault: { status: 500 } });
		const options: DriveOptions = { parameters: { options: { maxRetries } } };
		const failed = driveModel(
			simulator,
			async (model) => void (await ask(model, [question])),
			options,
		);
		await expect(failed).rejects.toMatchObject({
			message: 'MiniMax reported an internal fault',
			description: expect.stringContaining('The request was sent 2 times.'),
		});
		expect(simulator.requests).toHaveLength(2);
	});

	it('asks again when the arguments of a call are broken', async () => {
		simulator.script(
			{ toolCalls: [{ name: 'lookup', arguments: '{"chart": ' }] },
			{ toolCalls: [{ name: 'lookup', arguments: '{"chart": 12}' }] },
		);
		await driveModel(simulator, async (model) => {
			const answer = await ask(model, [question]);
			expect(answer.tool_calls?.map(({ args }) => args)).toEqual([{ chart: 12 }]);
		});
	});

	it.each([
		[
			{ toolCalls: [{ name: 'lookup', arguments: '{"chart": ' }] },
			"The call of the tool lookup was cut off by 'Max Tokens'",
		],
		[{ reply: '' }, "All of 'Max Tokens' went into thinking, and none was left for the answer"],
	])('does not pass on what was cut off', async (reply, message) => {
		simulator.set({ ...reply, finishReason: 'length' });
		const failed = driveModel(simulator, async (model) => void (await ask(model, [question])));
		await expect(failed).rejects.toMatchObject({ message });
		expect(simulator.requests).toHaveLength(1);
	});

	it.each([
		[
			{ reply: '', finishReason: 'content_filter' },
			'The content filter of the API held the answer back',
			1,
		],
		[
			{ reply: '', sensitive: { output: 3 } },
			expect.stringMatching(/^The content filter of the API held the answer back \(.+\)$/),
			1,
		],
		[
			{ reply: '', reasoningText: 'Let me see.' },
			'The model stopped behind its thinking, without an answer',
			2,
		],
		[{ reply: '\n', reasoning: 'none' as const }, 'The model stopped without a word', 2],
	])('says why a turn says nothing: %j', async (reply, message, requests) => {
		simulator.set(reply);
		const failed = driveModel(simulator, async (model) => void (await ask(model, [question])), {
			parameters: { options: { maxRetries: 1 } },
		});
		await expect(failed).rejects.toMatchObject({ message });
		expect(simulator.requests).toHaveLength(requests);
	});

	it('gives the words of a refusal', async () => {
		const refusal = 'I cannot help with that.';
		const choices = [{ index: 0, delta: { role: 'assistant', refusal }, finish_reason: 'stop' }];
		const chunk = { id: 'r', object: 'chat.completion.chunk', model: 'gateway', choices };
		simulator.set({ body: `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n` });
		const failed = driveModel(simulator, async (model) => void (await ask(model, [question])));
		await expect(failed).rejects.toMatchObject({
			message: `The model refused to answer: “${refusal}”`,
		});
	});

	it('sends each tool once and keeps the choice, bound twice as n8n forces a call', async () => {
		simulator.set({ reply: 'Nine.' });
		await driveModel(simulator, async (model) => {
			const forced = model.bindTools([lookup], { tool_choice: 'any' });
			await ask(forced as ChatModel, [question]);
		});
		expect(sent(-1).tools).toHaveLength(1);
		expect(sent(-1).tool_choice).toBe('required');
	});

	it('ends the request when the caller gives up', async () => {
		simulator.set({ fault: { stream: 'stall' } });
		const giveUp = new AbortController();
		const failed = driveModel(simulator, async (model) => {
			const bound = model.withConfig({ signal: giveUp.signal });
			const answer =
				ask === whole ? bound.invoke([question]) : readAll(await bound.stream([question]));
			await waitFor(() => simulator.requests[0]?.startedAt !== undefined);
			giveUp.abort();
			await answer;
		});
		await expect(failed).rejects.toThrow(/abort/i);
		await waitFor(() => simulator.inFlight() === 0);
		expect(simulator.requests[0]?.closedByClient).toBe(true);
	});
});

async function readAll(chunks: AsyncIterable<unknown>): Promise<void> {
	for await (const chunk of chunks) void chunk;
}

it('streams the answer, never the thinking', async () => {
	simulator.set({ reply: 'Nine metres at low tide.', chunkCharacters: 6 });
	let text = '';
	await driveModel(simulator, async (model) => {
		for await (const chunk of await model.stream([question])) text += chunk.text;
	});
	expect(text).toBe('Nine metres at low tide.');
});

describe('blank text', () => {
	/** The texts of the chunks that have some. */
	async function textsOf(reply: Parameters<Simulator['script']>[0], stop?: string[]) {
		simulator.set({ chunkCharacters: 2, tokensPerSecond: 25, reasoning: 'split' });
		simulator.script(reply);
		const texts: string[] = [];
		await driveModel(simulator, async (model) => {
			for await (const chunk of await model.withConfig({ stop }).stream([question])) {
				if (chunk.text !== '') texts.push(chunk.text);
			}
		});
		return texts;
	}

	it('ahead of an answer comes with its first words', async () => {
		const texts = await textsOf({ reply: '\n\n  \nNine metres. \n' });
		expect(texts[0]).toMatch(/^\n\n {2}\nN/);
		expect(texts.join('')).toBe('\n\n  \nNine metres. \n');
	});

	it('beside a call is left out', async () => {
		const toolCalls = [{ name: 'lookup', arguments: '{}' }];
		expect(await textsOf({ reply: '\n\n', toolCalls })).toEqual([]);
		expect((await textsOf({ reply: '\nI look.', toolCalls })).join('')).toBe('\nI look.');
	});

	it('is all that is left in front of a stop word', async () => {
		expect(await textsOf({ reply: '\n\nOver. Nine.' }, ['Over'])).toEqual(['\n\n']);
		expect(await textsOf({ reply: 'Over. Nine.' }, ['Over'])).toEqual([]);
	});
});

it('streams text while more is to come, and closes the connection when its reader leaves', async () => {
	// It would go on for minutes.
	simulator.set({ reply: 'slowly '.repeat(5000), tokensPerSecond: 40 });
	await driveModel(simulator, async (model) => {
		for await (const chunk of await model.stream([question])) {
			if (chunk.text === '') continue;
			expect(simulator.inFlight()).toBe(1);
			break;
		}
	});
	await waitFor(() => simulator.inFlight() === 0);
	expect(simulator.requests[0]?.closedByClient).toBe(true);
});

describe('closes the connection when its reader leaves while the server is silent', () => {
	const leaveSilence = async (leave: (pieces: Pieces) => Promise<void>) => {
		simulator.set({ reply: 'Nine metres. '.repeat(50), fault: { stream: 'stall' } });
		await driveModel(simulator, async (model) => await leave(await model.stream([question])));
		await waitFor(() => simulator.inFlight() === 0);
		expect(simulator.requests).toMatchObject([{ closedByClient: true }]);
	};
	type Pieces = Awaited<ReturnType<ChatModel['stream']>>;

	it('by break', async () => {
		await leaveSilence(async (pieces) => {
			for await (const { text } of pieces) if (text !== '') break;
		});
	});

	it('by cancelling a reader', async () => {
		await leaveSilence(async (pieces) => {
			const reader = pieces.getReader();
			await reader.read();
			await reader.cancel();
		});
	});
});

it('ends with the execution', async () => {
	simulator.set({ fault: { stream: 'stall' } });
	const { done, cancel } = await startDrive(simulator, async (model) => {
		await model.invoke([question]);
	});
	await waitFor(() => simulator.requests[0]?.startedAt !== undefined);
	cancel();
	await done;
	await waitFor(() => simulator.inFlight() === 0);
	expect(simulator.requests[0]?.closedByClient).toBe(true);
});

it('keeps executions apart whose calls carry the same ids', async () => {
	simulator.set({ reply: 'Done.' });
	const loop = async (thinking: string): Promise<void> => {
		await driveModel(simulator, async (model) => {
			simulator.script({
				reasoningText: thinking,
				toolCalls: [{ id: 'call_0', name: 'lookup', arguments: '{"chart":12}' }],
			});
			const first = await whole(model, [question]);
			firstAnswers.push(first);
			if (firstAnswers.length === 2) bothAsked();
			await both;
			await whole(model, [question, ...rebuild(first)]);
		});
	};
	const firstAnswers: AIMessage[] = [];
	let bothAsked = (): void => {};
	const both = new Promise<void>((resolve) => (bothAsked = resolve));
	await Promise.all([loop('Of the one.'), loop('Of the other.')]);

	const replayed = simulator.requests.slice(2).map(({ body }) => partly<Sent>(body).messages[1]);
	expect(replayed.map((message) => message?.reasoning_content).sort()).toEqual([
		'Of the one.',
		'Of the other.',
	]);
	expect(replayed.map((message) => message?.tool_calls)).toEqual(
		Array(2).fill([
			{
				id: 'call_0',
				type: 'function',
				index: 0,
				function: { name: 'lookup', arguments: '{"chart":12}' },
			},
		]),
	);
});

it('sends the options, and tools as plain JSON Schema', async () => {
	const schema = z.object({
		chart: z.number().describe('Number of the chart'),
		kind: z.enum(['deep', 'shallow']).optional(),
		place: z.object({ name: z.string() }),
	});
	const tool = { name: 'lookup', description: 'Looks it up', schema };
	await driveModel(
		simulator,
		async (model) => {
			await model
				.bindTools([tool, { name: 'ping', schema: {} }])
				.invoke([new SystemMessage('Be brief.'), new SystemMessage('Be kind.'), question]);
		},
		{
			parameters: {
				model: { __rl: true, mode: 'id', value: 'minimax-m3' },
				options: {
					temperature: 0.3,
					topP: 0.8,
					maxTokens: 2500,
					thinking: 'disabled',
					additionalBody: '{"seed": 7, "stream": false}',
				},
			},
		},
	);
	expect(sent(-1)).toEqual({
		model: 'MiniMax-M3',
		temperature: 0.3,
		top_p: 0.8,
		max_completion_tokens: 2500,
		thinking: { type: 'disabled' },
		messages: [
			{ role: 'system', content: 'Be brief.\n\nBe kind.' },
			{ role: 'user', content: 'How deep is the harbour?' },
		],
		tools: [
			{
				type: 'function',
				function: {
					name: 'lookup',
					description: 'Looks it up',
					parameters: {
						$schema: 'http://json-schema.org/draft-07/schema#',
						type: 'object',
						properties: {
							chart: { type: 'number', description: 'Number of the chart' },
							kind: { type: 'string', enum: ['deep', 'shallow'] },
							place: {
								type: 'object',
								properties: { name: { type: 'string' } },
								required: ['name'],
								additionalProperties: false,
							},
						},
						required: ['chart', 'place'],
						additionalProperties: false,
					},
				},
			},
			{
				type: 'function',
				function: { name: 'ping', parameters: { type: 'object', properties: {} } },
			},
		],
		reasoning_split: true,
		stream: true,
		stream_options: { include_usage: true },
		seed: 7,
	});
});

it('shows images of agents and chains to the model', async () => {
	const content = [
		{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'high' } },
		{ type: 'text', text: 'What is this?' },
	];
	await driveModel(
		simulator,
		async (model) => void (await model.invoke([new HumanMessage({ content })])),
		{ parameters: { model: { __rl: true, mode: 'id', value: 'MiniMax-M3' } } },
	);
	expect(sent(-1).messages).toEqual([
		{
			role: 'user',
			content: [
				{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'high' } },
				{ type: 'text', text: 'What is this?' },
			],
		},
	]);
});

it.each([
	[{ type: 'file', mimeType: 'text/csv' }, 'A message holds a file without data'],
	[
		{ type: 'audio', source_type: 'base64', mime_type: 'audio/wav', data: '' },
		'A message holds a file without data',
	],
	[{ type: 'file', source_type: 'id', id: 'file-1' }, 'A message names a file by its ID only'],
	[{ type: 'file', file: { file_id: 'file-1' } }, 'A message names a file by its ID only'],
	[{ type: 'image_url', image_url: {} }, 'A message holds a file without data'],
])('says what is wrong with a file that is not there: %j', async (block, message) => {
	const messages = [new HumanMessage({ content: [block] })];
	const failed = driveModel(simulator, async (model) => void (await model.invoke(messages)));

	await expect(failed).rejects.toMatchObject({
		name: 'NodeOperationError',
		message,
		functionality: 'configuration-node',
	});
	expect(simulator.requests).toHaveLength(0);
});

it('knows a file without a type by its bytes, and names parts nobody knows', async () => {
	const png =
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';
	const content = [
		{ type: 'file', data: png },
		{ type: 'media', mimeType: 'image/jpg', data: 'AAAA' },
		{ type: 'file', data: 'AAAA' },
		{ type: 'hologram', beam: 7 },
	];
	await driveModel(
		simulator,
		async (model) => void (await model.invoke([new HumanMessage({ content })])),
		{ parameters: { model: { __rl: true, mode: 'id', value: 'MiniMax-M3' } } },
	);
	const leftOut = (thing: string) => ({
		type: 'text',
		text: `[${thing} was left out here: the model cannot read it.]`,
	});
	expect(sent(-1).messages[0]?.content).toEqual([
		{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
		{ type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AAAA' } },
		leftOut('A file of an unknown type'),
		leftOut('A part of the type hologram'),
	]);
});

it('sends a pasted key as MiniMax Chat does', async () => {
	await driveModel(simulator, async (model) => void (await model.invoke([question])), {
		apiKey: ' Authorization: Bearer "sk-simulator"; ',
	});

	expect(simulator.requests.at(-1)?.headers.authorization).toBe('Bearer sk-simulator');
});

it('counts tokens without asking anybody', async () => {
	await driveModel(simulator, async (model) => {
		await expect(model.getNumTokens('twelve bytes')).resolves.toBe(3);
	});
});

it.each([
	['MiniMax-M3.1-Flash', { reasoning_effort: 'low' }],
	['MiniMax-M3', {}],
])('sends %s the Reasoning Effort where it has levels', async (value, effort) => {
	simulator.script({ reply: '42 metres.' });
	const parameters = {
		model: { __rl: true, mode: 'id', value },
		options: { reasoningEffort: 'low' },
	};
	await driveModel(simulator, async (model) => void (await model.invoke([question])), {
		parameters,
	});

	expect(sent(-1)).toEqual({
		model: value,
		messages: [{ role: 'user', content: 'How deep is the harbour?' }],
		max_completion_tokens: 8192,
		...effort,
		reasoning_split: true,
		stream: true,
		stream_options: { include_usage: true },
	});
});

it.each([
	[{ temperature: 2.5 }, "'Temperature' is 2.5, but MiniMax-M3 takes 0 to 2"],
	[{ giveUpAfter: -1 }, "'Give Up After' is -1, but has to be a number of seconds"],
	[{ maxRetries: 2.5 }, "'Max Retries' is 2.5, but has to be a whole number of at least 0"],
])('says which field cannot be sent: %j', async (options, message) => {
	const failed = driveModel(simulator, async () => {}, { parameters: { options } });

	await expect(failed).rejects.toMatchObject({
		name: 'NodeOperationError',
		message,
		functionality: 'configuration-node',
	});
});

it('names no field that a chat model lacks when nobody is there', async () => {
	const nobody = await startSimulator();
	await nobody.close();
	const failed = driveModel(nobody, async (model) => void (await model.invoke([question])), {
		parameters: { options: { maxRetries: 0 } },
	});

	await expect(failed).rejects.toMatchObject({
		message: "No connection to the server behind 'Base URL' could be made",
		description:
			"Check 'Base URL' in the credential 'My miniMaxPlatformApi', that the server is running, and that n8n's machine can reach it.",
	});
});

// The last one, as the pace of its key remembers the refusals.
it('says how long it was tried where it is given up in time', async () => {
	simulator.set({ fault: { status: 429 } });
	const failed = driveModel(simulator, async (model) => void (await model.invoke([question])), {
		parameters: { options: { giveUpAfter: 0.2 } },
	});

	await expect(failed).rejects.toMatchObject({
		message: expect.stringMatching(/ \[given up after \d+ seconds? without success\]$/),
		functionality: 'configuration-node',
	});
});
