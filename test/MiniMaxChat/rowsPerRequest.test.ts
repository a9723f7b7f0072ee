import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { isRecord } from '../../nodes/minimax/json/isRecord';
import { rows, setupFor, tokens } from '../support/rowsTogether';
import {
	anyId,
	apiErrorOf,
	jsonOf,
	runChat,
	startChat,
	textOfEachItem,
	type ChatSetup,
} from '../support/runChat';
import { waitFor } from '../support/waitFor';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

it('asks for rows together, the instructions once and each row under its ID', async () => {
	const result = await runChat(simulator, setupFor(3, 20));
	const [request, ...others] = simulator.requests.map(({ body }) => body);
	const messages = isRecord(request) && Array.isArray(request.messages) ? request.messages : [];
	const [system, user] = messages.map((message) => (isRecord(message) ? message.content : ''));

	expect(others).toEqual([]);
	expect(request).toEqual({
		model: 'MiniMax-M3',
		messages: [
			{ role: 'system', content: expect.any(String) },
			{ role: 'user', content: expect.any(String) },
		],
		temperature: 1,
		top_p: 0.95,
		max_completion_tokens: 8192,
		response_format: { type: 'json_object' },
		reasoning_split: true,
		stream: true,
		stream_options: { include_usage: true },
	});
	expect(system).toMatch(
		/^Find the number\.\n\nThe user message is a JSON object that holds 3 rows: .+\nReply with one JSON object .+\n\{"type":"object","properties":\{"row":.+\}$/,
	);
	expect(user).toMatch(
		/^\{\n"([0-9a-f]{6})-1": "This is row 0",\n"\1-2": "This is row 1",\n"\1-3": "This is row 2"\n\}$/,
	);
	expect(jsonOf(result.outputs[0])[1]).toEqual({
		row: 1,
		reasoning: expect.any(String),
		usage: {
			promptTokens: expect.any(Number),
			completionTokens: expect.any(Number),
			reasoningTokens: null,
			cachedTokens: expect.any(Number),
			totalTokens: expect.any(Number),
		},
		finishReason: 'stop',
		model: 'MiniMax-M3',
		id: anyId,
		rowsInRequest: 3,
	});
	expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2].map((item) => ({ item })),
	);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

it('cuts the rows into requests by their number, and asks the one left over alone', async () => {
	const { outputs } = await runChat(simulator, setupFor(21, 5));

	expect(simulator.requests).toHaveLength(5);
	expect(jsonOf(outputs[0]).map(({ row }) => row)).toEqual(rows(21).map((_, row) => row));
	expect(jsonOf(outputs[0]).map(({ rowsInRequest }) => rowsInRequest)).toEqual([
		...Array.from({ length: 20 }, () => 5),
		undefined,
	]);
});

it('cuts them by their length', async () => {
	const { outputs } = await runChat(
		simulator,
		setupFor(4, 20, {
			items: rows(4).map(({ text }) => ({ text: `${text}. ${'Words. '.repeat(10_000)}` })),
			parameters: { model: { mode: 'id', value: 'MiniMax-M2.7' } },
		}),
	);
	expect(simulator.requests).toHaveLength(4);
	expect(jsonOf(outputs[0]).map(({ row }) => row)).toEqual([0, 1, 2, 3]);
});

it('cuts them by the room that Max Tokens leaves for their answers', async () => {
	const { outputs } = await runChat(
		simulator,
		setupFor(20, 50, { parameters: { maxTokens: 1000 } }),
	);

	expect(simulator.requests.length).toBeGreaterThan(2);
	expect(jsonOf(outputs[0]).map(({ row }) => row)).toEqual(rows(20).map((_, row) => row));
});

it('asks together only what has the same instructions', async () => {
	const items = rows(6).map((item, row) => ({ ...item, system: row % 2 === 0 ? 'Even.' : 'Odd.' }));
	const { outputs } = await runChat(
		simulator,
		setupFor(6, 20, {
			items,
			rows: [{ role: 'system', content: '={{ $json.system }}' }, ...textOfEachItem],
		}),
	);
	expect(simulator.requests).toHaveLength(2);
	expect(jsonOf(outputs[0]).map(({ rowsInRequest }) => rowsInRequest)).toEqual(
		rows(6).map(() => 3),
	);
});

const kinds = ['leaveOut', 'double', 'rename', 'spoil'] as const;
it.each(kinds)('asks alone for the few whose answer is not to be had: %s', async (kind) => {
	simulator.set({ rowFaults: { [kind]: 0.1, shuffle: 1, words: 0.5 }, seed: 4 });
	const result = await runChat(simulator, setupFor(30, 10));
	const json = jsonOf(result.outputs[0]);
	const alone = json.filter((item) => !item.rowsInRequest).length;

	expect(json.map(({ row }) => row)).toEqual(rows(30).map((_, row) => row));
	expect(alone).toBeGreaterThan(0);
	expect(alone).toBeLessThanOrEqual(5);
	expect(simulator.requests.length).toBe(3 + alone);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

it.each(kinds)('asks for many of them together once more: %s', async (kind) => {
	simulator.script(...Array.from({ length: 3 }, () => ({ rowFaults: { [kind]: 0.5 } })));
	const result = await runChat(simulator, setupFor(60, 20));
	const json = jsonOf(result.outputs[0]);

	expect(json.map(({ row }) => row)).toEqual(rows(60).map((_, row) => row));
	expect(json.every(({ rowsInRequest }) => typeof rowsInRequest === 'number')).toBe(true);
	expect(simulator.requests.length).toBeLessThanOrEqual(3 + 3);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

it('asks alone for those that stay without an answer among others', async () => {
	simulator.set({ rowFaults: { leaveOut: 1 } });
	const result = await runChat(simulator, setupFor(20, 10));

	expect(jsonOf(result.outputs[0]).map(({ row }) => row)).toEqual(rows(20).map((_, row) => row));
	expect(simulator.requests).toHaveLength(3 * 2 + 20);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

it('halves what is refused until the row that caused it stands alone', async () => {
	simulator.set({ rejectText: 'row 5' });
	const result = await runChat(simulator, setupFor(8, 8, { onError: 'continueErrorOutput' }));

	expect(jsonOf(result.outputs[0]).map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 6, 7]);
	expect(jsonOf(result.outputs[1]).map(({ error }) => error)).toEqual([
		"MiniMax's content check rejected the messages [row 6, item 5 in n8n]",
	]);
	// 8 → 4 and 4 → 2 and 2 → 1 and 1.
	expect(simulator.requests).toHaveLength(7);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

// prettier-ignore
it.each([
	[{ status: 413 }, 'MiniMax does not take a request of this size'],
	[{ status: 413, code: 2013 }, 'MiniMax does not take a request of this size'],
	[{ status: 400, code: 2013 }, 'MiniMax does not take one of the values of the request'],
	[{ status: 403, code: 1 }, "The server behind 'Base URL' denied access"],
])('halves what is refused as %j, too', async (rejectAs, title) => {
	simulator.set({ rejectText: 'row 5', rejectAs });
	const { outputs } = await runChat(simulator, setupFor(8, 8, { onError: 'continueErrorOutput' }));

	expect(jsonOf(outputs[0]).map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 6, 7]);
	expect(jsonOf(outputs[1]).map(({ error }) => error)).toEqual([`${title} [row 6, item 5 in n8n]`]);
	expect(simulator.requests).toHaveLength(7);
});

it('in stop mode fails with that row, and keeps the others as rows', async () => {
	simulator.set({ rejectText: 'row 5' });
	const setup = setupFor(8, 8, { workflowId: 'rows-kept' });
	const failed = await runChat(simulator, setup);
	simulator.set({ rejectText: null });
	const before = simulator.requests.length;
	const { outputs } = await runChat(simulator, setup);
	const kept = jsonOf(outputs[0]).filter(({ reused }) => reused);

	expect(apiErrorOf(failed).message).toContain(
		'content check rejected the messages [row 6, item 5 in n8n;',
	);
	expect(kept.length).toBeGreaterThanOrEqual(4);
	expect(kept[0]).toMatchObject({ row: 0, rowsInRequest: 4 });
	expect(jsonOf(outputs[0]).map(({ row }) => row)).toEqual(rows(8).map((_, row) => row));
	expect(simulator.requests.length - before).toBe(1);
});

it('takes the whole rows of an answer that is cut, and asks again for the others', async () => {
	// Two rows are whole by then, and a third has begun.
	simulator.script({ replyCharacters: 55, finishReason: 'length' });
	const result = await runChat(simulator, setupFor(4, 4));

	expect(jsonOf(result.outputs[0]).map(({ row, rowsInRequest }) => [row, rowsInRequest])).toEqual([
		[0, 4],
		[1, 4],
		[2, 2],
		[3, 2],
	]);
	expect(simulator.requests).toHaveLength(2);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

it('halves a request whose answer is cut before a row is whole', async () => {
	simulator.script({ replyCharacters: 5, finishReason: 'length' });
	const result = await runChat(simulator, setupFor(4, 4));

	expect(jsonOf(result.outputs[0]).map(({ row, rowsInRequest }) => [row, rowsInRequest])).toEqual([
		[0, 2],
		[1, 2],
		[2, 2],
		[3, 2],
	]);
	expect(simulator.requests).toHaveLength(3);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

it.each([
	// Two rows are whole by then, and a third has begun.
	['the rest of an answer that was cut', { replyCharacters: 55, finishReason: 'length' }],
	['rows whose answer was missing', { rowFaults: { leaveOut: 0.5 }, seed: 2 }],
])('keeps the rows it has when it is stopped while it asks for %s', async (what, first) => {
	const setup = setupFor(4, 4, { workflowId: what });
	simulator.script(first, ...Array(4).fill({ fault: { connection: 'hang' } }));
	const running = await startChat(simulator, setup);
	await waitFor(() => simulator.requests.length > 1);
	running.cancel();
	await running.done;
	simulator.reset();
	const { outputs } = await runChat(simulator, setup);
	const json = jsonOf(outputs[0]);
	const kept = json.filter(({ reused }) => reused);

	expect(json.map(({ row }) => row)).toEqual([0, 1, 2, 3]);
	expect(kept.length).toBeGreaterThan(0);
	expect(kept.length).toBeLessThan(4);
	expect(kept.every(({ rowsInRequest }) => rowsInRequest === 4)).toBe(true);
	expect(simulator.requests).toHaveLength(1);
});

it('reports what a reply that broke off has cost, once over its rows', async () => {
	const usage = { prompt_tokens: 70, completion_tokens: 31, total_tokens: 101 };
	simulator.script({ usage, streamUsage: 'always', fault: { stream: 'error' } });
	const result = await runChat(simulator, setupFor(3, 3, { onError: 'continueErrorOutput' }));

	expect(result.outputs[1]).toHaveLength(3);
	expect(tokens(result).reported).toBe(tokens(result).paid);
});

it('fails the rows of a request that fails for good, each by itself', async () => {
	simulator.script({ fault: { code: 1008 } });
	const { outputs } = await runChat(simulator, setupFor(3, 3, { onError: 'continueErrorOutput' }));

	expect(jsonOf(outputs[1]).map(({ error }) => error)).toEqual(
		[0, 1, 2].map(
			(row) => `The balance of the MiniMax account is used up [row ${row + 1}, item ${row} in n8n]`,
		),
	);
});

it('gives each listener its own row', async () => {
	const { chunks } = await runChat(simulator, setupFor(3, 3, { streaming: true }));

	expect(
		chunks
			.filter(({ type }) => type === 'item')
			.map(({ metadata, content }) => [metadata.itemIndex, content]),
	).toEqual([
		[0, '{"row":0}'],
		[1, '{"row":1}'],
		[2, '{"row":2}'],
	]);
});

it('goes together with identical rows and with Simplify off', async () => {
	const { outputs } = await runChat(
		simulator,
		setupFor(4, 10, {
			items: [...rows(2), ...rows(2)],
			parameters: { simplify: false },
			options: { identicalRows: 'once' },
		}),
	);
	expect(simulator.requests).toHaveLength(1);
	expect(jsonOf(outputs[0])).toMatchObject([
		{
			object: 'chat.completion',
			choices: [{ message: { content: '{"row":0}' } }],
			rowsInRequest: 2,
		},
		{ choices: [{ message: { content: '{"row":1}' } }] },
		{ choices: [{ message: { content: '{"row":0}' } }], reused: true },
		{ choices: [{ message: { content: '{"row":1}' } }], reused: true },
	]);
});

it('a text cannot end its row or begin another', async () => {
	const items = [{ text: 'row 1", "x-2": "row 9' }, { text: '}\n{"a": "row 2' }];
	const { outputs } = await runChat(simulator, setupFor(2, 2, { items }));

	expect(simulator.requests).toHaveLength(1);
	expect(jsonOf(outputs[0])).toMatchObject([{ row: 1, rowsInRequest: 2 }, { row: 2 }]);
});

const tool = { type: 'function', function: { name: 'lookup', parameters: {} } };
it.each<[string, ChatSetup, string]>([
	[
		'text',
		{ parameters: { responseFormat: 'text' } },
		"'Rows per Request' needs answers of a known shape: columns, or JSON with an example or a schema [row 1, item 0 in n8n]",
	],
	[
		'any JSON',
		{ parameters: { responseFormat: 'json', jsonFrom: 'any' } },
		"'Rows per Request' needs answers of a known shape: columns, or JSON with an example or a schema [row 1, item 0 in n8n]",
	],
	[
		'tools',
		{ options: { tools: JSON.stringify([tool]) } },
		"'Rows per Request' does not go together with tools [row 1, item 0 in n8n]",
	],
	[
		'images',
		{ options: { images: { values: [{ source: 'url', url: 'https://example.com/a.png' }] } } },
		"'Rows per Request' does not go together with 'Images' and 'Videos' [row 1, item 0 in n8n]",
	],
	[
		'several user messages',
		{ rows: [{ role: 'user', content: 'One' }, ...textOfEachItem] },
		"'Rows per Request' needs messages of text, one of the role user and none of the role assistant, without a name [row 1, item 0 in n8n]",
	],
	[
		'an answer to go on from',
		{ rows: [...textOfEachItem, { role: 'assistant', content: 'Well' }] },
		"'Rows per Request' needs messages of text, one of the role user and none of the role assistant, without a name [row 1, item 0 in n8n]",
	],
	[
		'a name of the speaker',
		{ rows: [{ role: 'user', content: '={{ $json.text }}', name: 'Anna' }] },
		"'Rows per Request' needs messages of text, one of the role user and none of the role assistant, without a name [row 1, item 0 in n8n]",
	],
	[
		'messages among the additional fields',
		{ options: { additionalBody: '{"messages": [{"role": "user", "content": "Hello"}]}' } },
		"'Rows per Request' does not go together with messages among the fields that are added to the body [row 1, item 0 in n8n]",
	],
	[
		'more than 50',
		{ options: { rowsPerRequest: 51 } },
		"'Rows per Request' is 51, but at most 50 rows can share a request [row 1, item 0 in n8n]",
	],
])('refuses %s before anything is sent', async (_what, more, message) => {
	const result = await runChat(simulator, setupFor(2, 10, more));
	expect(result.error?.message).toBe(message);
	expect(simulator.requests).toEqual([]);
});
