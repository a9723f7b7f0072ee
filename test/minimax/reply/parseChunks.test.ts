import fc from '../../support/fastCheck';

import { createStreamAssembler } from '../../../nodes/minimax/reply/assembleStream';
import { createChunkParser } from '../../../nodes/minimax/reply/parseChunks';
import type { WireChunk, WireCompletion } from '../../../nodes/minimax/wireTypes';

/** The events read with the parser, flushed where `true` stands; and how many chunks it handed on. */
function read(events: Array<string | true>): { wire: WireCompletion; chunks: number } {
	const assembler = createStreamAssembler();
	let chunks = 0;
	const parser = createChunkParser({
		onChunk(chunk) {
			chunks += 1;
			assembler.accept(chunk);
		},
		onRepeats: assembler.accept,
	});
	for (const event of events) {
		if (event === true) parser.flush();
		else if (!parser.push(event, false)) throw new SyntaxError('no chunk');
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

function thinking(text: string, label: object = {}): object {
	const detail = { type: 'reasoning.text', id: 'r1', index: 0, ...label, text };
	return { content: '', reasoning_content: text, reasoning_details: [detail], role: 'assistant' };
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

	test('takes no chunk with a tool call for one that repeats', () => {
		const events = ['a', 'b'].map((content) =>
			chunk({
				content,
				tool_calls: [{ index: 0, id: 'c', function: { name: 'f', arguments: '{' } }],
			}),
		);
		const { wire, chunks } = read(events);
		expect(wire).toEqual(readPlainly(events));
		expect(chunks).toBe(2);
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
			{ weight: 6, arbitrary: content.map((text) => chunk(thinking(text))) },
			{ weight: 1, arbitrary: content.map((text) => chunk(thinking(text, { id: 'r2' }))) },
			{
				weight: 1,
				arbitrary: fc
					.tuple(content, content)
					.map(([text, other]) => chunk({ ...thinking(text), reasoning_content: other })),
			},
			{ weight: 1, arbitrary: content.map((text) => chunk({ reasoning: text, role: text })) },
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

	test.each<[string, object[], number]>([
		['split thinking', ['a', 'b', '"c"'].map((text) => thinking(text)), 1],
		['thinking as vLLM sends it', ['a', 'b', 'c'].map((reasoning) => ({ reasoning })), 1],
		['thinking without details', ['a', 'b'].map((text) => ({ reasoning_content: text })), 1],
		['details alone', ['a', 'b'].map((text) => ({ reasoning_details: [{ id: 'r', text }] })), 1],
		['thinking, then the answer', [thinking('a'), thinking('b'), { content: 'c' }], 2],
		['keys in another order', [thinking('a'), { role: 'assistant', ...thinking('b') }], 2],
		['a further field', [thinking('a'), { ...thinking('b'), name: 'n' }, thinking('c')], 3],
		['another id', [thinking('a'), thinking('b', { id: 'r2' }), thinking('c')], 3],
		['two texts', [thinking('a'), { ...thinking('b'), reasoning_content: 'c' }], 2],
		['text twice as long as its copy', [thinking('a'), { ...thinking('bb'), content: 'b' }], 2],
		[
			'several details',
			['a', 'b'].map((text) => ({
				reasoning_details: [
					{ id: 'r', text },
					{ id: 's', text },
				],
			})),
			2,
		],
		['the role as a text', ['assistant', 'b', 'c'].map((text) => thinking(text)), 2],
		['a key as a text', ['text', 'content', 'c'].map((text) => thinking(text)), 3],
		['the probe as a text', ['words go here', 'b', 'c'].map((text) => thinking(text)), 2],
		['JSON as a text', ['a', '","text":"', '{"text":"b"}', '\\'].map((text) => thinking(text)), 1],
		['half characters', ['a', '\ud83d', '\ude00', 'b'].map((text) => thinking(text)), 1],
		['nothing as a text', ['a', '', 'b'].map((text) => thinking(text)), 1],
		[
			'parts beside thinking',
			['a', 'b'].map((text) => ({ ...thinking(text), content: [text] })),
			2,
		],
		['a number beside thinking', ['a', 'b'].map((text) => ({ ...thinking(text), content: 7 })), 1],
		[
			'details that are none',
			['a', 'b'].map((content) => ({ content, reasoning_details: 'x' })),
			2,
		],
		['an empty detail', ['a', 'b'].map((content) => ({ content, reasoning_details: [null] })), 2],
		['a number as a text', ['a', 7, 'b'].map((content) => ({ content, role: 'assistant' })), 3],
		[
			'the probe beside a text that is the role',
			['a', 'b'].map((text) => ({ content: text, role: text, reasoning: 'words go here' })),
			2,
		],
		['null as a text', ['a', null, 'b'].map((content) => ({ content, role: 'assistant' })), 3],
	])('%s', (_name, deltas, chunks) => {
		const events = deltas.map((delta) => chunk(delta));
		expect(read(events)).toEqual({ wire: readPlainly(events), chunks });
	});

	test('what came between two chunks of one envelope counts', () => {
		const events = [
			chunk({ content: 'a' }, { created: 1 }),
			chunk({ content: 'b' }, { created: 1 }),
			chunk({ content: 'c' }, { created: 2, usage: { total_tokens: 3 } }),
			chunk({ content: 'd' }, { created: 1 }),
		];
		expect(read(events)).toEqual({ wire: readPlainly(events), chunks: 3 });
	});

	test('text that is escaped without need', () => {
		const events = ['a', 'b'].map((content) => chunk({ content: `GO${content}` }));
		const escaped = events.map((event) => event.replace('GO', '\\u003c\\/'));
		expect(read([...escaped, ...events, ...escaped])).toEqual({
			wire: readPlainly([...escaped, ...events, ...escaped]),
			chunks: 3,
		});
	});

	test('text that is escaped, and plain in another field', () => {
		const events = ['\u00e9', '\u00e8'].map((name) => chunk({ content: 'GO', name }));
		const escaped = events.map((event) => event.replace('GO', '\\u00e9'));
		expect(read(escaped)).toEqual({ wire: readPlainly(escaped), chunks: 2 });
	});

	test('several choices, of which the second one counts', () => {
		const events = ['b', 'c'].map((content) => {
			const choices = [
				{ index: 0, delta: { content } },
				{ index: 1, delta: { content: 'z' } },
			];
			return JSON.stringify({ choices });
		});
		events.unshift(JSON.stringify({ choices: [{ index: 1, delta: { content: 'a' } }] }));
		expect(read(events)).toEqual({ wire: readPlainly(events), chunks: 3 });
	});

	test('several choices, of which the first one counts', () => {
		const events = ['a', 'b'].map((content) =>
			JSON.stringify({ choices: [0, 1].map((index) => ({ index, delta: { content } })) }),
		);
		expect(read(events)).toEqual({ wire: readPlainly(events), chunks: 2 });
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
	])('%s is no chunk', (_name, data) => {
		expect(() => read([data])).toThrow('no chunk');
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
		expect(() => read([good, bad, good])).toThrow('no chunk');

		const goodThought = chunk(thinking('GOOD'));
		const badThought = goodThought.replaceAll('GOOD', content);
		expect(() => read([goodThought, badThought, goodThought])).toThrow('no chunk');
	});

	test.each([
		['a backslash, then what it escapes', 'a\\', ',"b'],
		['half an escape, then its rest', 'a\\u00', 'e9'],
		['lists, opened and closed', 'a",["b', 'c"],"d'],
	])('%s: two wrongs make no right', (_name, first, second) => {
		const good = chunk({ content: 'GOOD' });
		const events = [good, good.replace('GOOD', first), good.replace('GOOD', second), good];
		expect(() => read(events)).toThrow('no chunk');
	});

	test('what the end of the bytes cut is left out', () => {
		const chunks: WireChunk[] = [];
		const parser = createChunkParser({
			onChunk: (parsed) => chunks.push(parsed),
			onRepeats: () => undefined,
		});
		parser.push('{"id":"a"}', true);
		parser.push('{"id":"b', true);
		expect(chunks).toEqual([{ id: 'a' }]);
	});
});
