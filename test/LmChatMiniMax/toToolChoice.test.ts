import { toToolChoice } from '../../nodes/LmChatMiniMax/toToolChoice';

const named = { type: 'function', function: { name: 'lookup' } };

it.each([
	[undefined, {}],
	['auto', { tool_choice: 'auto' }],
	['none', { tool_choice: 'none' }],
	['any', { tool_choice: 'required' }],
	['required', { tool_choice: 'required' }],
	['lookup', { tool_choice: named }],
	[named, { tool_choice: named }],
	[{ type: 'tool', name: 'lookup' }, { tool_choice: named }],
	[{ type: 'any' }, { tool_choice: 'required' }],
	[{ type: 'auto' }, { tool_choice: 'auto' }],
	[7, {}],
	['', {}],
])('%j to a server that can force a call', (choice, expected) => {
	expect(toToolChoice(choice, 'http://localhost:8000/v1')).toEqual(expected);
});

it.each([
	['auto', { tool_choice: 'auto' }],
	['none', { tool_choice: 'none' }],
	['any', {}],
	['lookup', {}],
	[named, {}],
])('%j to MiniMax, which takes auto and none', (choice, expected) => {
	expect(toToolChoice(choice, 'https://api.minimax.io/v1')).toEqual(expected);
});
