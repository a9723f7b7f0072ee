import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { onlyItem, runChat } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const parameters = {
	type: 'object',
	properties: { city: { type: 'string' } },
	required: ['city'],
};
const weather = { type: 'function', function: { name: 'weather', parameters } };

it('sends tools and returns the calls with parsed arguments', async () => {
	simulator.script({
		reply: '',
		toolCalls: [
			{ id: 'call_1', name: 'weather', arguments: { city: 'Oslo' } },
			{ id: 'call_2', name: 'weather', arguments: '{"city": "Ber' },
			{ id: 'call_3', name: 'clock', arguments: '' },
		],
	});
	const result = await runChat(simulator, {
		options: {
			tools: JSON.stringify([weather, { name: 'clock' }]),
			toolChoice: 'auto',
		},
	});
	expect(simulator.requests.map(({ body }) => body)).toEqual([
		expect.objectContaining({
			tools: [
				weather,
				{
					type: 'function',
					function: { name: 'clock', parameters: { type: 'object', properties: {} } },
				},
			],
			tool_choice: 'auto',
		}),
	]);
	const item = onlyItem(result);
	expect(item.finishReason).toBe('tool_calls');
	expect(item.toolCalls).toEqual([
		{ id: 'call_1', name: 'weather', arguments: { city: 'Oslo' } },
		{ id: 'call_2', name: 'weather', arguments: '{"city": "Ber', argumentsInvalid: true },
		{ id: 'call_3', name: 'clock', arguments: {} },
	]);
});

it('sends no tool choice without tools', async () => {
	await runChat(simulator, { options: { toolChoice: 'none' } });
	expect(simulator.requests[0]?.body).not.toHaveProperty('tool_choice');
	expect(simulator.requests[0]?.body).not.toHaveProperty('tools');
});

it('continues a conversation in the next step with the reasoning kept', async () => {
	simulator.set({ requireReasoningReplay: true });
	const tools = JSON.stringify([weather]);
	const first = await runChat(simulator, {
		rows: [{ role: 'user', content: 'Weather in Oslo?' }],
		parameters: { simplify: false },
		options: { tools },
	});
	const { choices } = onlyItem(first);
	const second = await runChat(simulator, {
		items: [{ choices }],
		parameters: {
			messagesFrom: 'json',
			// As the README shows it.
			messagesJson:
				'={{ [{ role: "user", content: "Weather in Oslo?" }, $json.choices[0].message, { role: "tool", tool_call_id: $json.choices[0].message.tool_calls[0].id, content: "12 degrees, rain" }] }}',
		},
		options: { tools },
	});
	const [, message] = JSON.parse(simulator.requests[1]?.rawBody ?? '').messages;
	expect(message.reasoning_details).toEqual([
		expect.objectContaining({ type: 'reasoning.text', text: expect.stringMatching(/\S/) }),
	]);
	expect(onlyItem(second).content).toContain('12 degrees, rain');
});

it.each([
	['[{', "'Tools' is not valid JSON [row 1, item 0 in n8n]"],
	['{}', "'Tools' is not an array [row 1, item 0 in n8n]"],
	['[3]', "'Tools', entry 1 is not a tool [row 1, item 0 in n8n]"],
	['[{"type":"retrieval"}]', "'Tools', entry 1 is not a function tool [row 1, item 0 in n8n]"],
	[
		'[{"type":"function","function":{}}]',
		"'Tools', entry 1 has no function name [row 1, item 0 in n8n]",
	],
	[
		'[{"name":"a","parameters":3}]',
		"'Tools', entry 1 gives a parameters that are not a JSON Schema object [row 1, item 0 in n8n]",
	],
	['[{"name":"a"},{"name":"a"}]', "'Tools' names the function a twice [row 1, item 0 in n8n]"],
])('refuses the tools %s before anything is sent', async (tools, message) => {
	const result = await runChat(simulator, { options: { tools } });
	expect(result.error?.message).toBe(message);
	expect(simulator.requests).toEqual([]);
});
