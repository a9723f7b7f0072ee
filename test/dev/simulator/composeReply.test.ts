import { readRequest } from '../../../dev/simulator/readRequest.ts';
import { composeReply } from '../../../dev/simulator/compose/composeReply.ts';

function compose(user: string, system?: string, more: object = {}) {
	const messages = [
		...(system === undefined ? [] : [{ role: 'system', content: system }]),
		{ role: 'user', content: user },
	];
	const body = { model: 'MiniMax-M2.7', messages, ...more };
	return composeReply(readRequest(body, { mode: 'minimax', models: null }));
}

const article =
	'The harbour of Bergen gets electric ferries. Each ferry carries 200 people. ' +
	'The electric ferries replace diesel ferries in the harbour. The mayor likes coffee.';

test.each([
	[
		'summary in the message',
		`Summarise in two bullet points:\n\n${article}`,
		undefined,
		'- The harbour of Bergen gets electric ferries.\n- The electric ferries replace diesel ferries in the harbour.',
	],
	[
		'summary in the system prompt',
		article,
		'Write a digest in one sentence.',
		'The harbour of Bergen gets electric ferries.',
	],
	[
		'label from a list in the line',
		'Classify as billing, bug or praise. Answer with the label only.\n\nI was charged twice.',
		undefined,
		'billing',
	],
	[
		'label from bullets',
		'The app crashes at start',
		'Pick one of the following categories:\n- Billing\n- Bug\n- Other',
		'Bug',
	],
	[
		'no hint takes the label for the rest',
		'Lorem ipsum dolor',
		'Classify into one of these labels: sales, spam, other',
		'other',
	],
	[
		'sentiment',
		'Sentiment of this review (positive, negative or neutral): the staff were rude',
		undefined,
		'negative',
	],
	[
		'keys',
		'Extract as JSON with keys name, email and city. Text: Write to Ines Duarte from Porto at ines@mail.test',
		undefined,
		'{"name":"Ines Duarte","email":"ines@mail.test","city":"Porto"}',
	],
	[
		'an example object',
		'Return JSON like {"kind": "billing|bug", "confidence": 0.5} for: the page fails',
		undefined,
		'{"kind":"bug","confidence":0.9}',
	],
	['greeting', 'Hello', undefined, 'Hello! How can I help you today?'],
])('%s', (_name, user, system, expected) => {
	expect(compose(user, system).answer).toBe(expected);
});

const calculator = {
	type: 'function',
	function: {
		name: 'calculator',
		description: 'Useful for getting the result of a math expression.',
		parameters: { type: 'object', properties: { input: { type: 'string' } } },
	},
};

test('a result goes into the next calculation, and the end is said in a sentence', () => {
	const messages: object[] = [
		{ role: 'user', content: 'What is 17 times 23, and what is that divided by 4?' },
	];
	const seen: string[] = [];
	for (const result of ['391', '[{"response":"97.75"}]']) {
		const body = { model: 'MiniMax-M3', messages, tools: [calculator] };
		const { toolCalls } = composeReply(readRequest(body, { mode: 'minimax', models: null }));
		const [call] = toolCalls;
		seen.push(call?.arguments ?? 'no call');
		const id = `call_${seen.length}`;
		messages.push(
			{ role: 'assistant', content: '', tool_calls: [{ id, type: 'function', function: call }] },
			{ role: 'tool', tool_call_id: id, content: result },
		);
	}
	expect(seen).toEqual(['{"input":"17 * 23"}', '{"input":"391 / 4"}']);
	const body = { model: 'MiniMax-M3', messages, tools: [calculator] };
	const { answer, toolCalls } = composeReply(readRequest(body, { mode: 'minimax', models: null }));
	expect({ answer, toolCalls }).toEqual({
		answer: '17 * 23 is 391, and 391 / 4 is 97.75.',
		toolCalls: [],
	});
});

test('of a picture it says what its address tells', () => {
	const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000140000000c8', 'hex');
	const parts = [
		{ type: 'text', text: 'What is this?' },
		{ type: 'image_url', image_url: { url: `data:image/png;base64,${png.toString('base64')}` } },
		{ type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/4AAQ' } },
		{ type: 'image_url', image_url: { url: 'https://example.com/photo.jpg' } },
	];
	const body = { model: 'MiniMax-M3', messages: [{ role: 'user', content: parts }] };
	expect(composeReply(readRequest(body, { mode: 'minimax', models: null })).answer).toBe(
		'I see a PNG picture, 320 pixels wide and 200 high. I see a JPEG picture of 1 kB. ' +
			'I see a picture at https://example.com/photo.jpg. ' +
			'I am a stand-in for MiniMax and see no more of a picture than that.',
	);
});

test('the same request gets the same reply', () => {
	expect(compose(article)).toEqual(compose(article));
});

test('a JSON Schema of response_format is obeyed', () => {
	const schema = {
		type: 'object',
		properties: {
			topic: { enum: ['shipping', 'billing'] },
			tags: { type: 'array', items: { type: 'string' }, maxItems: 2 },
			stars: { type: 'integer', minimum: 1, maximum: 5 },
			buyer: { $ref: '#/$defs/buyer' },
		},
		$defs: { buyer: { type: 'object', properties: { email: { type: 'string' } } } },
	};
	const format = { type: 'json_schema', json_schema: { name: 'ticket', schema } };
	const { answer } = compose('The parcel of jo@mail.test never came', undefined, {
		response_format: format,
	});
	expect(JSON.parse(answer)).toEqual({
		topic: 'shipping',
		tags: ['parcel', 'mail'],
		stars: 1,
		buyer: { email: 'jo@mail.test' },
	});
});

const tools = [
	{
		type: 'function',
		function: {
			name: 'calculator',
			description: 'Evaluates arithmetic',
			parameters: { type: 'object', properties: { input: { type: 'string' } } },
		},
	},
	{
		type: 'function',
		function: {
			name: 'search_orders',
			description: 'Finds orders of a customer',
			parameters: {
				type: 'object',
				properties: { email: { type: 'string' }, page: { type: 'integer' } },
				required: ['email'],
			},
		},
	},
];

test.each([
	['How much is 12 * (3 + 4)?', [{ name: 'calculator', arguments: '{"input":"12 * (3 + 4)"}' }]],
	[
		'Which orders has the customer jo@mail.test?',
		[{ name: 'search_orders', arguments: '{"email":"jo@mail.test"}' }],
	],
	['Tell me a joke', []],
])('%s', (question, calls) => {
	expect(compose(question, undefined, { tools }).toolCalls).toEqual(calls);
	expect(compose(question, undefined, { tools, tool_choice: 'none' }).toolCalls).toEqual([]);
});
