import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { runChat, textOfEachItem, type ChatSetup } from '../support/runChat';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const usual = {
	model: 'MiniMax-M3',
	messages: [{ role: 'user', content: 'Hello' }],
	temperature: 1,
	top_p: 0.95,
	max_completion_tokens: 8192,
	reasoning_split: true,
};
const streamed = { ...usual, stream: true, stream_options: { include_usage: true } };

/** Bodies of the requests that a run without failures sends. */
async function sentBodies(setup: ChatSetup): Promise<unknown[]> {
	const { error } = await runChat(simulator, setup);
	if (error !== undefined) throw error;
	return simulator.requests.map(({ body }) => body);
}

async function sentMessages(setup: ChatSetup): Promise<unknown> {
	const [body] = await sentBodies(setup);
	return (body as IDataObject).messages;
}

describe('the request', () => {
	it('goes to the chat completions of the base URL, with the key', async () => {
		await sentBodies({});

		expect(simulator.requests).toMatchObject([
			{
				method: 'POST',
				path: '/v1/chat/completions',
				headers: { authorization: 'Bearer sk-simulator', 'content-type': 'application/json' },
			},
		]);
	});

	it('streams by default', async () => {
		expect(await sentBodies({})).toEqual([streamed]);
	});

	it('asks for one piece with Streaming off', async () => {
		expect(await sentBodies({ options: { streaming: 'off' } })).toEqual([usual]);
	});

	it('takes pasted spaces, line ends and Bearer around the key', async () => {
		await sentBodies({ apiKey: '\n Bearer sk-simu\nlator \r\n' });

		expect(simulator.requests[0]?.headers.authorization).toBe('Bearer sk-simulator');
	});

	it('takes slashes behind the base URL', async () => {
		await sentBodies({ baseUrl: `${simulator.url}// ` });

		expect(simulator.requests[0]?.path).toBe('/v1/chat/completions');
	});
});

describe('fields', () => {
	it('sends what they hold', async () => {
		const parameters = {
			model: { mode: 'list', value: 'MiniMax-M3' },
			temperature: 0,
			topP: 0,
			maxTokens: 500,
		};

		expect(await sentBodies({ parameters })).toEqual([
			{
				...streamed,
				model: 'MiniMax-M3',
				temperature: 0,
				top_p: 0,
				max_completion_tokens: 500,
			},
		]);
	});

	it('passes a model by ID on as it is', async () => {
		simulator.set({ mode: 'vllm' });
		const parameters = { model: { mode: 'id', value: 'acme/Our-Tune' }, temperature: 1.5 };

		expect(await sentBodies({ parameters })).toEqual([
			{ ...streamed, model: 'acme/Our-Tune', temperature: 1.5 },
		]);
	});

	it('lowers Max Tokens to what M2-her can write', async () => {
		const parameters = { model: { mode: 'id', value: 'm2-her' } };

		expect(await sentBodies({ parameters })).toEqual([
			{ ...streamed, model: 'M2-her', max_completion_tokens: 2048 },
		]);
	});

	it('evaluates expressions for each item', async () => {
		const items = [
			{ text: 'Hello', model: 'MiniMax-M2.5', heat: '0.5', limit: 100, rules: 'Be brief.' },
			{ text: 42, model: 'MiniMax-M3', heat: 2, limit: 200, rules: { tone: 'warm' } },
		];
		const bodies = await sentBodies({
			items,
			rows: [{ role: 'system', content: '={{ $json.rules }}' }, ...textOfEachItem],
			parameters: {
				model: { mode: 'id', value: '={{ $json.model }}' },
				temperature: '={{ $json.heat }}',
				topP: '={{ 1 / 2 }}',
				maxTokens: '={{ $json.limit }}',
			},
		});

		expect(bodies).toEqual([
			{
				...streamed,
				model: 'MiniMax-M2.5',
				messages: [
					{ role: 'system', content: 'Be brief.' },
					{ role: 'user', content: 'Hello' },
				],
				temperature: 0.5,
				top_p: 0.5,
				max_completion_tokens: 100,
			},
			{
				...streamed,
				model: 'MiniMax-M3',
				messages: [
					{ role: 'system', content: '{"tone":"warm"}' },
					{ role: 'user', content: '42' },
				],
				temperature: 2,
				top_p: 0.5,
				max_completion_tokens: 200,
			},
		]);
	});

	it('leaves out a number whose expression gives nothing', async () => {
		const parameters = { temperature: '={{ $json.missing }}', topP: '={{ null }}' };
		const { temperature: _temperature, top_p: _topP, ...others } = streamed;

		expect(await sentBodies({ parameters })).toEqual([others]);
	});
});

