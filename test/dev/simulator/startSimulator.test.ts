import { type Simulator, startSimulator } from '../../../dev/simulator/startSimulator.ts';
import { ask, hello } from './askSimulator';

const now = () => 1_790_000_000_500;
let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ now });
});
afterEach(() => simulator.reset());
afterAll(() => simulator.close());

const fixed = { reply: 'Good day.', reasoningText: 'A greeting.' };
const sensitivity = {
	input_sensitive: false,
	output_sensitive: false,
	input_sensitive_type: 0,
	output_sensitive_type: 0,
	output_sensitive_int: 0,
};
const detail = {
	type: 'reasoning.text',
	id: 'reasoning-text-1',
	format: 'MiniMax-response-v1',
	index: 0,
};

test('a whole reply is the documented object, its id in the Trace-Id header', async () => {
	simulator.set(fixed);
	const reply = await ask(simulator, hello);
	const id = reply.headers.get('trace-id');
	expect(reply.status).toBe(200);
	expect(id).toMatch(/^[0-9a-f]{32}$/);
	expect(reply.headers.get('alb_receive_time')).toBe('1790000000.500');
	expect(reply.headers.get('retry-after')).toBeNull();
	expect(await reply.text()).toBe(
		JSON.stringify({
			id,
			choices: [
				{
					finish_reason: 'stop',
					index: 0,
					message: {
						content: '<think>\nA greeting.\n</think>\n\nGood day.',
						role: 'assistant',
						name: 'MiniMax AI',
						audio_content: '',
					},
				},
			],
			created: 1_790_000_000,
			model: 'MiniMax-M2.7',
			object: 'chat.completion',
			usage: {
				total_tokens: 36,
				total_characters: 0,
				prompt_tokens: 30,
				completion_tokens: 6,
				completion_tokens_details: { reasoning_tokens: 3 },
			},
			...sensitivity,
			base_resp: { status_code: 0, status_msg: '' },
		}),
	);
});

test('a stream is exact to the byte', async () => {
	simulator.set({ ...fixed, chunkCharacters: 25 });
	const body = { ...hello, stream: true, stream_options: { include_usage: true } };
	const reply = await ask(simulator, body);
	const id = reply.headers.get('trace-id');
	const envelope = `"created":1790000000,"model":"MiniMax-M2.7","object":"chat.completion.chunk"`;
	const flags = JSON.stringify(sensitivity).slice(1, -1);
	const speaker = '"role":"assistant","name":"MiniMax AI","audio_content":""';
	expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
	expect(await reply.text()).toBe(
		`data: {"id":"${id}","choices":[{"index":0,"delta":{"content":"<think>\\nA greeting.\\n</thi",${speaker}}}],${envelope},"usage":null,${flags}}\n\n` +
			`data: {"id":"${id}","choices":[{"finish_reason":"stop","index":0,"delta":{"content":"nk>\\n\\nGood day.",${speaker}}}],${envelope},"usage":null,${flags}}\n\n` +
			`data: {"id":"${id}","choices":[],${envelope},"usage":{"total_tokens":36,"total_characters":0,"prompt_tokens":30,"completion_tokens":6,"completion_tokens_details":{"reasoning_tokens":3}},"base_resp":{"status_code":0,"status_msg":""}}\n\n`,
	);
});

test('reasoning_split moves the thinking into its fields', async () => {
	simulator.set(fixed);
	const reply = await ask(simulator, { ...hello, reasoning_split: true });
	expect((await reply.json()).choices[0].message).toEqual({
		content: 'Good day.',
		role: 'assistant',
		name: 'MiniMax AI',
		audio_content: '',
		reasoning_content: 'A greeting.',
		reasoning_details: [{ ...detail, text: 'A greeting.' }],
	});
});

test.each([
	[
		'M3 with thinking disabled',
		{ model: 'MiniMax-M3', thinking: { type: 'disabled' } },
		'Good day.',
	],
	[
		'M2.7 thinks all the same',
		{ thinking: { type: 'disabled' } },
		'<think>\nA greeting.\n</think>\n\nGood day.',
	],
	[
		'M2.5 writes tags without line ends',
		{ model: 'MiniMax-M2.5' },
		'<think>A greeting.</think>\n\nGood day.',
	],
	['M2-her does not think', { model: 'M2-her' }, 'Good day.'],
	['M3.1-Flash splits unasked', { model: 'MiniMax-M3.1-Flash' }, 'Good day.'],
	['a limit inside the thinking', { max_completion_tokens: 2 }, '<think>\nA greeti\n</think>\n'],
	[
		'a limit inside the answer',
		{ max_completion_tokens: 4 },
		'<think>\nA greeting.\n</think>\n\nGood',
	],
])('%s', async (_name, fields, content) => {
	simulator.set(fixed);
	const { choices, usage } = await (await ask(simulator, { ...hello, ...fields })).json();
	expect(choices[0].message.content).toBe(content);
	expect(choices[0].finish_reason).toBe('max_completion_tokens' in fields ? 'length' : 'stop');
	expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens);
});

