import { createStreamAssembler } from '../../../nodes/minimax/reply/assembleStream';
import type {
	WireAssistantMessage,
	WireChunk,
	WireCompletion,
} from '../../../nodes/minimax/wireTypes';

function assemble(chunks: WireChunk[]): WireCompletion {
	const assembler = createStreamAssembler();
	for (const chunk of chunks) assembler.accept(chunk);
	return assembler.finish();
}

function delta(sent: WireAssistantMessage | null, finishReason?: string): WireChunk {
	return {
		choices: [{ index: 0, delta: sent, ...(finishReason && { finish_reason: finishReason }) }],
	};
}

function messageOf(chunks: WireChunk[]): WireAssistantMessage | null | undefined {
	return assemble(chunks).choices?.[0]?.message;
}

describe('assembleStream', () => {
	test('nothing', () => {
		expect(assemble([])).toEqual({
			object: 'chat.completion',
			choices: [{ finish_reason: null, index: 0, message: { role: 'assistant', content: '' } }],
		});
	});

	test.each<[string, WireChunk[], WireAssistantMessage]>([
		[
			'a null delta',
			[delta({ content: 'a' }), delta(null, 'stop')],
			{ role: 'assistant', content: 'a' },
		],
		[
			'no choices',
			[delta({ content: 'a' }), { choices: [] }, { choices: null }, {}],
			{ role: 'assistant', content: 'a' },
		],
		[
			'an empty role',
			[delta({ role: 'assistant', content: 'a' }), delta({ role: '', content: 'b' })],
			{ role: 'assistant', content: 'ab' },
		],
		[
			'empty reasoning',
			[delta({ role: '', reasoning_content: '', content: 'a' })],
			{ role: 'assistant', content: 'a' },
		],
		[
			'null content',
			[delta({ content: null }), delta({ content: 'a' })],
			{ role: 'assistant', content: 'a' },
		],
		[
			'a name and audio',
			[delta({ name: 'MiniMax AI', audio_content: '', content: 'a' })],
			{ role: 'assistant', name: 'MiniMax AI', audio_content: '', content: 'a' },
		],
		[
			'reasoning of vLLM',
			[delta({ reasoning: 'a' }), delta({ reasoning: 'b' })],
			{ role: 'assistant', content: '', reasoning: 'ab' },
		],
	])('%s', (_name, chunks, message) => {
		expect(messageOf(chunks)).toEqual(message);
	});

	test('content in parts is read as in a whole reply', () => {
		const chunks: WireChunk[] = JSON.parse(
			'[{"choices":[{"delta":{"content":[{"type":"text","text":"a"},null,{"type":"text","text":"b"}]}}]},{"choices":[{"index":0,"delta":{"content":"c"}}]},{"choices":[{"index":"0","delta":{"content":[{"type":"text","text":"d"}]}}]}]',
		);
		const assembler = createStreamAssembler();
		expect(chunks.map((chunk) => assembler.accept(chunk))).toEqual(['ab', 'c', 'd']);
		expect(messageOf(chunks)).toEqual({ role: 'assistant', content: 'abcd' });
	});

	test('a second choice is not mixed in', () => {
		const chunk: WireChunk = {
			choices: [
				{ index: 0, delta: { content: 'a' } },
				{ index: 1, delta: { content: 'b' } },
			],
		};
		expect(messageOf([chunk, chunk])?.content).toBe('aa');
	});

	test('text in the chunk of the finish reason', () => {
		const { choices } = assemble([delta({ content: 'a' }), delta({ content: 'b' }, 'length')]);
		expect(choices).toEqual([
			{ finish_reason: 'length', index: 0, message: { role: 'assistant', content: 'ab' } },
		]);
	});

	test.each<[string, WireChunk[], WireCompletion['usage']]>([
		[
			'in a last chunk',
			[{ usage: null }, { choices: [], usage: { total_tokens: 3 } }],
			{ total_tokens: 3 },
		],
		['placeholder only', [{ usage: { total_tokens: 0, total_characters: 0 } }], null],
		[
			'placeholder after the number',
			[{ usage: { total_tokens: 3 } }, { usage: { total_tokens: 0 } }, { usage: null }],
			{ total_tokens: 3 },
		],
		[
			'growing',
			[{ usage: { total_tokens: 3 } }, { usage: { total_tokens: 5 } }],
			{ total_tokens: 5 },
		],
		['never', [{}], undefined],
	])('usage: %s', (_name, chunks, usage) => {
		expect(assemble(chunks).usage).toEqual(usage);
	});

	test('keeps the envelope, unread fields included, and flags that were raised', () => {
		const first = {
			id: 'a',
			object: 'chat.completion.chunk',
			model: 'm',
			provider: 'p',
			input_sensitive: true,
			input_sensitive_type: 3,
		};
		const second = {
			id: 'a',
			model: null,
			input_sensitive: false,
			input_sensitive_type: 0,
			base_resp: { status_code: 0, status_msg: '' },
		};
		const { choices: _choices, ...envelope } = assemble([first, second]);
		expect(envelope).toEqual({
			id: 'a',
			object: 'chat.completion',
			model: 'm',
			provider: 'p',
			input_sensitive: true,
			input_sensitive_type: 3,
			base_resp: { status_code: 0, status_msg: '' },
		});
	});

	test('a whole frame at the end gives its usage and finish reason only', () => {
		const frame: WireChunk = {
			object: 'chat.completion',
			choices: [
				{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'a and more' } },
			],
			usage: { total_tokens: 9 },
		};
		expect(assemble([delta({ role: 'assistant', content: 'a' }), frame])).toEqual({
			object: 'chat.completion',
			choices: [{ finish_reason: 'stop', index: 0, message: { role: 'assistant', content: 'a' } }],
			usage: { total_tokens: 9 },
		});
		expect(assemble([delta({ role: 'assistant', content: '' }), frame])).toEqual(frame);
	});

	describe('reasoning details', () => {
		const detail = { type: 'reasoning.text', id: 'r-1', format: 'v1', index: 0 };
		test.each<[string, WireAssistantMessage[], WireAssistantMessage['reasoning_details']]>([
			[
				'fragments of one',
				[
					{ reasoning_details: [{ ...detail, text: 'a' }] },
					{ reasoning_details: [{ ...detail, text: 'b' }] },
				],
				[{ ...detail, text: 'ab' }],
			],
			[
				'fragments without their id',
				[
					{ reasoning_details: [{ ...detail, text: 'a' }] },
					{ reasoning_details: [{ index: 0, text: 'b' }] },
				],
				[{ ...detail, text: 'ab' }],
			],
			[
				'an id that comes later',
				[
					{ reasoning_details: [{ index: 0, text: 'a' }] },
					{ reasoning_details: [{ ...detail, text: 'b' }] },
				],
				[{ ...detail, text: 'ab' }],
			],
			[
				'two ids',
				[
					{
						reasoning_details: [
							{ id: 'x', index: 0, text: 'a' },
							{ id: 'y', index: 1, text: 'b' },
						],
					},
					{ reasoning_details: [{ id: 'x', index: 0, text: 'c' }] },
				],
				[
					{ id: 'x', index: 0, text: 'ac' },
					{ id: 'y', index: 1, text: 'b' },
				],
			],
			[
				'neither id nor index',
				[{ reasoning_details: [{ text: 'a' }] }, { reasoning_details: [{ text: 'b' }] }],
				[{ text: 'ab' }],
			],
			[
				'a format that comes with the last one',
				[
					{ reasoning_details: [{ index: 0, format: null, text: 'a' }] },
					{ reasoning_details: [{ index: 0, format: 'v1', text: '' }] },
				],
				[{ index: 0, format: 'v1', text: 'a' }],
			],
		])('%s', (_name, deltas, details) => {
			expect(messageOf(deltas.map((sent) => delta(sent)))?.reasoning_details).toEqual(details);
		});
	});

	describe('tool calls', () => {
		type Calls = WireAssistantMessage['tool_calls'];
		const whole = (id: string, name: string, text: string) => ({
			id,
			type: 'function',
			function: { name, arguments: text },
		});
		test.each<[string, Calls[], Calls]>([
			[
				'whole',
				[[{ ...whole('c1', 'f', '{}'), index: 0 }]],
				[{ ...whole('c1', 'f', '{}'), index: 0 }],
			],
			[
				'fragments by index',
				[
					[{ ...whole('c1', 'f', ''), index: 0 }],
					[{ index: 0, function: { arguments: '{"a"' } }],
					[{ index: 0, function: { arguments: ':1}' } }],
				],
				[{ ...whole('c1', 'f', '{"a":1}'), index: 0 }],
			],
			[
				'the name behind the arguments',
				[
					[{ index: 0, id: 'c1', function: { arguments: '{"a"' } }],
					[{ index: 0, function: { name: 'f', arguments: ':1}' } }],
				],
				[{ ...whole('c1', 'f', '{"a":1}'), index: 0 }],
			],
			[
				'interleaved, from index 1, in the order of the indexes',
				[
					[{ ...whole('c2', 'g', '{'), index: 2 }],
					[{ ...whole('c1', 'f', '{'), index: 1 }],
					[
						{ index: 2, function: { arguments: '}' } },
						{ index: 1, function: { arguments: '}' } },
					],
				],
				[
					{ ...whole('c1', 'f', '{}'), index: 1 },
					{ ...whole('c2', 'g', '{}'), index: 2 },
				],
			],
			[
				'without indexes',
				[
					[whole('c1', 'f', '{'), whole('c2', 'g', '')],
					[{ id: 'c1', function: { arguments: '}' } }],
					[{ id: 'c2', function: { arguments: '{}' } }],
				],
				[whole('c1', 'f', '{}'), whole('c2', 'g', '{}')],
			],
			[
				'fragments without index and id go to the last one',
				[
					[whole('c1', 'f', '')],
					[{ function: { arguments: '{' } }],
					[{ function: { arguments: '}' } }],
					[{ function: { name: 'g', arguments: '{}' } }],
				],
				[
					whole('c1', 'f', '{}'),
					{ id: '', type: 'function', function: { name: 'g', arguments: '{}' } },
				],
			],
			[
				'two ids at one index',
				[[{ ...whole('c1', 'f', '{}'), index: 0 }], [{ ...whole('c2', 'g', '{}'), index: 0 }]],
				[
					{ ...whole('c1', 'f', '{}'), index: 0 },
					{ ...whole('c2', 'g', '{}'), index: 0 },
				],
			],
			[
				'empty labels in later fragments',
				[
					[{ ...whole('c1', 'f', '{'), index: 0 }],
					[{ id: '', type: null, index: 0, function: { name: '', arguments: '}' } }],
				],
				[{ ...whole('c1', 'f', '{}'), index: 0 }],
			],
			['no function at all', [[{ index: 0, id: 'c1', function: null }]], undefined],
		])('%s', (_name, deltas, calls) => {
			expect(messageOf(deltas.map((sent) => delta({ tool_calls: sent })))?.tool_calls).toEqual(
				calls,
			);
		});
	});

	test('tool call indexes and ids as text and as numbers are the same', () => {
		const chunks: WireChunk[] = JSON.parse(
			'[{"choices":[{"delta":{"tool_calls":[{"index":"0","id":7,"function":{"name":"f","arguments":"{"}}]}}]},{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"7","function":{"name":8,"arguments":"}"}}]}}]},{"choices":[{"delta":{"tool_calls":[{"index":"1","id":"x","function":{"name":"g","arguments":{}}}]}}]}]',
		);
		expect(messageOf(chunks)?.tool_calls).toEqual([
			{ id: '7', type: 'function', index: 0, function: { name: '8', arguments: '{}' } },
			{ id: 'x', type: 'function', index: '1', function: { name: 'g', arguments: '{}' } },
		]);
	});

	test('survives types that are not the documented ones', () => {
		const hostile = JSON.parse(
			'[{"choices":{}},{"choices":[null]},{"choices":[{"delta":"x"}]},{"choices":[{"delta":{"content":7,"tool_calls":{},"reasoning_details":"x"}}]},{"choices":[{"delta":{"tool_calls":[null],"reasoning_details":[null,{"text":3}]}}]},{"usage":"x"}]',
		);
		expect(messageOf(hostile)).toEqual({
			role: 'assistant',
			content: '',
			reasoning_details: [{ text: 'x' }],
		});
	});
});

