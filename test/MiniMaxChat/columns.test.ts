import type { INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { anyId, apiErrorOf, jsonOf, onlyItem, runChat, textOfEachItem } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const columnsOf = (...values: INodeParameters[]) => ({
	responseFormat: 'columns',
	columns: { values },
});
const invoice = columnsOf(
	{ name: 'label', type: 'choice', choices: 'billing, bug', description: 'What it is about' },
	{ name: 'due', type: 'date' },
	{ name: 'amount', type: 'number', required: false },
	{ name: 'paid', type: 'boolean' },
	{ name: 'seats', type: 'integer' },
	{ name: 'tags', type: 'list' },
	{ name: 'note' },
);
const values = {
	label: 'billing',
	due: '2026-01-31',
	amount: 12.5,
	paid: false,
	seats: 3,
	tags: ['new', 'vip'],
	note: 'Two of them.',
};
const schema = {
	type: 'object',
	properties: {
		label: { type: 'string', enum: ['billing', 'bug'], description: 'What it is about' },
		due: { type: 'string', format: 'date', description: 'ISO 8601 date, YYYY-MM-DD' },
		amount: { type: ['number', 'null'], description: 'null if there is none' },
		paid: { type: 'boolean' },
		seats: { type: 'integer' },
		tags: { type: 'array', items: { type: 'string' } },
		note: { type: 'string' },
	},
	required: ['label', 'due', 'paid', 'seats', 'tags', 'note'],
};
const usage = {
	promptTokens: 20,
	completionTokens: 10,
	reasoningTokens: 4,
	cachedTokens: null,
	totalTokens: 30,
};
const reply = (answer: unknown) => ({
	reply: typeof answer === 'string' ? answer : JSON.stringify(answer),
	reasoningText: 'Let me see.',
	usage: {
		prompt_tokens: 20,
		completion_tokens: 10,
		total_tokens: 30,
		completion_tokens_details: { reasoning_tokens: 4 },
		prompt_tokens_details: {},
	},
});
const about = {
	reasoning: 'Let me see.',
	usage,
	finishReason: 'stop',
	model: 'MiniMax-M3',
	id: anyId,
};

it('shows the model the schema of the columns', async () => {
	simulator.script(reply(values));
	await runChat(simulator, {
		rows: [
			{ role: 'system', content: 'Be brief.' },
			{ role: 'user', content: 'Invoice 7' },
		],
		parameters: invoice,
	});

	expect(simulator.requests.map(({ body }) => body)).toEqual([
		{
			model: 'MiniMax-M3',
			messages: [
				{
					role: 'system',
					content: `Be brief.\n\nReply with one JSON value that matches this JSON Schema, and nothing else: no code fence, no explanation.\n${JSON.stringify(schema)}`,
				},
				{ role: 'user', content: 'Invoice 7' },
			],
			temperature: 1,
			top_p: 0.95,
			max_completion_tokens: 8192,
			response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
			reasoning_split: true,
			stream: true,
			stream_options: { include_usage: true },
		},
	]);
});

describe.each(['auto', 'off', 'silent'])('with Streaming %s', (streaming) => {
	it('the values stand at the top of the item, in their order, in place of content', async () => {
		const { note, tags, seats, paid, amount, due, label } = values;
		simulator.script(reply({ note, extra: 1, tags, seats, paid, amount, due, label }));
		const result = await runChat(simulator, { parameters: invoice, options: { streaming } });
		const item = onlyItem(result);

		expect(item).toEqual({ ...values, ...about });
		expect(Object.keys(item)).toEqual([...Object.keys(values), ...Object.keys(about)]);
		expect(result.outputs[0]?.[0]?.pairedItem).toEqual({ item: 0 });
	});
});

it('one item per row, each with its own values', async () => {
	const items = ['billing', 'bug', 'billing'].map((label, row) => ({
		text: `Row ${row}\n#sim ${JSON.stringify({ reply: JSON.stringify({ label }) })}`,
	}));
	const { outputs } = await runChat(simulator, {
		items,
		rows: textOfEachItem,
		parameters: columnsOf({ name: 'label', type: 'choice', choices: 'billing\nbug' }),
	});

	expect(outputs[0]?.map(({ json, pairedItem }) => [json.label, pairedItem])).toEqual([
		['billing', { item: 0 }],
		['bug', { item: 1 }],
		['billing', { item: 2 }],
	]);
});

it('a column that is not required is null without a value', async () => {
	const { amount: _, ...others } = values;
	simulator.script(reply(others), reply({ ...others, amount: null }));

	for (let run = 0; run < 2; run += 1) {
		expect(onlyItem(await runChat(simulator, { parameters: invoice }))).toEqual({
			...values,
			amount: null,
			...about,
		});
	}
});

it.each([
	['a code fence', `\`\`\`json\n${JSON.stringify(values)}\n\`\`\``],
	['words around', `Here you are: ${JSON.stringify(values)} Anything else?`],
])('reads values in %s', async (_what, text) => {
	simulator.script(reply(text));

	expect(onlyItem(await runChat(simulator, { parameters: invoice }))).toEqual({
		...values,
		...about,
	});
});

describe('fails in words that name the column and what came', () => {
	it.each([
		[
			{ ...values, label: 'praise' },
			`Column 'label' is to be one of "billing", "bug", but "praise" came`,
		],
		[
			{ ...values, due: 'soon' },
			`Column 'due' is to be a date such as 2026-01-31, but "soon" came`,
		],
		[
			{ ...values, due: '2026-02-30' },
			`Column 'due' is to be a date such as 2026-01-31, but "2026-02-30" came`,
		],
		[{ ...values, amount: 'twelve' }, `Column 'amount' is to be a number, but "twelve" came`],
		[{ ...values, seats: 2.5 }, `Column 'seats' is to be a whole number, but 2.5 came`],
		[{ ...values, tags: [['a']] }, `Column 'tags' is to be a list of texts, but [["a"]] came`],
		[{ ...values, note: undefined }, `Column 'note' has no value`],
		[{ ...values, note: null }, `Column 'note' has no value (null came)`],
		['I cannot tell.', 'No column can be read: the answer holds no JSON'],
	])('%j', async (answer, message) => {
		simulator.script(reply(answer));
		const error = apiErrorOf(await runChat(simulator, { parameters: invoice }));

		expect(error).toMatchObject({
			message,
			description: expect.stringMatching(/^Turn on the option 'Repair JSON', say in the column's/),
			itemIndex: 0,
			data: { partial: { content: reply(answer).reply, reasoning: 'Let me see.', usage } },
		});
	});

	it('all of them, up to five', async () => {
		simulator.script(reply({ label: 'bug', due: '2026-01-31', paid: true, seats: 1 }));
		const { message, description } = apiErrorOf(await runChat(simulator, { parameters: invoice }));

		expect(message).toBe("Column 'tags' has no value");
		expect(description).toMatch(/^Column 'note' has no value\. Turn on the option 'Repair JSON'/);
	});

	it('and the other rows come through', async () => {
		const items = ['bug', 'praise', 'billing'].map((label) => ({
			text: `Say so.\n#sim ${JSON.stringify({ reply: JSON.stringify({ label }) })}`,
		}));
		const { outputs } = await runChat(simulator, {
			items,
			rows: textOfEachItem,
			parameters: columnsOf({ name: 'label', type: 'choice', choices: 'billing, bug' }),
			onError: 'continueErrorOutput',
		});

		expect(outputs[0]?.map(({ json }) => json.label)).toEqual(['bug', 'billing']);
		expect(jsonOf(outputs[1])).toEqual([
			expect.objectContaining({
				text: items[1]?.text,
				error: expect.stringContaining(
					`Column 'label' is to be one of "billing", "bug", but "praise"`,
				),
			}),
		]);
	});

	it('that Max Tokens cut it off, with what is certain of it', async () => {
		simulator.script({ ...reply('{"label":"bug","due":"2026-01'), finishReason: 'length' });
		const error = apiErrorOf(await runChat(simulator, { parameters: invoice }));

		expect(error.message).toBe(
			"The answer was cut off by 'Max Tokens' before its columns were complete",
		);
		expect(error.data).toMatchObject({ partial: { json: { label: 'bug' } } });
	});
});

it('lets the model repair its answer once', async () => {
	const parameters = columnsOf({ name: 'label', type: 'choice', choices: 'billing, bug' });
	simulator.script(reply({ label: 'praise' }), reply({ label: 'bug' }));
	const result = await runChat(simulator, { parameters, options: { repairJson: true } });

	expect(simulator.requests[1]?.body).toMatchObject({
		messages: [
			{ role: 'system' },
			{ role: 'user', content: 'Hello' },
			{ role: 'assistant', content: '{"label":"praise"}' },
			{
				role: 'user',
				content: `This was not the JSON asked for: Column 'label' is to be one of "billing", "bug", but "praise" came. Reply with the corrected JSON value only.`,
			},
		],
	});
	expect(onlyItem(result)).toEqual({
		label: 'bug',
		...about,
		usage: {
			promptTokens: 40,
			completionTokens: 20,
			reasoningTokens: 8,
			cachedTokens: null,
			totalTokens: 60,
		},
	});
});

it("gives the API's own object with Simplify off", async () => {
	simulator.script(reply({ label: 'bug' }));
	const result = await runChat(simulator, {
		parameters: { ...columnsOf({ name: 'label' }), simplify: false },
	});

	expect(onlyItem(result)).toMatchObject({
		object: 'chat.completion',
		choices: [{ message: { content: '{"label":"bug"}' } }],
	});
	expect(onlyItem(result)).not.toHaveProperty('label');
});

it('an answer that only calls tools has no columns yet', async () => {
	simulator.script({ reply: '', toolCalls: [{ id: 'call_1', name: 'look', arguments: {} }] });
	const result = await runChat(simulator, {
		parameters: columnsOf({ name: 'label' }),
		options: {
			tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }],
		},
	});

	expect(onlyItem(result)).toMatchObject({
		content: '',
		finishReason: 'tool_calls',
		toolCalls: [{ id: 'call_1', name: 'look', arguments: {} }],
	});
});