test.each([
	['inline', 'mm-closer', '<think>\nA greeting.\n</mm:think>\n\nGood day.', undefined],
	['inline', 'missing-opener', 'A greeting.\n</think>\n\nGood day.', undefined],
	['twice', 'both', '<think>\nA greeting.\n</think>\n\nGood day.', 'A greeting.'],
	['nowhere', 'none', 'Good day.', undefined],
	['only in details', 'details-only', 'Good day.', undefined],
] as const)('thinking %s: %s', async (_name, reasoning, content, reasoningContent) => {
	simulator.set({ ...fixed, reasoning });
	const whole = (await (await ask(simulator, hello)).json()).choices[0].message;
	expect([whole.content, whole.reasoning_content]).toEqual([content, reasoningContent]);
	const deltas = await readDeltas({ chunkCharacters: 3 });
	expect(deltas.map((delta) => delta.content).join('')).toBe(content);
	expect(deltas.map((delta) => delta.reasoning_content ?? '').join('')).toBe(
		reasoningContent ?? '',
	);
});

test('stream endings: role "", null delta, whole final frame, placeholder usage, [DONE]', async () => {
	simulator.set({
		...fixed,
		reasoning: 'none',
		emptyRole: true,
		nullDelta: true,
		finalFrame: true,
		streamUsage: 'placeholder',
		done: true,
	});
	const events = (await (await ask(simulator, { ...hello, stream: true })).text()).split('\n\n');
	expect(events.pop()).toBe('');
	expect(events.pop()).toBe('data: [DONE]');
	const [first, finish, final] = events.map((event) => JSON.parse(event.slice('data: '.length)));
	expect(first.choices[0].delta.role).toBe('');
	expect(first.usage).toEqual({ total_tokens: 0, total_characters: 0 });
	expect(finish.choices).toEqual([{ finish_reason: 'stop', index: 0, delta: null }]);
	expect(final.object).toBe('chat.completion');
	expect(final.choices[0].message.content).toBe('Good day.');
	expect(final.usage.total_tokens).toBe(36);
});

test('cut bytes, other line ends, comments and a BOM carry the same events', async () => {
	simulator.set({ ...fixed, reply: 'Grüße 🙂 aus Köln' });
	const plain = await readDeltas({});
	const cut = await readDeltas({ writeBytes: 1, bom: true, comments: true, lineEnd: '\r\n' });
	expect(cut).toEqual(plain);
	expect(await readDeltas({ writeBytes: 'random', seed: 7, lineEnd: '\r' })).toEqual(plain);
});

it('keeps the client waiting for a share of the bytes, and sends the same', async () => {
	simulator.set({ ...fixed, reply: 'Grüße 🙂 aus Köln', writeBytes: 0 });
	const plain = await readDeltas({});
	const startedAt = performance.now();

	expect(await readDeltas({ delayedBytes: { share: 0.02, ms: 20 } })).toEqual(plain);
	expect(performance.now() - startedAt).toBeGreaterThan(100);
});

async function readDeltas(settings: object): Promise<Array<Record<string, string>>> {
	simulator.set(settings);
	const text = await (await ask(simulator, { ...hello, stream: true })).text();
	return text
		.split(/\r\n|\r|\n/)
		.filter((line) => line.startsWith('data: {'))
		.map((line) => JSON.parse(line.slice('data: '.length)).choices[0].delta);
}

