import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { onlyItem, runChat } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

it('wins over the other fields', async () => {
	simulator.script({ reply: 'Hi!' });
	const messages = [{ role: 'user', content: 'Instead' }];
	const additionalBody = { model: 'MiniMax-M3', messages, temperature: 1.5, seed: 7 };
	const result = await runChat(simulator, {
		options: { additionalBody: JSON.stringify(additionalBody) },
	});

	expect(simulator.requests.map(({ body }) => body)).toEqual([
		expect.objectContaining({ ...additionalBody, top_p: 0.95, stream: true }),
	]);
	expect(onlyItem(result).content).toBe('Hi!');
});

it('may hold messages that files are added to, whatever their content is', async () => {
	simulator.script({ reply: 'A cat.' });
	const additionalBody = {
		model: 'MiniMax-M3',
		messages: [{ role: 'user', content: { text: 'What is this?' } }],
	};
	await runChat(simulator, {
		options: {
			additionalBody: JSON.stringify(additionalBody),
			images: { values: [{ source: 'url', url: 'https://example.com/cat.png' }] },
		},
	});

	expect(simulator.requests.map(({ body }) => body)).toEqual([
		expect.objectContaining({
			messages: [
				{
					role: 'user',
					content: [
						expect.objectContaining({
							type: 'image_url',
							image_url: expect.objectContaining({ url: 'https://example.com/cat.png' }),
						}),
					],
				},
			],
		}),
	]);
});

it('is left alone for models of other servers, but for numbers given as text', async () => {
	simulator.set({ mode: 'vllm', models: ['acme/Our-Tune'] });
	const additionalBody = { model: 'acme/Our-Tune', thinking: false, top_p: '0.5' };
	await runChat(simulator, { options: { additionalBody: JSON.stringify(additionalBody) } });

	expect(simulator.requests.map(({ body }) => body)).toEqual([
		expect.objectContaining({ ...additionalBody, top_p: 0.5 }),
	]);
});

it.each([
	['{"model": null}', 'model has to be the ID of a model as text'],
	['{"messages": "Hello"}', 'messages has to be a list of messages, each an object with a role'],
	['{"temperature": "warm"}', 'temperature has to be a number'],
	['{"tools": "search"}', 'tools has to be a list of objects'],
])('%s is refused before anything is sent', async (additionalBody, words) => {
	const result = await runChat(simulator, { options: { additionalBody } });

	expect(result.error?.message).toBe(`'Additional Body Fields', ${words} [row 1, item 0 in n8n]`);
	expect(simulator.requests).toEqual([]);
});
