import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { anyId, apiErrorOf, onlyItem, runChat, textOfEachItem } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const schema = {
	type: 'object',
	properties: { label: { enum: ['billing', 'bug'] } },
	required: ['label'],
};
const ofSchema = (jsonSchema: string) => ({
	responseFormat: 'json',
	jsonFrom: 'schema',
	jsonSchema,
});
const withSchema = ofSchema(JSON.stringify(schema));
const instruction = 'Reply with one JSON value and nothing else: no code fence, no explanation.';
const schemaInstruction = `Reply with one JSON value that matches this JSON Schema, and nothing else: no code fence, no explanation.\n${JSON.stringify(schema)}`;

const usage = (promptTokens: number, completionTokens: number, reasoningTokens: number) => ({
	promptTokens,
	completionTokens,
	reasoningTokens,
	cachedTokens: promptTokens * 0.4,
	totalTokens: promptTokens + completionTokens,
});
const reply = (text: string) => ({
	reply: text,
	reasoningText: 'Let me see.',
	usage: {
		prompt_tokens: 20,
		completion_tokens: 10,
		total_tokens: 30,
		completion_tokens_details: { reasoning_tokens: 4 },
		prompt_tokens_details: { cached_tokens: 8 },
	},
});

it('asks for JSON and returns the parsed value', async () => {
	simulator.script(reply('{"label":"bug"}'));
	const result = await runChat(simulator, {
		rows: [
			{ role: 'system', content: 'Be brief.' },
			{ role: 'user', content: 'It crashes' },
		],
		parameters: { responseFormat: 'json' },
	});

	expect(simulator.requests.map(({ body }) => body)).toEqual([
		{
			model: 'MiniMax-M3',
			messages: [
				{ role: 'system', content: `Be brief.\n\n${instruction}` },
				{ role: 'user', content: 'It crashes' },
			],
			temperature: 1,
			top_p: 0.95,
			max_completion_tokens: 8192,
			response_format: { type: 'json_object' },
			reasoning_split: true,
			stream: true,
			stream_options: { include_usage: true },
		},
	]);
	expect(onlyItem(result)).toEqual({
		content: '{"label":"bug"}',
		reasoning: 'Let me see.',
		usage: usage(20, 10, 4),
		finishReason: 'stop',
		model: 'MiniMax-M3',
		id: anyId,
		json: { label: 'bug' },
	});
});

it.each(['MiniMax-M3', 'MiniMax-M3.1-Flash'])('sends %s the format as well', async (model) => {
	simulator.script(reply('{"label":"bug"}'));
	await runChat(simulator, {
		parameters: { ...withSchema, model: { mode: 'id', value: model } },
	});
	expect(simulator.requests.map(({ body }) => body)).toEqual([
		expect.objectContaining({
			messages: [
				{ role: 'system', content: schemaInstruction },
				{ role: 'user', content: 'Hello' },
			],
			response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
		}),
	]);
});

it.each([
	['a code fence', 'Here it is:\n```json\n{"label": "bug"}\n```'],
	['trailing commas', '{"label": "bug",}'],
	['a lead-in', 'Sure! {"label": "bug"} Anything else?'],
	['leaked thinking', 'so a bug.</think>{"label": "bug"}'],
])('reads JSON with %s', async (_what, text) => {
	simulator.script(reply(text));
	const result = await runChat(simulator, { parameters: withSchema });
	expect(onlyItem(result).json).toEqual({ label: 'bug' });
});

it('fails with what the model wrote when it is not the JSON asked for', async () => {
	simulator.script(reply('{"label":"praise"}'));
	const result = await runChat(simulator, { parameters: withSchema });
	expect(simulator.requests).toHaveLength(1);
	expect(apiErrorOf(result)).toEqual({
		message: 'The answer is not the JSON that was asked for',
		description: expect.stringMatching(
			/^label: .*billing.*\. Turn on the option 'Repair JSON'.* Request ID: [0-9a-f]{32}\.$/,
		),
		httpCode: null,
		itemIndex: 0,
		data: {
			httpCode: null,
			code: null,
			apiMessage: null,
			requestId: anyId,
			partial: {
				content: '{"label":"praise"}',
				reasoning: 'Let me see.',
				usage: usage(20, 10, 4),
				id: anyId,
				model: 'MiniMax-M3',
			},
		},
	});
});

it("names 'Max Tokens' when the JSON was cut off", async () => {
	const content = '{"label": "bug", "text": "It cra';
	simulator.script({ ...reply(content), finishReason: 'length' });
	const result = await runChat(simulator, { parameters: withSchema });
	expect(apiErrorOf(result)).toMatchObject({
		message: "The answer was cut off by 'Max Tokens' before its JSON was complete",
		data: { partial: { content, json: { label: 'bug' } } },
	});
});