it('rows of columns may hold expressions', async () => {
	simulator.set(reply({ mood: 'bug' }));
	const { outputs } = await runChat(simulator, {
		items: [{ choices: 'bug, wish' }, { choices: ['good', 'bug'] }],
		parameters: columnsOf({
			name: '={{ "mo" + "od" }}',
			type: 'choice',
			choices: '={{ $json.choices }}',
		}),
	});

	expect(jsonOf(outputs[0]).map(({ mood }) => mood)).toEqual(['bug', 'bug']);
	const enums = simulator.requests.map(({ body }) => JSON.stringify(body));
	expect(enums.some((body) => body.includes('"enum":["bug","wish"]'))).toBe(true);
	expect(enums.some((body) => body.includes('"enum":["good","bug"]'))).toBe(true);
});

it.each([
	[[{ name: 'usage' }], "'Columns' cannot hold a column called 'usage'"],
	[[{ name: 'label' }, { name: '' }], "'Columns', row 2 has no name"],
	[[{ name: 'a' }, { name: 'a' }], "'Columns' holds the name 'a' twice"],
	[[{ name: 'a', type: 'choice' }], "'Columns' leaves the column 'a' nothing to choose from"],
	[[], "'Columns' holds no column"],
])('refuses %j before anything is sent', async (rows, message) => {
	const { error } = await runChat(simulator, { parameters: columnsOf(...rows) });

	expect(error?.message).toMatch(message);
	expect(simulator.requests).toEqual([]);
});