describe('messages', () => {
	it('keep their order, roles and names, and lose empty rows', async () => {
		const rows = [
			{ role: 'user', content: 'Who wrote Faust?', name: 'Anna' },
			{ role: 'assistant', content: 'Goethe.' },
			{ role: 'user', content: '  ' },
			{ role: 'user', content: 'When?\n', name: ' Ben ' },
		];

		expect(await sentMessages({ rows })).toEqual([
			{ role: 'user', content: 'Who wrote Faust?', name: 'Anna' },
			{ role: 'assistant', content: 'Goethe.' },
			{ role: 'user', content: 'When?\n', name: 'Ben' },
		]);
	});

	it('puts several system messages into one, in the first place', async () => {
		const rows = [
			{ role: 'system', content: 'Answer in French.' },
			{ role: 'user', content: 'Hello' },
			{ role: 'system', content: 'Be brief.' },
		];

		expect(await sentMessages({ rows })).toEqual([
			{ role: 'system', content: 'Answer in French.\n\nBe brief.' },
			{ role: 'user', content: 'Hello' },
		]);
	});

	it('takes the roles of M2-her', async () => {
		const rows = [
			{ role: 'system', content: 'You are Captain Ada.' },
			{ role: 'user_system', content: 'A young sailor' },
			{ role: 'group', content: 'On deck' },
			{ role: 'sample_message_user', content: 'Ahoy' },
			{ role: 'sample_message_ai', content: 'Aye' },
			{ role: 'user', content: 'Hello' },
		];
		const parameters = { model: { mode: 'list', value: 'M2-her' } };

		expect(await sentMessages({ rows, parameters })).toEqual(rows);
	});

	it('as JSON pass tool calls, results and reasoning on', async () => {
		const conversation = [
			{ role: 'user', content: 'Weather in Oslo?' },
			{
				role: 'assistant',
				content: '',
				reasoning_details: [{ type: 'reasoning.text', index: 0, text: 'I ask the tool.' }],
				tool_calls: [
					{
						id: 'call_1',
						type: 'function',
						function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
					},
				],
			},
			{ role: 'tool', tool_call_id: 'call_1', content: '{"degrees":-3}' },
		];
		const messagesJson = JSON.stringify(conversation);

		expect(await sentMessages({ parameters: { messagesFrom: 'json', messagesJson } })).toEqual(
			conversation,
		);
	});

	it('as JSON take an array from an expression, and merge system messages too', async () => {
		const chat = [
			{ role: 'user', content: [{ type: 'text', text: 'Hello' }] },
			{ role: 'developer', content: 'Be brief.' },
			{ role: 'system', content: 'Be kind.' },
		];
		const parameters = { messagesFrom: 'json', messagesJson: '={{ $json.chat }}' };

		expect(await sentMessages({ items: [{ chat }], parameters })).toEqual([
			{ role: 'system', content: 'Be brief.\n\nBe kind.' },
			{ role: 'user', content: [{ type: 'text', text: 'Hello' }] },
		]);
	});
});

