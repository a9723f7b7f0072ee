import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { onlyItem, runChat, startChat } from '../support/runChat';
import { waitFor } from '../support/waitFor';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const model = (value: string) => ({ model: { mode: 'id', value } });

it.each([
	['MiniMax-M3', 'disabled', { type: 'disabled' }],
	['MiniMax-M3', 'adaptive', { type: 'adaptive' }],
	['MiniMax-M3', 'default', undefined],
	['MiniMax-M2.7', 'disabled', undefined],
	['MiniMax-M3.1-Flash', 'disabled', undefined],
])('sends %s with thinking %s: %j', async (id, thinking, sent) => {
	const result = await runChat(simulator, { parameters: model(id), options: { thinking } });
	expect(result.error).toBeUndefined();
	expect(simulator.requests.map(({ body }) => (body as { thinking?: unknown }).thinking)).toEqual([
		sent,
	]);
});

it('has M2-her play a role with its own limit', async () => {
	simulator.script({ reply: 'Ahoy!' });
	const result = await runChat(simulator, {
		parameters: model('M2-her'),
		rows: [
			{ role: 'system', content: 'You are Captain Brine.', name: 'Brine' },
			{ role: 'user_system', content: 'A cabin boy.' },
			{ role: 'group', content: 'On deck, at night.' },
			{ role: 'sample_message_user', content: 'Good evening, sir.' },
			{ role: 'sample_message_ai', content: 'Arr.' },
			{ role: 'user', content: 'Where to?' },
		],
	});
	expect(simulator.requests.map(({ body }) => body)).toEqual([
		{
			model: 'M2-her',
			messages: [
				{ role: 'system', content: 'You are Captain Brine.', name: 'Brine' },
				{ role: 'user_system', content: 'A cabin boy.' },
				{ role: 'group', content: 'On deck, at night.' },
				{ role: 'sample_message_user', content: 'Good evening, sir.' },
				{ role: 'sample_message_ai', content: 'Arr.' },
				{ role: 'user', content: 'Where to?' },
			],
			temperature: 1,
			top_p: 0.95,
			max_completion_tokens: 2048,
			reasoning_split: true,
			stream: true,
			stream_options: { include_usage: true },
		},
	]);
	expect(onlyItem(result).content).toBe('Ahoy!');
});

it('asks for the priority tier', async () => {
	await runChat(simulator, { options: { serviceTier: 'priority' } });
	expect(simulator.requests[0]?.body).toEqual(
		expect.objectContaining({ service_tier: 'priority' }),
	);
});

it('lets additional body fields win over everything but stream', async () => {
	await runChat(simulator, {
		options: { additionalBody: '{"temperature": 0.3, "seed": 7, "stream": false}' },
	});
	expect(simulator.requests[0]?.body).toEqual({
		model: 'MiniMax-M3',
		messages: [{ role: 'user', content: 'Hello' }],
		temperature: 0.3,
		top_p: 0.95,
		max_completion_tokens: 8192,
		seed: 7,
		reasoning_split: true,
		stream: true,
		stream_options: { include_usage: true },
	});
});

it('reports to n8n how many tokens a run used', async () => {
	simulator.set({ usage: { prompt_tokens: 20, completion_tokens: 10, total_tokens: 30 } });
	const { run, error } = await runChat(simulator, { items: [{}, {}] });
	expect(error).toBeUndefined();
	expect(run.data.resultData.runData.Node?.[0]?.metadata).toMatchObject({
		tokenUsage: { inputTokens: 40, outputTokens: 20 },
	});
});

it.each([
	['vllm', 'split' as const],
	['vllm', 'missing-opener' as const],
	['sglang', 'auto' as const],
	['sglang', 'inline' as const],
])('understands a self-hosted %s whose thinking comes %s', async (mode, reasoning) => {
	simulator.set({
		mode: mode === 'vllm' ? 'vllm' : 'sglang',
		reasoning: reasoning === 'split' ? 'vllm' : reasoning,
		reply: 'Forty-two.',
		reasoningText: 'Six times seven.',
	});
	for (const streaming of ['auto', 'off']) {
		const result = await runChat(simulator, {
			parameters: model('MiniMaxAI/MiniMax-M2'),
			options: { streaming },
		});
		expect(onlyItem(result)).toEqual(
			expect.objectContaining({
				content: 'Forty-two.',
				reasoning: 'Six times seven.',
				model: 'MiniMaxAI/MiniMax-M2',
				finishReason: 'stop',
			}),
		);
	}
});

it('passes words on at once where a self-hosted server does not think', async () => {
	simulator.set({
		mode: 'vllm',
		reasoning: 'none',
		reply: 'One two three.',
		chunkCharacters: 4,
	});
	const setup = { parameters: model('MiniMaxAI/MiniMax-M3'), streaming: true };
	// Without the switch the text could still turn out to be thinking, up to its end.
	const { chunks } = await runChat(simulator, { ...setup, options: { thinking: 'default' } });

	expect(chunks.map(({ content }) => content).filter(Boolean)).toEqual(['One two three.']);

	simulator.set({ fault: { stream: 'stall', afterChunks: 3 } });
	let heard = '';
	const { cancel, done } = await startChat(simulator, {
		...setup,
		options: { thinking: 'disabled' },
		onChunk: ({ content }) => (heard += content ?? ''),
	});
	await waitFor(() => heard === 'One two ');
	cancel();
	await done;
});