describe('Quick Columns', () => {
	const quick = 'label: billing | bug, due: date, amount: number';
	const rows = columnsOf(
		{ name: 'label', type: 'choice', choices: 'billing, bug' },
		{ name: 'due', type: 'date' },
		{ name: 'amount', type: 'number' },
	);
	const { label, due, amount } = values;

	it.each(['auto', 'off', 'silent'])(
		'ask for what rows of columns ask for, and give the same item, with Streaming %s',
		async (streaming) => {
			simulator.set(reply({ label, due: '2026/1/31', amount }));
			const setups = [
				{ quickColumns: quick },
				{ responseFormat: 'text', quickColumns: quick },
				rows,
			];
			for (const parameters of setups) {
				const result = await runChat(simulator, { parameters, options: { streaming } });

				expect(onlyItem(result)).toEqual({ label, due, amount, ...about });
				expect(Object.keys(onlyItem(result)).slice(0, 4)).toEqual([
					'label',
					'due',
					'amount',
					'reasoning',
				]);
			}
			const [first, ...others] = simulator.requests.map(({ body }) => body);

			expect(first).toMatchObject({ response_format: { type: 'json_schema' } });
			expect(others).toEqual([first, first]);
		},
	);

	it('each item has its own where they are an expression, none of them a text', async () => {
		const items = [
			{ ask: 'label: a | b', answer: '{"label":"b"}' },
			{ ask: ['size: number', 'note'], answer: '{"size":7,"note":"Small."}' },
			{ ask: ' ', answer: 'It is a lighthouse.' },
			{ ask: null, answer: '{"label":"b"}' },
			{ ask: 'label: a, b', answer: '' },
		].map(({ ask, answer }) => ({ ask, text: `Say.\n#sim ${JSON.stringify({ reply: answer })}` }));
		const { outputs } = await runChat(simulator, {
			items,
			rows: textOfEachItem,
			parameters: { quickColumns: '={{ $json.ask }}' },
			onError: 'continueErrorOutput',
		});

		expect(
			outputs[0]?.map(({ json: { content, label: given, size, note } }) => [
				content,
				given,
				size,
				note,
			]),
		).toEqual([
			[undefined, 'b', undefined, undefined],
			[undefined, undefined, 7, 'Small.'],
			['It is a lighthouse.', undefined, undefined, undefined],
			['{"label":"b"}', undefined, undefined, undefined],
		]);
		expect(jsonOf(outputs[1])).toEqual([
			{
				...items[4],
				details: expect.anything(),
				error: expect.stringContaining(
					"'Quick Columns' gives the column 'label' the type 'a', which is none",
				),
			},
		]);
		expect(simulator.requests).toHaveLength(4);
	});

	it.each([
		[{ ...columnsOf({ name: 'mood' }), quickColumns: quick }, { mood: 'good' }],
		[{ responseFormat: 'json', quickColumns: quick }, { json: { mood: 'good' } }],
	])('count for nothing with %j', async (parameters, expected) => {
		simulator.script(reply({ mood: 'good' }));

		expect(onlyItem(await runChat(simulator, { parameters }))).toMatchObject(expected);
	});

	it('are refused in words before anything is sent', async () => {
		const { error } = await runChat(simulator, { parameters: { quickColumns: 'a, model' } });

		expect(error?.message).toMatch("'Quick Columns' cannot hold a column called 'model'");
		expect(simulator.requests).toEqual([]);
	});

	it('may be repaired, and failures name the column', async () => {
		simulator.script(reply({ label: 'praise', due, amount }), reply({ label: 'bug', due, amount }));
		const parameters = { quickColumns: quick };
		const repaired = await runChat(simulator, { parameters, options: { repairJson: true } });

		expect(onlyItem(repaired)).toMatchObject({ label: 'bug', due, amount });

		simulator.script(reply({ label: 'praise', due, amount }));
		expect(apiErrorOf(await runChat(simulator, { parameters })).message).toBe(
			`Column 'label' is to be one of "billing", "bug", but "praise" came`,
		);
	});
});

