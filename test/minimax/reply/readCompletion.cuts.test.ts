import fc from '../../support/fastCheck';

import type { Completion } from '../../../nodes/minimax/completion';
import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';
import type {
	WireAssistantMessage,
	WireChunk,
	WireCompletion,
	WireToolCall,
} from '../../../nodes/minimax/wireTypes';
import {
	bytesOfText,
	cutEvenly,
	cutEverywhere,
	cutRandomly,
	deliver,
} from '../../support/cutBytes';
import { loadPairs, loadRecordings } from '../../support/loadReplies';
import { completionOf } from '../../support/readReply';

const SEED = 20261124;

/** The completion, after proving that the listener got exactly its answer. */
async function read(
	body: Iterable<Uint8Array> | string | object,
	openerMayBeMissing = false,
): Promise<Completion> {
	let heard = '';
	const isPieces = typeof body === 'object' && Symbol.iterator in body;
	const completion = await completionOf(
		{ status: 200, headers: {}, body: isPieces ? deliver(body as Iterable<Uint8Array>) : body },
		{
			openerMayBeMissing,
			onAnswer: (text) => {
				expect(text).not.toBe('');
				heard += text;
			},
		},
	);
	expect(heard).toBe(completion.content);
	return completion;
}

/** Each of the ways in which a stream may be written that mean the same. */
function dialects(stream: string): Array<[string, string]> {
	return [
		['as it is', stream],
		['CRLF', stream.replaceAll('\n', '\r\n')],
		['CR', stream.replaceAll('\n', '\r')],
		['a byte order mark', `\ufeff${stream}`],
		['comments', `: hello\n\n${stream.replaceAll('data: {', ': ping\ndata: {')}`],
		['no blank behind the colon', stream.replaceAll('data: ', 'data:')],
		['data in several lines', stream.replaceAll('"choices":', '\ndata: "choices":\ndata: ')],
		['no final line end', stream.trimEnd()],
		['no end sign', stream.replace('data: [DONE]\n\n', '')],
		['an end sign', `${stream.replace('data: [DONE]\n\n', '')}data: [DONE]\n\n`],
	];
}

describe.each(loadPairs())('the reply $name', ({ stream, whole }) => {
	const expected = normalizeCompletion(whole, { openerMayBeMissing: false });

	test('whole: as text, as an object, as bytes', async () => {
		expect(await read(JSON.stringify(whole))).toEqual(expected);
		expect(await read(whole)).toEqual(expected);
		expect(await read([bytesOfText(` \n${JSON.stringify(whole, null, 2)}\n`)])).toEqual(expected);
	});

	test.each(dialects(stream))('streamed: %s', async (_name, text) => {
		expect(await read(text)).toEqual(expected);
	});

	test('cut at each byte', async () => {
		const bytes = bytesOfText(stream);
		for (const pieces of cutEverywhere(bytes)) expect(await read(pieces)).toEqual(expected);
		expect(await read(cutEvenly(bytes, 1))).toEqual(expected);
	});

	test('cut at random places, in each dialect', async () => {
		for (const [, text] of dialects(stream)) {
			const bytes = bytesOfText(text);
			for (let seed = SEED; seed < SEED + 20; seed += 1) {
				expect(await read(cutRandomly(bytes, seed))).toEqual(expected);
			}
		}
	});

	test('from a self-hosted server', async () => {
		const pieces = cutEvenly(bytesOfText(stream), 5);
		const selfHosted = normalizeCompletion(whole, { openerMayBeMissing: true });
		expect(await read(pieces, true)).toEqual(selfHosted);
	});
});

// The folder stands beside the repository on some machines only.
for (const { name, body } of loadRecordings()) {
	test(`the recording ${name}, cut anywhere`, async () => {
		const expected = await read(body);
		expect(expected.finishReason).not.toBeNull();
		expect(`${expected.content}${expected.reasoning}`).not.toMatch(/think>/);
		const bytes = bytesOfText(body);
		for (const pieces of cutEverywhere(bytes)) expect(await read(pieces)).toEqual(expected);
		for (let seed = SEED; seed < SEED + 20; seed += 1) {
			expect(await read(cutRandomly(bytes, seed))).toEqual(expected);
		}
	});
}

interface Generated {
	message: WireAssistantMessage;
	finishReason: string;
	usage: WireCompletion['usage'];
	seed: number;
	openerMayBeMissing: boolean;
}

