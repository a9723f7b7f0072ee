import fc from '../../support/fastCheck';

import { createThinkingSplitter, type SplitText } from '../../../nodes/minimax/reply/splitThinking';

function split(pieces: string[], openerMayBeMissing = false): SplitText {
	const splitter = createThinkingSplitter({ openerMayBeMissing });
	const parts = [...pieces.map((piece) => splitter.push(piece)), splitter.finish()];
	return {
		answer: parts.map(({ answer }) => answer).join(''),
		reasoning: parts.map(({ reasoning }) => reasoning).join(''),
	};
}

const HOSTED: Array<[name: string, content: string, answer: string, reasoning: string]> = [
	['no thinking', 'Hello', 'Hello', ''],
	['nothing', '', '', ''],
	['only white space, as beside tool calls', '\n', '', ''],
	['white space before an answer', '\n  Hello\n', '\n  Hello\n', ''],
	['the usual block', '<think>\nA plan.\n</think>\n\nHello', 'Hello', 'A plan.'],
	['a block without line breaks', '<think>A plan.</think>Hello', 'Hello', 'A plan.'],
	['the block that minimax: opens', '<minimax:think>a</minimax:think>b', 'b', 'a'],
	['the block that mm: opens and closes', '<mm:think>a</mm:think>b', 'b', 'a'],
	['a closer of another spelling', '<think>a</mm:think>\nb', 'b', 'a'],
	['white space before the block', ' \n<think>a</think>b', 'b', 'a'],
	['an unclosed block', '<think>\nto be continued', '', 'to be continued'],
	['a block that ends in half a closer', '<think>a</thi', '', 'a</thi'],
	['an unclosed opener', '<thin', '<thin', ''],
	['an empty block', '<think>\n\n</think>\n\nb', 'b', ''],
	['an opener twice', '<think><think>Let me see</think>The answer', 'The answer', 'Let me see'],
	['an opener twice, apart', '<think>\n <mm:think>\na</think>b', 'b', 'a'],
	['nothing behind the opener', '<think>', '', ''],
	['half an opener behind the opener', '<think><thi', '', '<thi'],
	['nothing behind the block', '<think>\na\n</think>\n', '', 'a'],
	['two blocks', '<think>a</think>\n<think>b</think>\nc', 'c', 'a\n\nb'],
	['a nested block', '<think>a<think>b</think>\n</think>c', 'c', 'a<think>b'],
	['a stray closer at the start', '</think>\n\nHello', 'Hello', ''],
	['a stray closer of another spelling', ' </mm:think>Hello', 'Hello', ''],
	['text before a lone closer', 'Hello</think> there', 'Hello</think> there', ''],
	['a tag in code', 'Use `<think>x</think>` here', 'Use `<think>x</think>` here', ''],
	[
		'tags in the answer behind a block',
		'<think>a</think>\n```\n<think>\n</think>\n```',
		'```\n<think>\n</think>\n```',
		'a',
	],
	['a block that opens later', 'Hi\n<think>a</think>', 'Hi\n<think>a</think>', ''],
	['another tag at the start', '<thinker>a</thinker>', '<thinker>a</thinker>', ''],
	['indented code as the answer', '<think>a</think>\n\n    code()', '    code()', 'a'],
	['a blank between block and answer', '<think>a</think> b', 'b', 'a'],
	['Windows line ends', '<think>\r\na\r\n</think>\r\n\r\nb', 'b', 'a'],
	['white space inside the thinking', '<think>\na\n\n  b\n</think>c', 'c', 'a\n\n  b'],
	['an opening angle bracket in the thinking', '<think>1 < 2 </ </t</think>c', 'c', '1 < 2 </ </t'],
];