describe('Include Input Fields', () => {
	const items = [{ row: 1, label: 'old', text: 'It crashes', error: 'none' }];
	const parameters = columnsOf({ name: 'label' });
	beforeEach(() => simulator.set(reply({ label: 'bug' })));

	it.each([
		[{}, {}],
		[{ includeInput: 'none' }, {}],
		[{ includeInput: 'all' }, { row: 1, text: 'It crashes', inputError: 'none' }],
		[{ includeInput: 'selected', includeFields: ' row , label, unknown, ' }, { row: 1 }],
		[{ includeInput: 'selected', includeFields: '={{ ["text"] }}' }, { text: 'It crashes' }],
	])('%j', async (options, included) => {
		const item = onlyItem(await runChat(simulator, { items, parameters, options }));

		expect(item).toEqual({ ...included, label: 'bug', ...about });
	});

	it('puts them before the new ones', async () => {
		const options = { includeInput: 'all' };
		const item = onlyItem(
			await runChat(simulator, { items: [{ text: 'It crashes', row: 1 }], parameters, options }),
		);

		expect(Object.keys(item)).toEqual(['text', 'row', 'label', ...Object.keys(about)]);
	});

	it('works for text and the own object of the API as well', async () => {
		const options = { includeInput: 'selected', includeFields: 'row' };
		const text = onlyItem(await runChat(simulator, { items, options }));
		const raw = onlyItem(
			await runChat(simulator, { items, options, parameters: { simplify: false } }),
		);

		expect(text).toEqual({ row: 1, content: '{"label":"bug"}', ...about });
		expect(raw).toMatchObject({ row: 1, object: 'chat.completion' });
	});

	it('adds them to a failed row that goes on', async () => {
		const options = { includeInput: 'all' };
		simulator.set(reply('No idea.'));
		const [failed] = jsonOf(
			(
				await runChat(simulator, {
					items: [{ row: 1, text: 'It crashes' }],
					parameters,
					options,
					onError: 'continueRegularOutput',
				})
			).outputs[0],
		);

		expect(failed).toMatchObject({
			row: 1,
			text: 'It crashes',
			error: 'No column can be read: the answer holds no JSON',
		});
	});

	it('refuses what is no choice', async () => {
		const { error } = await runChat(simulator, {
			items,
			parameters,
			options: { includeInput: 'some' },
		});

		expect(error?.message).toMatch(
			"'Include Input Fields' is 'some', which is none of its choices",
		);
		expect(simulator.requests.slice(0)).toEqual([]);
	});
});