test('tool calls come whole with the finish reason, or in fragments by index', async () => {
	const toolCalls = [
		{ id: 'call_a', name: 'look_up', arguments: '{"term":"tide"}' },
		{ id: 'call_b', name: 'add', arguments: { a: 1 } },
	];
	simulator.set({ toolCalls, reasoningText: 'Two tools.', reasoning: 'none' });
	const { choices } = await (await ask(simulator, hello)).json();
	const whole = [
		{
			id: 'call_a',
			type: 'function',
			function: { name: 'look_up', arguments: '{"term":"tide"}' },
			index: 0,
		},
		{ id: 'call_b', type: 'function', function: { name: 'add', arguments: '{"a":1}' }, index: 1 },
	];
	expect(choices[0].finish_reason).toBe('tool_calls');
	expect(choices[0].message.tool_calls).toEqual(whole);
	const streamed = (await readDeltas({})).flatMap((delta) => delta.tool_calls ?? []);
	expect(streamed).toEqual(whole);
	const pieces = (await readDeltas({ toolCallFragments: 9 })).flatMap(
		(delta) => delta.tool_calls ?? [],
	);
	expect(pieces).toEqual([
		{ id: 'call_a', type: 'function', function: { name: 'look_up', arguments: '' }, index: 0 },
		{ function: { arguments: '{"term":"' }, index: 0 },
		{ function: { arguments: 'tide"}' }, index: 0 },
		{ id: 'call_b', type: 'function', function: { name: 'add', arguments: '' }, index: 1 },
		{ function: { arguments: '{"a":1}' }, index: 1 },
	]);
});

test('a long system prompt is served from the cache the second time', async () => {
	const system = { role: 'system', content: 'Be brief. '.repeat(200) };
	const body = { ...hello, messages: [system, ...hello.messages] };
	const cached = async () =>
		(await (await ask(simulator, body)).json()).usage.prompt_tokens_details;
	expect(await cached()).toBeUndefined();
	expect(await cached()).toEqual({ cached_tokens: 443 });
});

test('the model list has the shape of the API and wants a key', async () => {
	const reply = await fetch(`${simulator.url}/models`, {
		headers: { authorization: 'Bearer sk-simulator' },
	});
	const list = await reply.json();
	expect(list.object).toBe('list');
	expect(list.data[0]).toEqual({
		id: 'MiniMax-M3.1-Flash',
		object: 'model',
		created: 1_791_820_800,
		owned_by: 'minimax',
	});
	expect((await fetch(`${simulator.url}/models`)).status).toBe(401);
});

test('scripted replies go to the next requests in turn, then the lasting settings count', async () => {
	simulator.set({ reply: 'lasting' });
	simulator.script({ reply: 'first' }, { fault: { status: 529 } });
	const content = async () =>
		(await (await ask(simulator, hello)).json()).choices?.[0].message.content;
	expect(await content()).toMatch(/first$/);
	expect(await content()).toBeUndefined();
	expect(await content()).toMatch(/lasting$/);
});

test('a #sim line steers its own request and is no part of the prompt', async () => {
	const content = 'Hello\n#sim {"reasoning":"none","latencyMs":1}';
	const messages = [{ role: 'user', content }];
	const { choices } = await (await ask(simulator, { ...hello, messages })).json();
	expect(choices[0].message.content).toBe('Hello! How can I help you today?');
});

test('replies can be of any size', async () => {
	simulator.set({ replyCharacters: 300_000, reasoning: 'none' });
	const { choices } = await (await ask(simulator, hello)).json();
	expect(choices[0].message.content).toHaveLength(300_000);
});

test('the log keeps what arrived; a client that leaves is told apart', async () => {
	simulator.set({ fault: { connection: 'hang' } });
	const abort = new AbortController();
	const pending = fetch(`${simulator.url}/chat/completions`, {
		method: 'POST',
		headers: { authorization: 'Bearer sk-simulator' },
		body: JSON.stringify(hello),
		signal: abort.signal,
	});
	await until(() => simulator.requests.length === 1 && simulator.inFlight() === 1);
	abort.abort();
	await expect(pending).rejects.toThrow();
	await until(() => simulator.inFlight() === 0);
	expect(simulator.requests).toEqual([
		expect.objectContaining({
			id: 1,
			method: 'POST',
			path: '/v1/chat/completions',
			body: hello,
			rawBody: JSON.stringify(hello),
			status: null,
			closedByClient: true,
			closedAt: now(),
		}),
	]);
	expect(simulator.peakInFlight()).toBe(1);
});

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test.each([
	['vllm', 'reasoning', 'chatcmpl-'],
	['sglang', 'reasoning_content', ''],
] as const)('%s takes any model name and has fields of its own', async (mode, field, prefix) => {
	simulator.set({ ...fixed, mode });
	const reply = await (await ask(simulator, { ...hello, model: 'my/model' })).json();
	expect(reply.id.startsWith(prefix)).toBe(true);
	expect(reply.model).toBe('my/model');
	expect(reply.choices[0].message[field]).toBe('A greeting.');
	expect('base_resp' in reply).toBe(false);
	const text = await (await ask(simulator, { ...hello, stream: true })).text();
	expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
});
