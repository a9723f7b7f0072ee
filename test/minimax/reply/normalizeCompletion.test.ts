import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';
import type { WireAssistantMessage } from '../../../nodes/minimax/wireTypes';
import { noUsage } from '../../support/noUsage';

function normalize(message: WireAssistantMessage, openerMayBeMissing = false) {
	return normalizeCompletion({ choices: [{ message }] }, { openerMayBeMissing });
}

const THINKING = 'In the field.';
const DETAILS = [
	{ index: 0, text: 'In the ' },
	{ index: 1, text: 'details.' },
];

describe('normalizeCompletion', () => {
	test('a whole reply', () => {
		const message = {
			role: 'assistant',
			content: '<think>\na\n</think>\n\nb',
			tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"x": 1}' } }],
		};
		const wire = {
			id: 'i',
			model: 'm',
			choices: [{ index: 0, finish_reason: 'tool_calls', message }],
			usage: {
				total_tokens: 9,
				prompt_tokens: 5,
				completion_tokens: 4,
				completion_tokens_details: { reasoning_tokens: 2 },
				prompt_tokens_details: { cached_tokens: 1 },
			},
			output_sensitive: true,
			output_sensitive_type: 6,
		};
		expect(normalizeCompletion(wire, { openerMayBeMissing: false })).toEqual({
			id: 'i',
			model: 'm',
			content: 'b',
			reasoning: 'a',
			finishReason: 'tool_calls',
			toolCalls: [{ id: 'c', name: 'f', arguments: '{"x": 1}' }],
			usage: {
				promptTokens: 5,
				completionTokens: 4,
				reasoningTokens: 2,
				cachedTokens: 1,
				totalTokens: 9,
			},
			moderation: { output: { type: 6, label: 'violence or terrorism' } },
			message,
			wire,
		});
	});

	test('a reply that says nothing', () => {
		expect(normalizeCompletion({}, { openerMayBeMissing: true })).toEqual({
			id: null,
			model: null,
			content: '',
			reasoning: null,
			finishReason: null,
			toolCalls: [],
			usage: noUsage,
			moderation: null,
			message: { role: 'assistant', content: '' },
			wire: {},
		});
	});

	test.each<[string, WireAssistantMessage, string, string | null]>([
		['the field', { content: 'b', reasoning_content: THINKING }, 'b', THINKING],
		[
			'the field before the details',
			{ content: 'b', reasoning_content: THINKING, reasoning_details: DETAILS },
			'b',
			THINKING,
		],
		['the details', { content: 'b', reasoning_details: DETAILS }, 'b', 'In the details.'],
		[
			'the details before `reasoning`',
			{ content: 'b', reasoning: 'x', reasoning_details: DETAILS },
			'b',
			'In the details.',
		],
		['`reasoning`', { content: 'b', reasoning: 'x' }, 'b', 'x'],
		['inline', { content: '<think>a</think>b' }, 'b', 'a'],
		[
			'the field, and the content is freed of the same',
			{ content: '<think>In the field.</think>b', reasoning_content: THINKING },
			'b',
			THINKING,
		],
		[
			'an empty field',
			{ content: '<think>a</think>b', reasoning_content: '', reasoning_details: [] },
			'b',
			'a',
		],
		['a blank field', { content: '<think>a</think>b', reasoning_content: ' \n' }, 'b', 'a'],
		[
			'a closer that opens the content',
			{ content: '</think>\n\nb', reasoning_content: THINKING },
			'b',
			THINKING,
		],
		[
			'a closer that ends the thinking',
			{ content: 'b', reasoning_content: 'a\n</think>\n' },
			'b',
			'a',
		],
		[
			'tags around the thinking',
			{ content: 'b', reasoning: '<mm:think>\na\n</mm:think>' },
			'b',
			'a',
		],
		['none', { content: 'b' }, 'b', null],
		['no content', { content: null, reasoning_content: THINKING }, '', THINKING],
		['an unclosed block', { content: '<think>a' }, '', 'a'],
	])('reasoning: %s', (_name, message, content, reasoning) => {
		const completion = normalize(message);
		expect([completion.content, completion.reasoning]).toEqual([content, reasoning]);
		expect(completion.message).toBe(message);
	});

	test('a lone closer ends thinking on self-hosted servers, unless thinking came apart', () => {
		const inline = normalize({ content: 'a</think>b' }, true);
		expect([inline.content, inline.reasoning]).toEqual(['b', 'a']);
		const apart = normalize({ content: 'a</think>b', reasoning: 'x' }, true);
		expect([apart.content, apart.reasoning]).toEqual(['a</think>b', 'x']);
	});

	test('types that are not the documented ones', () => {
		const wire = JSON.parse(
			'{"choices":[{"message":{"content":[{"type":"text","text":"a"},null,{"type":"text","text":"b"}],"tool_calls":[{"function":{"name":"f","arguments":{"x":1}}}],"reasoning_details":{}}}],"usage":"none","input_sensitive_type":9}',
		);
		const { content, toolCalls, usage, moderation } = normalizeCompletion(wire, {
			openerMayBeMissing: false,
		});
		expect(content).toBe('ab');
		expect(toolCalls).toEqual([{ id: 'call_1', name: 'f', arguments: '{"x":1}' }]);
		expect(usage.totalTokens).toBeNull();
		expect(moderation).toEqual({ input: { type: 9, label: 'unspecified' } });
	});

	test('what is no tool call is left out of both lists, which stay paired', () => {
		const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
		const wire = JSON.parse(
			`{"choices":[{"message":{"content":"","tool_calls":[null,7,"x",[],${JSON.stringify(call)}]}}]}`,
		);
		const { toolCalls, message } = normalizeCompletion(wire, { openerMayBeMissing: false });
		expect(toolCalls).toEqual([{ id: 'c', name: 'f', arguments: '{}' }]);
		expect(message).toEqual({ content: '', tool_calls: [call] });
	});

	test.each<[unknown, string | null]>([
		['a', 'a'],
		[7, '7'],
		[null, null],
		[true, null],
		[{ a: 1 }, null],
		[['a'], null],
	])('labels given as %j', (given, label) => {
		const call = { id: given, function: { name: given, arguments: '{}' } };
		const choice = { finish_reason: given, message: { tool_calls: [call] } };
		const wire = JSON.parse(JSON.stringify({ id: given, model: given, choices: [choice] }));
		const completion = normalizeCompletion(wire, { openerMayBeMissing: false });
		expect(completion).toMatchObject({
			id: label,
			model: label,
			finishReason: label,
			toolCalls: [{ id: label ?? 'call_1', name: label ?? '' }],
		});
	});

	test('arguments sent as an object that is too deep to be written', () => {
		const deep = '['.repeat(20_000) + ']'.repeat(20_000);
		const wire = JSON.parse(
			`{"choices":[{"message":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":${deep}}}]}}]}`,
		);
		const { toolCalls } = normalizeCompletion(wire, { openerMayBeMissing: false });
		expect(toolCalls).toEqual([{ id: 'c', name: 'f', arguments: '[object Array]' }]);
	});

	test('token counts below zero are none', () => {
		const usage = { prompt_tokens: -3, completion_tokens: 5, total_tokens: 2 };
		const completion = normalizeCompletion({ choices: [], usage }, { openerMayBeMissing: false });
		expect(completion.usage).toMatchObject({
			promptTokens: null,
			completionTokens: 5,
			totalTokens: 2,
		});
	});
});