describe('splitThinking', () => {
	test.each(HOSTED)('%s', (_name, content, answer, reasoning) => {
		expect(split([content])).toEqual({ answer, reasoning });
	});

	test.each(HOSTED)('%s, cut at each place', (_name, content, answer, reasoning) => {
		for (let at = 0; at <= content.length; at += 1) {
			expect(split([content.slice(0, at), content.slice(at)])).toEqual({ answer, reasoning });
		}
		expect(split([...content])).toEqual({ answer, reasoning });
	});

	test.each([
		['a lone closer', 'A plan.\n</think>\n\nHello', 'Hello', 'A plan.'],
		['no tag at all', 'Hello\n\nthere', 'Hello\n\nthere', ''],
		['the opener is there', '<think>\na</think>b', 'b', 'a'],
		['a closer at the start', '</think>\nb', 'b', ''],
		['further closers', 'a</think>b</think>c</mm:think>', 'bc', 'a'],
		[
			'a block of the answer',
			'a</think>b <think>x</think> c</think>d',
			'b <think>x</think> cd',
			'a',
		],
		['a block behind the first one', 'a</think>\n<think>b</think>c', 'c', 'a\n\nb'],
		[
			'both tags inside the text',
			'The tags <think> and </think>',
			'The tags <think> and </think>',
			'',
		],
		['half a tag in the answer', 'a</think>b</thin', 'b</thin', 'a'],
		['half a tag at the end', 'a </thin', 'a </thin', ''],
		['white space at the start', '\n\nHello', '\n\nHello', ''],
	])('where the opener may be missing: %s', (_name, content, answer, reasoning) => {
		expect(split([content], true)).toEqual({ answer, reasoning });
		expect(split([...content], true)).toEqual({ answer, reasoning });
	});

	test('gives answer text at once, and holds it back only while it may be thinking', () => {
		const hosted = createThinkingSplitter({ openerMayBeMissing: false });
		expect(hosted.push('He').answer).toBe('He');
		expect(hosted.push('llo <th').answer).toBe('llo <th');

		const selfHosted = createThinkingSplitter({ openerMayBeMissing: true });
		expect(selfHosted.push('a plan')).toEqual({ answer: '', reasoning: '' });
		expect(selfHosted.push('</think>\nHe')).toEqual({ answer: 'He', reasoning: 'a plan' });
		expect(selfHosted.push('llo').answer).toBe('llo');
	});

	describe('any text cut anywhere', () => {
		const pieces = fc.array(
			fc.oneof(
				{
					weight: 3,
					arbitrary: fc.constantFrom('<think>', '</think>', '</mm:think>', '<minimax:think>'),
				},
				{
					weight: 2,
					arbitrary: fc.constantFrom('\n', ' ', '<', '</', '<th', 'ink>', '>', 'a', 'é👋'),
				},
				{ weight: 1, arbitrary: fc.string() },
			),
			{ maxLength: 12 },
		);
		const runs = { seed: 20261124, numRuns: 2000 };

		test('gives the same', () => {
			fc.assert(
				fc.property(pieces, fc.boolean(), (given, openerMayBeMissing) => {
					const whole = split([given.join('')], openerMayBeMissing);
					expect(split(given, openerMayBeMissing)).toEqual(whole);
					expect(split(given.join('').split(''), openerMayBeMissing)).toEqual(whole);
				}),
				runs,
			);
		});

		// A listener that has heard something has heard words: chat models count on it.
		test('gives an answer that begins with words, and none where there is only white space', () => {
			fc.assert(
				fc.property(pieces, fc.boolean(), (given, openerMayBeMissing) => {
					const splitter = createThinkingSplitter({ openerMayBeMissing });
					const answers = [...given.map((piece) => splitter.push(piece)), splitter.finish()]
						.map(({ answer }) => answer)
						.filter((answer) => answer !== '');
					expect(answers[0]?.trim()).not.toBe('');
				}),
				runs,
			);
		});
	});

	test.each([
		['openers', '<think>'],
		['closers', '</think>'],
		['beginnings of tags', '<'],
		['half closers', '</think'],
		['blanks', ' '],
		['line breaks', '\n'],
		['pairs', '<think>a</think> '],
	])('a megabyte of %s costs each character once', (_name, unit) => {
		const hostile = unit.repeat(Math.ceil(1_000_000 / unit.length));
		for (const openerMayBeMissing of [false, true]) {
			for (const size of [hostile.length, 7]) {
				const pieces: string[] = [];
				for (let at = 0; at < hostile.length; at += size) pieces.push(hostile.slice(at, at + size));
				// Quadratic time would be minutes, and run into jest's limit.
				const { answer, reasoning } = split(
					[`<think>${pieces[0] ?? ''}`, ...pieces.slice(1)],
					openerMayBeMissing,
				);
				expect(answer.length + reasoning.length).toBeLessThanOrEqual(hostile.length * 2);
			}
		}
	});
});
