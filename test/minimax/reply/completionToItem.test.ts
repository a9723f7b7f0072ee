import type { Completion, ToolCall } from '../../../nodes/minimax/completion';
import { hintOn } from '../../../nodes/n8n/words/hintOn';
import { completionToItem, rawItem } from '../../../nodes/minimax/reply/completionToItem';

const USAGE = {
	promptTokens: 1,
	completionTokens: 2,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: 3,
};

function completion(changes: Partial<Completion> = {}): Completion {
	return {
		id: 'i',
		model: 'm',
		content: 'c',
		reasoning: null,
		finishReason: 'stop',
		toolCalls: [],
		usage: USAGE,
		moderation: null,
		message: { role: 'assistant', content: 'c' },
		wire: {},
		...changes,
	};
}

describe('completionToItem', () => {
	test('the shape, with the keys in their order', () => {
		expect(JSON.stringify(completionToItem(completion()))).toBe(
			JSON.stringify({
				content: 'c',
				reasoning: null,
				usage: USAGE,
				finishReason: 'stop',
				model: 'm',
				id: 'i',
			}),
		);
	});

	test('everything there can be, in its order', () => {
		const item = completionToItem(
			completion({
				toolCalls: [{ id: 't', name: 'f', arguments: '{"a":1}' }],
				moderation: { input: { type: 5, label: 'abuse' } },
			}),
			{ json: { parsed: true }, content: 'c' },
		);
		expect(JSON.stringify(item)).toBe(
			JSON.stringify({
				json: { parsed: true },
				content: 'c',
				reasoning: null,
				usage: USAGE,
				finishReason: 'stop',
				model: 'm',
				id: 'i',
				toolCalls: [{ id: 't', name: 'f', arguments: { a: 1 } }],
				moderation: { input: { type: 5, label: 'abuse' } },
			}),
		);
	});

	test.each<[string, string, object]>([
		['an object', '{"a":{"b":[1]}}', { arguments: { a: { b: [1] } } }],
		['nothing', '', { arguments: {} }],
		['blanks', ' \n', { arguments: {} }],
		['half an object', '{"a":', { arguments: '{"a":', argumentsInvalid: true }],
		['a list', '[1]', { arguments: '[1]', argumentsInvalid: true }],
		['null', 'null', { arguments: 'null', argumentsInvalid: true }],
	])('arguments that are %s', (_name, text, shown) => {
		const call: ToolCall = { id: 't', name: 'f', arguments: text };
		expect(completionToItem(completion({ toolCalls: [call] })).toolCalls).toEqual([
			{ id: 't', name: 'f', ...shown },
		]);
	});

	test('arguments too deep for an item stay text, and the item can be written', () => {
		const deep = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
		const calls = [deep(1000), deep(1001), deep(20_000)].map((text) => ({
			id: 't',
			name: 'f',
			arguments: text,
		}));
		const item = completionToItem(completion({ toolCalls: calls }));
		expect(item.toolCalls).toEqual([
			{ id: 't', name: 'f', arguments: JSON.parse(deep(1000)) },
			{ id: 't', name: 'f', arguments: deep(1001), argumentsInvalid: true },
			{ id: 't', name: 'f', arguments: deep(20_000), argumentsInvalid: true },
		]);
		expect(JSON.parse(JSON.stringify(item))).toEqual(item);
	});

	test('JSON that was parsed to null is shown', () => {
		expect(completionToItem(completion(), { json: null })).toHaveProperty('json', null);
		expect(completionToItem(completion())).not.toHaveProperty('json');
	});
});

describe('rawItem', () => {
	test.each<[string, Completion['wire'], object]>([
		[
			'as it was sent',
			{ id: 'i', choices: [], base_resp: { status_code: 0 } },
			{ id: 'i', choices: [], base_resp: { status_code: 0 } },
		],
		['without an empty error', { id: 'i', error: null }, { id: 'i' }],
		['with another name for an error', { id: 'i', error: {} }, { id: 'i', reportedError: {} }],
	])('%s', (_name, wire, item) => {
		const raw = rawItem(completion({ wire }));
		expect(raw).toEqual(item);
		expect(raw).not.toHaveProperty('error');
	});
});

it('says why there is no answer', () => {
	const cut = completion({ content: '\n', finishReason: 'length' });
	expect(completionToItem(cut, { content: '\n' }, hintOn(cut))).toEqual({
		content: '\n',
		reasoning: null,
		usage: USAGE,
		finishReason: 'length',
		model: 'm',
		id: 'i',
		hint: "Thinking used up 'Max Tokens' before the answer began. Raise 'Max Tokens' to get an answer.",
	});
	expect(completionToItem(cut)).not.toHaveProperty('hint');
	expect(hintOn({ ...cut, content: 'An answ' })).toBeUndefined();
	expect(hintOn({ ...cut, finishReason: 'stop' })).toBeUndefined();
});
