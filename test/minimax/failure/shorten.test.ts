import { shorten } from '../../../nodes/minimax/failure/shorten';

it.each<[string, string | null, string | null]>([
	['nothing', null, null],
	['an empty text', '', null],
	['blanks', ' \n\t', null],
	['a line', 'Not found', 'Not found'],
	['blanks around and between', ' Not\n\n  found\t', 'Not found'],
	['300 characters', 'a b '.repeat(75).trim() + 'c', 'a b '.repeat(75).trim() + 'c'],
	['more', 'a b '.repeat(76), `${'a b '.repeat(75).slice(0, 299)}…`],
	['a key', 'The key sk-1234567890 is wrong', 'The key [hidden] is wrong'],
])('makes one short line of %s', (_what, words, line) => {
	expect(shorten(words, [])).toBe(line);
});

it('hides the given secrets', () => {
	expect(shorten('For my-secret-word: no', ['my-secret-word'])).toBe('For [hidden]: no');
});
