import type { Answer } from '../../nodes/MiniMaxChat/answer';
import { answerOnly, showAnswer } from '../../nodes/MiniMaxChat/showAnswer';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';

type Prepared = Parameters<typeof showAnswer>[1];

function answer(content: string, parsed?: Answer['parsed'], more: object = {}): Answer {
	const message = { role: 'assistant', content, ...more };
	const completion = normalizeCompletion(
		{ id: 'c1', choices: [{ finish_reason: 'stop', message }] },
		{ openerMayBeMissing: false },
	);
	return { completion, ...(parsed && { parsed }) };
}

const asked = (changes: object = {}) =>
	({ settings: { simplify: true }, columns: undefined, ...changes }) as Prepared;
const inColumns = asked({ columns: {} });
const toolCalls = [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{"a":1}' } }];

describe('an item', () => {
	it('holds the text', () => {
		expect(showAnswer(answer('Nine.'), asked())).toMatchObject({ content: 'Nine.' });
		expect(showAnswer(answer('Nine.'), asked())).not.toHaveProperty('json');
	});

	it('holds the JSON and its text', () => {
		const shown = showAnswer(answer('{"a":1}', { json: { a: 1 } }), asked());
		expect(shown).toMatchObject({ json: { a: 1 }, content: '{"a":1}' });
	});

	it('holds the columns in place of both', () => {
		const shown = showAnswer(answer('{"a":1}', { json: { a: 1 } }), inColumns);
		expect(shown).toMatchObject({ a: 1 });
		expect(shown).not.toHaveProperty('json');
		expect(shown).not.toHaveProperty('content');
	});

	it("holds the API's own object with Simplify off", () => {
		const given = answer('{"a":1}', { json: { a: 1 } });
		const shown = showAnswer(given, asked({ settings: { simplify: false } }));
		expect(shown).toEqual(given.completion.wire);
	});

	it.each([
		['```json\n{"a":1}\n```', '{"a":1}'],
		['```\n{"a":1}\n```', '{"a":1}'],
		[' \n```json \t\n{"a":1}\n``` \n', '{"a":1}'],
		['```json\n{"a":1}```', '{"a":1}'],
		['```c-x\n\n{"a":1}\n\n```', '\n{"a":1}\n'],
		['```json\n```', ''],
		['```json {"a":1}```', '```json {"a":1}```'],
		['So:\n```json\n{"a":1}\n```', 'So:\n```json\n{"a":1}\n```'],
		['```json\n{"a":1}\n```\nDone.', '```json\n{"a":1}\n```\nDone.'],
		['```json\n1\n```\n```json\n2\n```', '```json\n1\n```\n```json\n2\n```'],
		['```json\n{"a":1}', '```json\n{"a":1}'],
		['{"a":1}', '{"a":1}'],
	])('gives the text %j without the fence that is all around it: %j', (content, text) => {
		// The reader takes white space at the ends as it comes.
		const given = answer('', { json: 1 });
		const completion = { ...given.completion, content };
		expect(showAnswer({ ...given, completion }, asked()).content).toBe(text);
	});

	it('keeps the fence of a text that is no JSON answer', () => {
		expect(showAnswer(answer('```js\nx\n```'), asked()).content).toBe('```js\nx\n```');
	});
});

describe('an agent gets', () => {
	it.each<[string, Answer, Prepared, object]>([
		['the text', answer('Nine.'), asked(), { content: 'Nine.' }],
		['the JSON', answer('{"a":1}', { json: { a: 1 } }), asked(), { json: { a: 1 } }],
		['the columns', answer('{"a":1}', { json: { a: 1 } }), inColumns, { a: 1 }],
		[
			'the thinking of none',
			answer('Nine.', undefined, { reasoning_content: 'Hm.' }),
			asked(),
			{ content: 'Nine.' },
		],
		[
			'the calls',
			answer('I look.', undefined, { tool_calls: toolCalls }),
			asked(),
			{
				content: 'I look.',
				toolCalls: [{ id: 'a', name: 'look', arguments: { a: 1 } }],
			},
		],
		[
			'why there is no answer',
			answer('', undefined, { reasoning_content: 'Hm.' }),
			asked(),
			{ content: '', hint: expect.stringContaining('ended without an answer') },
		],
	])('%s', (_what, given, prepared, shown) => {
		expect(answerOnly(given, prepared)).toEqual(shown);
	});
});
