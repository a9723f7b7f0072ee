import fc from 'fast-check';

import { KEY, type FuzzedReply } from './fuzzedReply.ts';
import { damage, damageBytes, mutate, mutation, type Damage, type Mutation } from './mutate.ts';
import { report } from './reports.ts';
import { chunksOf, said, wholeOf, type Said } from './wireMessages.ts';

type Frame = Omit<FuzzedReply, 'bytes' | 'whole'>;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const frame: fc.Arbitrary<Frame> = fc.record({
	status: fc.oneof(
		{ weight: 6, arbitrary: fc.constant(200) },
		{ weight: 1, arbitrary: fc.constantFrom(201, 204, 302, 400, 401, 404, 429, 500, 503, 529) },
	),
	headers: fc.dictionary(
		fc.constantFrom('content-type', 'trace-id', 'retry-after', 'x-request-id'),
		fc.constantFrom(
			'text/event-stream',
			'application/json',
			'text/html',
			'7',
			'-1',
			KEY,
			KEY.slice(3, 20),
			'Wed, 21 Oct 2026 07:28:00 GMT',
			'',
		),
	),
	pieces: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
	ending: fc.oneof(
		{ weight: 8, arbitrary: fc.constant('end' as const) },
		{ weight: 1, arbitrary: fc.constant('reset' as const) },
		{ weight: 1, arbitrary: fc.constant('silence' as const) },
	),
	openerMayBeMissing: fc.boolean(),
	alwaysThinks: fc.boolean(),
});

/** What stands between the events of a stream. */
const filler = fc.constantFrom(
	'',
	'',
	'',
	': ping\n\n',
	'data: : PROCESSING\n\n',
	'event: ping\n',
	'retry: 5\n\n',
	'\n',
	'id: 1\n',
	'error: busy\n\n',
	'data: junk\n\n',
	'event: error\ndata: {"message":"no"}\n\n',
);

const endSign = fc.constantFrom(
	'',
	'data: [DONE]\n\n',
	'data:[DONE]\n\n',
	'data:  [DONE] \n\n',
	'data: [DONE]\n\ndata: junk\n\n',
);

const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r');

/** A reply that is as it should be: the same streamed and whole. */
const soundReply: fc.Arbitrary<FuzzedReply> = fc
	.tuple(frame, said, fc.integer({ min: 1, max: 6 }), lineEnd, fc.boolean())
	.map(([given, message, pieces, end, isDone]) => {
		const events = chunksOf(message, pieces).map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
		const stream = `${events.join('')}${isDone ? 'data: [DONE]\n\n' : ''}`;
		// Without a finish reason a stream that ends has been cut, and one piece of JSON has not.
		const isComparable = message.finishReason !== null;
		return {
			...given,
			status: 200,
			headers: {},
			ending: 'end' as const,
			bytes: encode(stream.replaceAll('\n', end)),
			whole: isComparable ? JSON.stringify(wholeOf(message)) : null,
		};
	});

/** A stream of chunks, of reports of failures and of junk, changed at random. */
const wildStream: fc.Arbitrary<FuzzedReply> = fc
	.tuple(
		frame,
		said,
		fc.integer({ min: 1, max: 4 }),
		fc.array(mutation, { maxLength: 3 }),
		fc.option(fc.tuple(report, fc.nat({ max: 20 })), { nil: null, freq: 2 }),
		fc.array(filler, { maxLength: 4 }),
		endSign,
		lineEnd,
		fc.array(damage, { maxLength: 2 }),
	)
	.map(([given, message, pieces, mutations, reported, fillers, sign, end, damages]) => {
		const chunks: unknown[] = chunksOf(message, pieces);
		for (const each of mutations) {
			const at = each.place % chunks.length;
			chunks[at] = mutate(chunks[at], each);
		}
		if (reported !== null) chunks.splice(reported[1] % (chunks.length + 1), 0, reported[0]);
		const events = chunks.map((chunk, at) => `${fillers[at] ?? ''}data: ${write(chunk)}\n\n`);
		const stream = `${events.join('')}${sign}`.replaceAll('\n', end);
		return { ...given, bytes: damageAll(encode(stream), damages), whole: null };
	});

/** One piece of JSON, a report of a failure or a page, changed at random. */
const wildBody: fc.Arbitrary<FuzzedReply> = fc
	.tuple(
		frame,
		fc.oneof(
			said.map((message: Said): unknown => wholeOf(message)),
			report,
			fc.tuple(said, report).map(([message, inner]) => ({ ...wholeOf(message), ...Object(inner) })),
		),
		fc.array(mutation, { maxLength: 3 }),
		fc.array(damage, { maxLength: 2 }),
		fc.constantFrom('', '', ' \n', '\ufeff', '<!DOCTYPE html><title>', '<html><h1<h1<h1'),
	)
	.map(([given, body, mutations, damages, before]) => {
		const mutated = mutations.reduce((value: unknown, each: Mutation) => mutate(value, each), body);
		return { ...given, bytes: damageAll(encode(before + write(mutated)), damages), whole: null };
	});

const noise: fc.Arbitrary<FuzzedReply> = fc
	.tuple(
		frame,
		fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300 }).map(encode)),
	)
	.map(([given, bytes]) => ({ ...given, bytes, whole: null }));

export const reply: fc.Arbitrary<FuzzedReply> = fc.oneof(
	{ weight: 3, arbitrary: soundReply },
	{ weight: 5, arbitrary: wildStream },
	{ weight: 4, arbitrary: wildBody },
	{ weight: 1, arbitrary: noise },
);

function damageAll(bytes: Uint8Array, damages: Damage[]): Uint8Array {
	return damages.reduce(damageBytes, bytes);
}

function write(value: unknown): string {
	return JSON.stringify(value) ?? 'null';
}
