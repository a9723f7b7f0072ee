import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { MiniMaxChat } from '../../nodes/MiniMaxChat/MiniMaxChat.node';
import { onlyItem, runChat } from '../support/runChat';

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ reply: 'God morgen', reasoningText: 'Danish.' });
});
afterEach(async () => await simulator.close());

const rows = [
	{
		role: 'system',
		content: "={{ 'Translate to ' + $fromAI('language', '', 'string', 'Danish') }}",
	},
	{ role: 'user', content: "={{ $fromAI('sentence', 'What to translate') }}" },
];

/** As an agent calls the node: its arguments are the input item. */
async function call(given: IDataObject) {
	const nodeType = new MiniMaxChat();
	nodeType.description.name = 'miniMaxChatTool';
	return await runChat(simulator, { nodeType, items: [given], rows });
}

it('hands over the answer alone', async () => {
	expect(onlyItem(await call({ sentence: 'Good morning' }))).toEqual({ content: 'God morgen' });
});

it('hands over the JSON alone', async () => {
	simulator.set({ reply: '{"danish": "God morgen"}' });
	const nodeType = new MiniMaxChat();
	nodeType.description.name = 'miniMaxChatTool';
	const result = await runChat(simulator, { nodeType, parameters: { responseFormat: 'json' } });
	expect(onlyItem(result)).toEqual({ json: { danish: 'God morgen' } });
});

it('hands over the columns alone', async () => {
	simulator.set({ reply: '{"danish": "God morgen", "content": "a greeting"}' });
	const nodeType = new MiniMaxChat();
	nodeType.description.name = 'miniMaxChatTool';
	const columns = { values: [{ name: 'danish' }, { name: 'content' }] };
	const parameters = { responseFormat: 'columns', columns };
	const result = await runChat(simulator, { nodeType, parameters });
	expect(onlyItem(result)).toEqual({ danish: 'God morgen', content: 'a greeting' });
});

it('says why there is no answer', async () => {
	simulator.set({ reply: '', finishReason: 'length' });
	const item = onlyItem(await call({ sentence: 'Good morning' }));
	expect(item).toEqual({ content: '', hint: expect.any(String) });
});

it.each([
	[{ language: 'Danish' }, "[the call lacks 'sentence']"],
	// 'language' has a default.
	[{}, "[the call lacks 'sentence']"],
	[{ query: { sentence: '' } }, `[the call gave 'sentence' ""]`],
	[{ language: 'Danish', sentence: '' }, `[the call gave 'language' "Danish" and 'sentence' ""]`],
])('names the arguments where the call cannot be sent: %j', async (given, remark) => {
	const { error } = await call(given);
	expect(error?.message).toContain(remark);
	expect(simulator.requests).toHaveLength(0);
});