describe('JSON like an example', () => {
	const parameters = {
		responseFormat: 'json',
		jsonFrom: 'example',
		jsonExample: '{"name": "Ada", "amount": 12}',
	};
	const shape = {
		type: 'object',
		properties: { name: { type: 'string' }, amount: { type: 'number' } },
		required: ['name', 'amount'],
	};

	it('asks for the schema that the example stands for, and puts json first', async () => {
		simulator.script(reply('```json\n{"name": "Bob", "amount": 7.5}\n```'));
		const item = onlyItem(await runChat(simulator, { parameters }));

		expect(simulator.requests[0]?.body).toMatchObject({
			response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: shape } },
		});
		expect(item).toEqual({
			json: { name: 'Bob', amount: 7.5 },
			content: '{"name": "Bob", "amount": 7.5}',
			...about,
		});
		expect(Object.keys(item)).toEqual(['json', 'content', ...Object.keys(about)]);
	});

	it('fails where a field is missing', async () => {
		simulator.script(reply({ name: 'Bob' }));

		expect(apiErrorOf(await runChat(simulator, { parameters })).message).toBe(
			'The answer is not the JSON that was asked for',
		);
	});

	it('refuses a broken one before anything is sent', async () => {
		const { error } = await runChat(simulator, {
			parameters: { ...parameters, jsonExample: '{"a' },
		});

		expect(error?.message).toMatch("'JSON Example' is not valid JSON");
		expect(simulator.requests).toEqual([]);
	});
});
