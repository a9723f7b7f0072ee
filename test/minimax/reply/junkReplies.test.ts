import fc, { type Arbitrary } from '../../support/fastCheck';

import type { Completion } from '../../../nodes/minimax/completion';
import { createStreamAssembler } from '../../../nodes/minimax/reply/assembleStream';
import { completionToItem, rawItem } from '../../../nodes/minimax/reply/completionToItem';
import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';
import type { WireAssistantMessage, WireChunk } from '../../../nodes/minimax/wireTypes';

const SEED = 20261124;
const RUNS = 2000;

/** What a field may hold that should hold something else, `String` and `Number` throwing included. */
const junk = fc.oneof(
	{ weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
	fc.constantFrom<unknown>(null, '', '0', 0, -1, 1.5, true, [], {}, [null], [[]], 'x', 1e400),
	fc.constantFrom<unknown>({ toString: 5, valueOf: 5 }, { length: 3 }, { toJSON: 1 }, [{}]),
);

const or = (right: Arbitrary<unknown>): Arbitrary<unknown> =>
	fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: junk });
const listOf = (right: Arbitrary<unknown>): Arbitrary<unknown> =>
	or(fc.array(or(right), { maxLength: 3 }));
const fields = (shape: Record<string, Arbitrary<unknown>>): Arbitrary<object> =>
	fc.record(shape, { requiredKeys: [] });

const text = or(fc.constantFrom('a', 'b', '<think>', '</think>', '{"a":1}', ''));
const number = or(fc.integer({ min: 0, max: 3 }));
const label = or(fc.constantFrom<unknown>('c1', 'c2', 7));
const index = or(fc.constantFrom<unknown>(0, 1, '0', '1'));

const toolCall = fields({
	index,
	id: label,
	type: text,
	function: or(fields({ name: label, arguments: or(fc.oneof(text, fc.object())) })),
});
const message = fields({
	role: text,
	name: text,
	content: fc.oneof(text, listOf(fields({ type: text, text }))),
	reasoning_content: text,
	reasoning: text,
	reasoning_details: listOf(fields({ type: text, id: label, index, text })),
	tool_calls: listOf(toolCall),
	audio_content: text,
});
const chunk = fields({
	id: label,
	object: text,
	created: number,
	model: label,
	usage: or(
		fields({
			total_tokens: number,
			prompt_tokens: number,
			completion_tokens: number,
			completion_tokens_details: or(fields({ reasoning_tokens: number })),
			prompt_tokens_details: or(fields({ cached_tokens: number })),
		}),
	),
	input_sensitive: or(fc.boolean()),
	input_sensitive_type: number,
	output_sensitive: or(fc.boolean()),
	output_sensitive_type: number,
	choices: listOf(
		fields({ index, finish_reason: label, message: or(message), delta: or(message) }),
	),
	error: junk,
});

const options = fc.record({ openerMayBeMissing: fc.boolean() });

/** As it is after JSON.parse, of whichever type it claims to be. */
function parsed<Wire>(value: unknown): Wire {
	return JSON.parse(JSON.stringify(value));
}

function isLabel(value: unknown): boolean {
	return value === null || typeof value === 'string';
}

function isCount(value: unknown): boolean {
	return value === null || Number.isFinite(value);
}

/** Every part of the completion that is not of its declared type. */
function unsoundParts(completion: Completion): unknown[] {
	const { id, model, content, reasoning, finishReason, toolCalls, usage, moderation } = completion;
	const { message } = completion;
	const calls: unknown = message.tool_calls;
	const flags = Object.values(moderation ?? {});
	return [
		...[id, model, reasoning, finishReason].filter((value) => !isLabel(value)),
		...[content, ...toolCalls.flatMap((call) => Object.values(call))].filter(
			(value) => typeof value !== 'string',
		),
		...Object.values(usage).filter((value) => !isCount(value)),
		...flags.filter((flag) => !Number.isFinite(flag.type) || typeof flag.label !== 'string'),
		...(typeof message === 'object' && !Array.isArray(message) ? [] : [message]),
		...(Array.isArray(calls) && calls.length !== toolCalls.length ? [calls] : []),
	];
}

function expectSound(completion: Completion): void {
	expect(unsoundParts(completion)).toEqual([]);
	const item = completionToItem(completion);
	expect(JSON.parse(JSON.stringify(item))).toEqual(item);
	const raw = rawItem(completion);
	expect(JSON.parse(JSON.stringify(raw))).toEqual(raw);
	expect(raw).not.toHaveProperty('error');
}

it('a whole reply of any junk becomes a completion of the declared types', () => {
	fc.assert(
		fc.property(chunk, options, (wire, thinking) => {
			expectSound(normalizeCompletion(parsed(wire), thinking));
		}),
		{ seed: SEED, numRuns: RUNS },
	);
});

it('a stream of any junk becomes a completion of the declared types', () => {
	fc.assert(
		fc.property(fc.array(chunk, { maxLength: 5 }), options, (chunks, thinking) => {
			const assembler = createStreamAssembler();
			for (const sent of parsed<WireChunk[]>(chunks)) {
				expect(typeof assembler.accept(sent)).toBe('string');
			}
			expect(typeof assembler.isFinished()).toBe('boolean');
			expectSound(normalizeCompletion(assembler.finish(), thinking));
		}),
		{ seed: SEED, numRuns: RUNS },
	);
});

it('a message of any junk is read alike whole and as a stream of one chunk', () => {
	fc.assert(
		fc.property(message, options, (sent, thinking) => {
			// Details are fragments in a stream, so those of one id are joined.
			const assistant: WireAssistantMessage = { ...parsed<object>(sent), reasoning_details: null };
			const assembler = createStreamAssembler();
			assembler.accept({ choices: [{ delta: assistant }] });
			const streamed = normalizeCompletion(assembler.finish(), thinking);
			const whole = normalizeCompletion({ choices: [{ message: assistant }] }, thinking);
			expect([streamed.content, streamed.reasoning]).toEqual([whole.content, whole.reasoning]);
		}),
		{ seed: SEED, numRuns: RUNS },
	);
});
