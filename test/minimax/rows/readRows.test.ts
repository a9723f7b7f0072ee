import type { Completion } from '../../../nodes/minimax/completion';
import { readRows } from '../../../nodes/minimax/rows/readRows';
import { normalizeCompletion } from '../../../nodes/minimax/reply/normalizeCompletion';

const ids = ['a-1', 'a-2', 'a-3'];

function completionOf(content: string, finishReason = 'stop'): Completion {
	return normalizeCompletion(
		{ choices: [{ finish_reason: finishReason, message: { role: 'assistant', content } }] },
		{ openerMayBeMissing: false },
	);
}

function read(content: string, finishReason?: string) {
	const { answers, isCut } = readRows(completionOf(content, finishReason), ids);
	return { answers: Object.fromEntries(answers), isCut };
}

it.each<[string, string, Record<string, string>]>([
	['in order', '{"a-1":{"n":1},"a-2":{"n":2}}', { 'a-1': '{"n":1}', 'a-2': '{"n":2}' }],
	['in another order', '{"a-2": 2, "a-1": 1}', { 'a-1': '1', 'a-2': '2' }],
	['in a fence, with words around', 'Here:\n```json\n{"a-1":1}\n```\nDone.', { 'a-1': '1' }],
	['as a list of objects', '[{"a-1":1},{"a-2":2}]', { 'a-1': '1', 'a-2': '2' }],
	['under IDs that nobody gave', '{"a-1":1,"b-2":2,"a-22":3}', { 'a-1': '1' }],
	['twice with different values', '{"a-1":1,"a-2":2,"a-1":3}', { 'a-2': '2' }],
	['twice with the same value', '{"a-1":1,"a-1":1}', { 'a-1': '1' }],
	['in a draft and again otherwise', '{"a-1":1,"a-2":2} or rather {"a-1":3}', { 'a-2': '2' }],
	['with a name that stands twice', '{"a-1":{"n":1,"n":2},"a-2":2}', { 'a-2': '2' }],
	['with digits that would get lost', '{"a-1":12345678901234567890,"a-2":2}', { 'a-2': '2' }],
	['not at all', 'I cannot do that.', {}],
	['in JSON of which nothing is certain', '{"a-1":wrong}', {}],
	['as null', '{"a-1":null}', { 'a-1': 'null' }],
	['inside of lists in a list', '[[{"a-1":1}],[{"a-2":2}]]', { 'a-1': '1', 'a-2': '2' }],
	['in a list beside other things', '["a-1",{"a-2":2},null,7]', { 'a-2': '2' }],
	['behind thinking', '<think>{"a-1":9}</think>{"a-1":1}', { 'a-1': '1' }],
	['behind thinking that does not end', '<think>{"a-1":9}', {}],
	['inside of another object', '{"answers":{"a-1":1}}', {}],
])('reads rows that stand there %s', (_how, content, answers) => {
	expect(read(content)).toEqual({ answers, isCut: false });
});

it('takes whole members only where the end is missing', () => {
	expect(read('{"a-1":{"n":1},"a-2":{"n":2},"a-3":{"n":', 'length')).toEqual({
		answers: { 'a-1': '{"n":1}', 'a-2': '{"n":2}' },
		isCut: true,
	});
	expect(read('{"a-1":1}', 'length')).toEqual({ answers: { 'a-1': '1' }, isCut: true });
	expect(read('{"a-1":{"n":1},"a-2":wrong}')).toMatchObject({ isCut: false });
	expect(read('{"a-1":"x","a-2":"unfini')).toEqual({ answers: { 'a-1': '"x"' }, isCut: true });
});