describe('the envelope', () => {
	test('keeps what a later chunk does not say, and takes what it says anew', () => {
		const { choices: _, ...envelope } = assemble([
			{ id: 'a', model: 'm', created: 1, service_tier: null },
			{ id: null, model: undefined, created: 2, service_tier: null },
			{ model: 'n' },
		]);
		expect(envelope).toEqual({
			object: 'chat.completion',
			id: 'a',
			model: 'n',
			created: 2,
			service_tier: null,
		});
	});

	test('keeps a flag that was raised, its kind included, and no other false', () => {
		const first = { output_sensitive: true, output_sensitive_type: 3, is_final: true };
		const second = { output_sensitive: false, output_sensitive_type: 0, is_final: false };
		const { choices: _, ...envelope } = assemble([first, second]);
		expect(envelope).toEqual({
			object: 'chat.completion',
			output_sensitive: true,
			output_sensitive_type: 3,
			is_final: false,
		});
	});

	test('a list of no calls is nothing of an answer, so that a whole frame counts', () => {
		const whole = { choices: [{ index: 0, message: { content: 'Nine.' } }] };
		const [none, noCall]: WireChunk[] = JSON.parse(
			'[{"choices":[{"delta":{"tool_calls":[]}}]},{"choices":[{"delta":{"tool_calls":[null]}}]}]',
		);
		for (const chunk of [none, noCall]) {
			expect(messageOf([chunk ?? {}, whole])).toEqual({ content: 'Nine.' });
		}
	});
});

test('a call keeps the id that it came with, where its server makes up ids as it goes', () => {
	const part = (id: string, name: string, text: string) =>
		delta({ tool_calls: [{ index: 0, id, function: { name, arguments: text } }] });
	const message = messageOf([part('a', 'look', '{"x"'), part('b', '', ':1'), part('', '', '}')]);
	expect(message?.tool_calls).toEqual([
		{ index: 0, id: 'a', type: 'function', function: { name: 'look', arguments: '{"x":1}' } },
	]);
});