it('keeps an answer that the validator gives up at', async () => {
	simulator.script(reply('{"\\ud800": 1}'));
	const closed = JSON.stringify({ type: 'object', additionalProperties: false });
	const result = await runChat(simulator, {
		parameters: ofSchema(closed),
	});
	expect(apiErrorOf(result)).toMatchObject({
		message: 'The answer is not the JSON that was asked for',
		data: { partial: { content: '{"\\ud800": 1}' } },
	});
});

it('lets the model repair its answer once, and counts both requests', async () => {
	simulator.script(reply('It is a bug.'), reply('{"label":"bug"}'));
	const result = await runChat(simulator, {
		parameters: withSchema,
		options: { repairJson: true },
	});
	expect(simulator.requests).toHaveLength(2);
	expect(simulator.requests[1]?.body).toEqual(
		expect.objectContaining({
			messages: [
				{ role: 'system', content: schemaInstruction },
				{ role: 'user', content: 'Hello' },
				{ role: 'assistant', content: 'It is a bug.' },
				{
					role: 'user',
					content: expect.stringMatching(
						/^This was not the JSON asked for: .+\. Reply with the corrected JSON value only\.$/,
					),
				},
			],
		}),
	);
	expect(onlyItem(result)).toEqual({
		content: '{"label":"bug"}',
		reasoning: 'Let me see.',
		usage: usage(40, 20, 8),
		finishReason: 'stop',
		model: 'MiniMax-M3',
		id: anyId,
		json: { label: 'bug' },
	});
});

it('keeps the first answer when the request for a better one is refused', async () => {
	simulator.script(reply('A bug.'), { fault: { code: 1008 } });
	const result = await runChat(simulator, {
		parameters: withSchema,
		options: { repairJson: true },
		onError: 'continueRegularOutput',
	});
	expect(simulator.requests).toHaveLength(2);
	expect(onlyItem(result)).toMatchObject({
		error: 'The balance of the MiniMax account is used up',
		details: { partial: { content: 'A bug.', usage: usage(20, 10, 4) } },
	});
});

it('does not ask for a repair of an answer that Max Tokens cut off', async () => {
	simulator.script({ ...reply('It is a'), finishReason: 'length' });
	const result = await runChat(simulator, {
		parameters: withSchema,
		options: { repairJson: true },
	});
	expect(simulator.requests).toHaveLength(1);
	expect(apiErrorOf(result).message).toBe(
		"The answer was cut off by 'Max Tokens' before its JSON was complete",
	);
});

it('gives up after one repair', async () => {
	simulator.script(reply('A bug.'), reply('Still a bug.'));
	const result = await runChat(simulator, {
		parameters: withSchema,
		options: { repairJson: true },
	});
	expect(simulator.requests).toHaveLength(2);
	expect(apiErrorOf(result).data).toEqual(
		expect.objectContaining({
			partial: expect.objectContaining({ content: 'Still a bug.', usage: usage(40, 20, 8) }),
		}),
	);
});

it.each([
	['{"type": ', "'JSON Schema' is not valid JSON [row 2, item 1 in n8n]"],
	['[1]', "'JSON Schema' is not an object [row 2, item 1 in n8n]"],
	['{"items": {"$ref": "#/$defs/none"}}', "'JSON Schema' cannot be used [row 2, item 1 in n8n]"],
	['{"pattern": "("}', "'JSON Schema' cannot be used [row 2, item 1 in n8n]"],
])('refuses the schema %s before anything is sent', async (jsonSchema, message) => {
	const result = await runChat(simulator, {
		items: [
			{ text: 'a', schema: '{}' },
			{ text: 'b', schema: jsonSchema },
		],
		rows: textOfEachItem,
		parameters: ofSchema('={{ $json.schema }}'),
	});
	expect(result.error?.message).toBe(message);
	expect(simulator.requests).toEqual([]);
});

it('an answer that is not the JSON asked for lets no further request out in stop mode', async () => {
	simulator.script(reply('It is a bug.'));
	const result = await runChat(simulator, {
		items: Array.from({ length: 5 }, (_, index) => ({ text: `Row ${index}` })),
		rows: textOfEachItem,
		parameters: withSchema,
		options: { maxConcurrency: 1 },
	});

	expect(apiErrorOf(result).message).toBe(
		'The answer is not the JSON that was asked for [row 1, item 0 in n8n; 0 of 5 items had succeeded]',
	);
	expect(simulator.requests).toHaveLength(1);
});

it('nor does one that could not be repaired', async () => {
	simulator.set(reply('It is a bug.'));
	const result = await runChat(simulator, {
		items: Array.from({ length: 5 }, (_, index) => ({ text: `Row ${index}` })),
		rows: textOfEachItem,
		parameters: withSchema,
		options: { repairJson: true, maxConcurrency: 1 },
	});

	expect(apiErrorOf(result).message).toBe(
		'The answer is not the JSON that was asked for [row 1, item 0 in n8n; 0 of 5 items had succeeded]',
	);
	// The first answers of all five rows, and one repair.
	expect(simulator.requests).toHaveLength(6);
});
