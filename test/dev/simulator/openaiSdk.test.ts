import OpenAI from 'openai';
import { type Simulator, startSimulator } from '../../../dev/simulator/startSimulator.ts';

let simulator: Simulator;
let client: OpenAI;

beforeAll(async () => {
	simulator = await startSimulator();
	client = new OpenAI({ apiKey: 'sk-simulator', baseURL: simulator.url, maxRetries: 0 });
});
afterEach(() => simulator.reset());
afterAll(() => simulator.close());

const model = 'MiniMax-M2.7';
const hello = [{ role: 'user' as const, content: 'Hello' }];

test('chat and models', async () => {
	const completion = await client.chat.completions.create({ model, messages: hello });
	expect(completion.choices[0]?.message.content).toMatch(
		/^<think>\n[^]+\n<\/think>\n\nHello! How can I help you today\?$/,
	);
	const ids: string[] = [];
	for await (const { id } of client.models.list()) ids.push(id);
	expect(ids).toContain('MiniMax-M3');
});

test.each([false, true])('stream (bytes cut: %s)', async (cut) => {
	simulator.set({ chunkCharacters: 10, done: cut, ...(cut && { writeBytes: 7 }) });
	const stream = await client.chat.completions.create({
		model,
		messages: hello,
		stream: true,
		stream_options: { include_usage: true },
	});
	let text = '';
	let usage: number | undefined;
	for await (const chunk of stream) {
		text += chunk.choices[0]?.delta.content ?? '';
		usage = chunk.usage?.total_tokens ?? usage;
	}
	expect(text).toMatch(/<\/think>\n\nHello! How can I help you today\?$/);
	expect(usage).toBe(56);
});

test('the tool runner of the SDK gets to its end, streamed too', async () => {
	const asked: string[] = [];
	const parameters = {
		type: 'object',
		properties: { city: { type: 'string' } },
		required: ['city'],
	};
	const tools = [
		{
			type: 'function' as const,
			function: {
				name: 'get_weather',
				description: 'Weather of a city',
				parameters,
				parse: JSON.parse,
				function: ({ city }: { city: string }) => {
					asked.push(city);
					return 'sunny, 24 °C';
				},
			},
		},
	];
	const messages = [{ role: 'user' as const, content: 'How is the weather in Porto?' }];
	simulator.set({ requireReasoningReplay: true });
	const whole = client.beta.chat.completions.runTools({ model, messages, tools });
	expect(await whole.finalContent()).toContain('sunny, 24 °C');
	simulator.set({ toolCallFragments: 4 });
	const streamed = client.beta.chat.completions.runTools({ model, messages, tools, stream: true });
	expect(await streamed.finalContent()).toContain('sunny, 24 °C');
	expect(asked).toEqual(['Porto', 'Porto']);
});

test('typed errors', async () => {
	const create = (more: object = {}, using = client) =>
		using.chat.completions.create({ model, messages: hello, ...more });
	const stranger = new OpenAI({ apiKey: 'sk-other', baseURL: simulator.url, maxRetries: 0 });
	await expect(create({}, stranger)).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
	await expect(create({ temperature: 3 })).rejects.toBeInstanceOf(OpenAI.BadRequestError);
	simulator.script(
		{ fault: { status: 429 } },
		{ fault: { status: 529 } },
		{ fault: { connection: 'reset' } },
	);
	await expect(create()).rejects.toBeInstanceOf(OpenAI.RateLimitError);
	await expect(create()).rejects.toBeInstanceOf(OpenAI.InternalServerError);
	await expect(create()).rejects.toBeInstanceOf(OpenAI.APIConnectionError);
});

test('the SDK retries what it may', async () => {
	const patient = new OpenAI({ apiKey: 'sk-simulator', baseURL: simulator.url, maxRetries: 1 });
	simulator.script({ fault: { status: 500, retryAfter: 0 } });
	await patient.chat.completions.create({ model, messages: hello });
	expect(simulator.requests.map(({ status }) => status)).toEqual([500, 200]);
});