describe('options', () => {
	const tools = [
		{
			type: 'function',
			function: { name: 'get_weather', parameters: { type: 'object', properties: {} } },
		},
	];

	it('sends tools and their choice', async () => {
		const options = { tools: JSON.stringify(tools), toolChoice: 'none' };

		expect(await sentBodies({ options })).toEqual([{ ...streamed, tools, tool_choice: 'none' }]);
	});

	it('sends no choice without tools', async () => {
		expect(await sentBodies({ options: { toolChoice: 'auto' } })).toEqual([streamed]);
	});

	it('sends the service tier', async () => {
		expect(await sentBodies({ options: { serviceTier: 'priority' } })).toEqual([
			{ ...streamed, service_tier: 'priority' },
		]);
	});

	it.each([
		['MiniMax-M3', 'disabled', { thinking: { type: 'disabled' } }],
		['MiniMax-M3', 'adaptive', { thinking: { type: 'adaptive' } }],
		['MiniMax-M3', 'default', {}],
		['MiniMax-M2.7', 'disabled', {}],
		['MiniMax-M3.1-Flash', 'disabled', {}],
	])('with %s and Thinking %s sends %o', async (model, thinking, sent) => {
		const parameters = { model: { mode: 'list', value: model } };

		expect(await sentBodies({ parameters, options: { thinking } })).toEqual([
			{ ...streamed, model, ...sent },
		]);
	});

	it.each([
		['MiniMax-M3.1-Flash', 'low', { reasoning_effort: 'low' }],
		['MiniMax-M3.1-Flash', 'max', { reasoning_effort: 'max' }],
		['MiniMax-M3.1-Flash', 'default', {}],
		['MiniMax-M3.1-Flash', 'all you can', {}],
		['MiniMax-M3', 'low', {}],
		['MiniMax-M2.7', 'low', {}],
	])('with %s and Reasoning Effort %s sends %o', async (model, reasoningEffort, sent) => {
		const parameters = { model: { mode: 'list', value: model } };

		expect(await sentBodies({ parameters, options: { reasoningEffort } })).toEqual([
			{ ...streamed, model, ...sent },
		]);
	});

	it('sends Thinking and Reasoning Effort to a model that is not known', async () => {
		simulator.set({ mode: 'vllm' });
		const parameters = { model: { mode: 'id', value: 'acme/Our-Tune' } };
		const options = { thinking: 'disabled', reasoningEffort: 'xhigh' };

		expect(await sentBodies({ parameters, options })).toEqual([
			{
				...streamed,
				model: 'acme/Our-Tune',
				thinking: { type: 'disabled' },
				reasoning_effort: 'xhigh',
			},
		]);
	});

	it('adds images to the last user message', async () => {
		const rows = [
			{ role: 'user', content: 'Hello' },
			{ role: 'assistant', content: 'Hello!' },
			{ role: 'user', content: 'What is this?' },
		];
		const picture = Buffer.from('a picture');
		const item = {
			json: {},
			binary: { photo: { data: picture.toString('base64'), mimeType: 'image/png' } },
		};
		const images = {
			values: [
				{ source: 'binary', binaryProperty: 'photo', detail: 'low' },
				{ source: 'url', url: 'https://example.com/cat.jpg', detail: 'default' },
			],
		};
		const parameters = { model: { mode: 'list', value: 'MiniMax-M3' } };

		expect(await sentMessages({ items: [item], rows, parameters, options: { images } })).toEqual([
			...rows.slice(0, 2),
			{
				role: 'user',
				content: [
					{ type: 'text', text: 'What is this?' },
					{
						type: 'image_url',
						image_url: {
							url: `data:image/png;base64,${picture.toString('base64')}`,
							detail: 'low',
						},
					},
					{
						type: 'image_url',
						image_url: { url: 'https://example.com/cat.jpg', detail: 'default' },
					},
				],
			},
		]);
	});

	it('lets additional fields win, except stream', async () => {
		const additionalBody = '{ "seed": 7, "temperature": 0.2, "stream": false }';

		expect(await sentBodies({ options: { additionalBody } })).toEqual([
			{ ...streamed, temperature: 0.2, seed: 7 },
		]);
	});

	it('takes additional fields from an expression', async () => {
		const options = { streaming: 'off', additionalBody: '={{ { user: $json.customer } }}' };

		expect(await sentBodies({ items: [{ customer: 'anna' }], options })).toEqual([
			{ ...usual, user: 'anna' },
		]);
	});
});
