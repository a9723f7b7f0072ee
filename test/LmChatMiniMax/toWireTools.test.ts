import type { Tool } from '@n8n/ai-node-sdk';

import { toWireTools } from '../../nodes/LmChatMiniMax/toWireTools';

const read = (tool: { inputSchema: unknown }) => tool.inputSchema;
const tool = (name: string, type?: 'object'): Tool => ({
	type: 'function',
	name,
	description: `Does ${name}`,
	inputSchema: type === undefined ? {} : { type, properties: { a: { type: 'string' } } },
});

it('writes tools as the API does, and leaves out what is none of ours', () => {
	const provider: Tool = { type: 'provider', name: 'openai.search', args: {} };
	const parameters = { type: 'object', properties: { a: { type: 'string' } } };
	expect(toWireTools([tool('look', 'object'), provider, tool('ping')], read)).toEqual([
		{ type: 'function', function: { name: 'look', description: 'Does look', parameters } },
		{
			type: 'function',
			function: {
				name: 'ping',
				description: 'Does ping',
				parameters: { type: 'object', properties: {} },
			},
		},
	]);
	expect(toWireTools([], read)).toEqual([]);
});
