import fc from 'fast-check';

import { KEY } from './fuzzedReply.ts';

/** Texts of which answers, thoughts and arguments are made: what parsers stumble over, and plain words. */
export const text: fc.Arbitrary<string> = fc
	.array(
		fc.oneof(
			{ weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 10 }) },
			{
				weight: 3,
				arbitrary: fc.constantFrom(
					'<think>',
					'</think>',
					'<mm:think>',
					'</mm:think>',
					'<thi',
					'\n',
					'  ',
					'"',
					'\\',
					'{"a": 1}',
					'data: ',
					'[DONE]',
					'\u2028',
					'\ud83d',
					'<minimax:tool_call>',
					'(1008)',
				),
			},
			{ weight: 1, arbitrary: fc.constantFrom(KEY, encodeURIComponent(KEY), btoa(KEY)) },
		),
		{ maxLength: 8 },
	)
	.map((parts) => parts.join(''));

const toolCall = fc.record({
	id: fc.option(fc.constantFrom('call_1', 'call_2', 'x', ''), { nil: undefined }),
	name: fc.constantFrom('search', 'now', 'add', ''),
	arguments: fc.oneof(fc.constantFrom('', '{}', '{"x": 1}', '{"x": '), text),
});

/** What a model says, before it is put on the wire. */
export interface Said {
	content: string;
	reasoning: string;
	field: 'reasoning_content' | 'reasoning' | 'reasoning_details' | 'both' | 'inline' | 'none';
	toolCalls: Array<{ id?: string; name: string; arguments: string }>;
	finishReason: string | null;
	usage: object | null;
}

export const said: fc.Arbitrary<Said> = fc.record({
	content: text,
	reasoning: text,
	field: fc.constantFrom(
		'reasoning_content',
		'reasoning',
		'reasoning_details',
		'both',
		'inline',
		'none',
	),
	toolCalls: fc.array(toolCall, { maxLength: 3 }),
	finishReason: fc.constantFrom(
		'stop',
		'length',
		'tool_calls',
		'content_filter',
		'error',
		'abort',
		null,
	),
	usage: fc.constantFrom(
		null,
		{ total_tokens: 9, prompt_tokens: 4, completion_tokens: 5 },
		{ total_tokens: -1 },
		{ prompt_tokens: 1e300 },
	),
});

/** The assistant message of a reply in one piece. */
function messageOf({ content, reasoning, field, toolCalls }: Said): Record<string, unknown> {
	const isInline = field === 'inline' && reasoning !== '';
	const isThought = reasoning !== '';
	return {
		role: 'assistant',
		content: isInline ? `<think>${reasoning}</think>${content}` : content,
		...(isThought &&
			(field === 'reasoning_content' || field === 'both') && { reasoning_content: reasoning }),
		...(isThought && field === 'reasoning' && { reasoning }),
		...(isThought &&
			(field === 'reasoning_details' || field === 'both') && {
				reasoning_details: [{ type: 'reasoning.text', id: 'r1', index: 0, text: reasoning }],
			}),
		...(toolCalls.length > 0 && {
			tool_calls: toolCalls.map(({ id, name, arguments: written }, index) => ({
				...(id !== undefined && { id }),
				type: 'function',
				index,
				function: { name, arguments: written },
			})),
		}),
	};
}

/** The reply in one piece. */
export function wholeOf(given: Said): Record<string, unknown> {
	return {
		id: 'fz-1',
		object: 'chat.completion',
		model: 'MiniMax-M3',
		choices: [{ index: 0, finish_reason: given.finishReason, message: messageOf(given) }],
		...(given.usage !== null && { usage: given.usage }),
	};
}

/** The same as chunks of a stream, the texts in so many pieces. */
export function chunksOf(given: Said, pieces: number): Array<Record<string, unknown>> {
	const {
		tool_calls: calls,
		content,
		reasoning_content: split,
		reasoning,
		...rest
	} = messageOf(given);
	const details = rest.reasoning_details;
	const deltas: Array<Record<string, unknown>> = [{ role: 'assistant' }];
	const thought =
		[split, reasoning, details].find((sent) => sent !== undefined) === undefined
			? ''
			: given.reasoning;
	for (const piece of cutText(thought, pieces)) {
		deltas.push({
			...(split !== undefined && { reasoning_content: piece }),
			...(reasoning !== undefined && { reasoning: piece }),
			...(details !== undefined && {
				reasoning_details: [{ type: 'reasoning.text', id: 'r1', index: 0, text: piece }],
			}),
		});
	}
	for (const piece of cutText(String(content), pieces)) deltas.push({ content: piece });
	for (const call of Array.isArray(calls) ? calls : []) {
		const { function: called, ...labels } = call;
		deltas.push({ tool_calls: [{ ...labels, function: { name: called.name, arguments: '' } }] });
		for (const piece of cutText(called.arguments, pieces)) {
			deltas.push({ tool_calls: [{ index: labels.index, function: { arguments: piece } }] });
		}
	}
	const labels = { id: 'fz-1', object: 'chat.completion.chunk', model: 'MiniMax-M3' };
	return [
		...deltas.map((delta) => ({ ...labels, choices: [{ index: 0, delta }] })),
		{ ...labels, choices: [{ index: 0, delta: {}, finish_reason: given.finishReason }] },
		...(given.usage === null ? [] : [{ ...labels, choices: [], usage: given.usage }]),
	];
}

function cutText(given: string, pieces: number): string[] {
	const size = Math.max(1, Math.ceil(given.length / pieces));
	return given.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
}
