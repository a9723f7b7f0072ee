import fc from 'fast-check';

import { createStreamAssembler } from '../../nodes/minimax/assembleStream';
import { FailureError } from '../../nodes/minimax/failure';
import { createChunkParser } from '../../nodes/minimax/parseChunks';
import type { WireChunk, WireCompletion } from '../../nodes/minimax/wireTypes';

/** The events read with the parser, flushed where `true` stands; and how many chunks it handed on. */
function read(events: Array<string | true>): { wire: WireCompletion; chunks: number } {
	const assembler = createStreamAssembler();
	let chunks = 0;
	const parser = createChunkParser({
		onChunk(chunk) {
			chunks += 1;
			assembler.accept(chunk);
		},
		onContent: assembler.appendContent,
	});
	for (const event of events) {
		if (event === true) parser.flush();
		else parser.push(event, false);
	}
	parser.flush();
	return { wire: assembler.finish(), chunks };
}

/** The same by JSON.parse of each event. */
function readPlainly(events: Array<string | true>): WireCompletion {
	const assembler = createStreamAssembler();
	for (const event of events) if (event !== true) assembler.accept(JSON.parse(event));
	return assembler.finish();
}

function chunk(delta: object, rest: object = {}): string {
	return JSON.stringify({ id: 'x', choices: [{ index: 0, delta }], model: 'm', ...rest });
}

describe('parseChunks', () => {
	test('parses an envelope that repeats once', () => {
		const events = ['a', 'b "quoted"', 'c\n\\', '→👋', ''].map((content) =>
			chunk({ content, role: 'assistant' }),
		);
		const { wire, chunks } = read(events);
		expect(wire).toEqual(readPlainly(events));
		expect(chunks).toBe(1);
	});

	test('any chunks, flushed anywhere, give what JSON.parse gives', () => {
		const content = fc.oneof(
			fc.string(),
			fc.string({ unit: 'binary' }),
			fc.constantFrom(
				'"',
				'\\',
				'\\"',
				'","',
				'"content":"',
				'content goes here',
				'\\u00e9',
				'{"content":"x"}',
			),
		);
		const event = fc.oneof(
			{ weight: 6, arbitrary: content.map((text) => chunk({ content: text, role: 'assistant' })) },
			{ weight: 1, arbitrary: content.map((text) => chunk({ role: 'assistant', content: text })) },
			{
				weight: 1,
				arbitrary: content.map((text) => chunk({ content: text, name: 'content' }, { created: 7 })),
			},
			{
				weight: 1,
				arbitrary: content.map((text) => chunk({ content: text, reasoning_content: text })),
			},
			{
				weight: 1,
				arbitrary: content.map((text) => chunk({ content: text }, { note: { content: text } })),
			},
			{ weight: 1, arbitrary: content.map((text) => chunk({}, { note: { content: text } })) },
			{
				weight: 1,
				arbitrary: content.map((text) => chunk({ content: text }, { usage: { total_tokens: 3 } })),
			},
			{ weight: 2, arbitrary: fc.constant(true as const) },
		);
		fc.assert(
			fc.property(fc.array(event, { maxLength: 30 }), (events) => {
				expect(read(events).wire).toEqual(readPlainly(events));
			}),
			{ seed: 20261124, numRuns: 1000 },
		);
	});

	test('a chunk that starts and ends like the last one and differs between', () => {
		const events = [
			'{"choices":[{"delta":{"content":"a","name":"n"}}]}',
			'{"choices":[{"delta":{"content":"b","role":"assistant","name":"n"}}]}',
			'{"choices":[{"delta":{"content":"c","name":"n"}}]}',
			'{"choices":[{"delta":{"content":"d\\",","name":"n"}}]}',
		];
		expect(read(events).wire).toEqual(readPlainly(events));
	});

	test('another content than that of the delta', () => {
		const events = ['x', 'y', 'z'].map((content) =>
			JSON.stringify({ note: { content }, choices: [{ delta: { content: 'a' } }] }),
		);
		expect(read(events).wire).toEqual(readPlainly(events));
	});

	test('an envelope that never repeats', () => {
		const events = Array.from({ length: 40 }, (_, at) => chunk({ content: 'a' }, { created: at }));
		expect(read(events)).toEqual({ wire: readPlainly(events), chunks: 40 });
	});

	test.each([
		['text', 'hello'],
		['half an object', '{"choices":[{'],
		['a number', '17'],
		['null', 'null'],
		['a list', '[]'],
	])('%s is refused without being quoted', (_name, data) => {
		expect(() => read([data])).toThrow(FailureError);
		expect(() => read([data])).toThrow(/^The reply holds a piece that is not valid JSON$/);
	});

	test.each([
		['a control character', 'a\tb'],
		['an escape that does not exist', 'a\\q'],
		['a quotation mark', 'a"b'],
		['what looks like two texts', 'a","b'],
		['half an escape at the end', 'a\\u12'],
		['a backslash at the end', 'a\\'],
	])('%s inside a repeated envelope is refused', (_name, content) => {
		const good = chunk({ content: 'GOOD' });
		const bad = good.replace('GOOD', content);
		expect(() => read([good, bad, good])).toThrow(FailureError);
	});

	test('what the end of the bytes cut is left out', () => {
		const chunks: WireChunk[] = [];
		const parser = createChunkParser({
			onChunk: (parsed) => chunks.push(parsed),
			onContent: () => undefined,
		});
		parser.push('{"id":"a"}', true);
		parser.push('{"id":"b', true);
		expect(chunks).toEqual([{ id: 'a' }]);
	});
});