const text = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'<think>',
				'</think>',
				'</mm:think>',
				'\n',
				' ',
				'"',
				'\\',
				'<',
				'data: ',
				'[DONE]',
			),
			fc.string({ unit: 'grapheme', maxLength: 12 }),
		),
		{ maxLength: 12 },
	)
	.map((parts) => parts.join(''));

const content = fc.oneof(
	text,
	fc.tuple(text, text).map(([thought, answer]) => `<think>\n${thought}\n</think>\n\n${answer}`),
);

const toolCalls = fc
	.array(fc.record({ name: fc.string({ minLength: 1 }), text }), { maxLength: 3 })
	.map((calls) =>
		calls.map(
			({ name, text: written }, index): WireToolCall => ({
				id: `call_function_${index}`,
				type: 'function',
				index,
				function: { name, arguments: written },
			}),
		),
	);

const reply: fc.Arbitrary<Generated> = fc
	.record({
		content,
		reasoning: fc.option(
			text.filter((thought) => thought !== ''),
			{ nil: undefined },
		),
		detailed: fc.boolean(),
		toolCalls,
		finishReason: fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter'),
		total: fc.nat(),
		seed: fc.nat(),
		openerMayBeMissing: fc.boolean(),
	})
	.map(({ reasoning, detailed, toolCalls: calls, total, ...rest }) => ({
		...rest,
		usage: { total_tokens: total + 1, prompt_tokens: 1, completion_tokens: total },
		message: {
			role: 'assistant',
			name: 'MiniMax AI',
			content: rest.content,
			...(reasoning !== undefined && { reasoning_content: reasoning }),
			...(reasoning !== undefined &&
				detailed && {
					reasoning_details: [{ type: 'reasoning.text', id: 'r1', index: 0, text: reasoning }],
				}),
			...(calls.length > 0 && { tool_calls: calls }),
		},
	}));

/** A stream that says the same as the reply, in pieces that follow from the seed. */
function streamOf({ message, finishReason, usage, seed }: Generated): string {
	const pieces = (whole: string) =>
		cutRandomly(bytesOfText(whole), seed, 8).map((piece) => piece.length);
	const slices = (whole: string): string[] => {
		const characters = [...whole];
		return pieces(whole)
			.map((size) => characters.splice(0, size).join(''))
			.filter((piece) => piece !== '');
	};
	const deltas: WireAssistantMessage[] = [{}];
	for (const piece of slices(message.reasoning_content ?? '')) {
		const details = message.reasoning_details?.map((detail) => ({ ...detail, text: piece }));
		deltas.push({
			content: '',
			reasoning_content: piece,
			...(details && { reasoning_details: details }),
		});
	}
	for (const piece of slices(message.content ?? '')) deltas.push({ content: piece });
	for (const { function: called, ...labels } of message.tool_calls ?? []) {
		deltas.push({ tool_calls: [{ ...labels, function: { name: called?.name, arguments: '' } }] });
		for (const piece of slices(called?.arguments ?? '')) {
			deltas.push({ tool_calls: [{ index: labels.index, function: { arguments: piece } }] });
		}
	}
	const chunks: WireChunk[] = deltas.map((delta) => ({
		id: 'g',
		object: 'chat.completion.chunk',
		choices: [{ index: 0, delta: { role: 'assistant', name: 'MiniMax AI', ...delta } }],
		usage: null,
	}));
	chunks.push({ id: 'g', choices: [{ index: 0, finish_reason: finishReason, delta: null }] });
	chunks.push({ id: 'g', choices: [], usage });
	return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
}

test('any generated reply gives the same streamed, cut anywhere, and whole', async () => {
	await fc.assert(
		fc.asyncProperty(reply, async (generated) => {
			const { message, finishReason, usage, openerMayBeMissing, seed } = generated;
			const whole: WireCompletion = {
				id: 'g',
				object: 'chat.completion',
				choices: [{ index: 0, finish_reason: finishReason, message }],
				usage,
			};
			const expected = normalizeCompletion(whole, { openerMayBeMissing });
			const bytes = bytesOfText(streamOf(generated));
			expect(await read(JSON.stringify(whole), openerMayBeMissing)).toEqual(expected);
			expect(await read([bytes], openerMayBeMissing)).toEqual(expected);
			expect(await read(cutRandomly(bytes, seed), openerMayBeMissing)).toEqual(expected);
			expect(await read(cutEvenly(bytes, 1), openerMayBeMissing)).toEqual(expected);
		}),
		{ seed: SEED, numRuns: 300 },
	);
});
