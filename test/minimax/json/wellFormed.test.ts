import { wellFormed } from '../../../nodes/minimax/json/wellFormed';

test.each([
	['a text', 'cut \ud83d', 'cut \ufffd'],
	['the second half', '\udc4b hello', '\ufffd hello'],
	['a list', ['a', '\ud83d'], ['a', '\ufffd']],
	['one value of several', { a: 'x', b: '\ud83d' }, { a: 'x', b: '\ufffd' }],
	['one name of several', { a: 'x', '\ud83d': 'y' }, { a: 'x', '\ufffd': 'y' }],
	[
		'names and values of an object',
		{ 'n\ud83d': { deep: ['\udc4b'] } },
		{ 'n\ufffd': { deep: ['\ufffd'] } },
	],
])('%s', (_name, given, expected) => {
	expect(wellFormed(given)).toEqual(expected);
	expect(JSON.stringify(wellFormed(given))).not.toMatch(/\\ud[89a-f]/i);
});

test('what is well-formed is given back as it is', () => {
	const sound = { messages: [{ content: 'hi \ud83d\udc4b' }], n: 1, none: null, flag: true };
	expect(wellFormed(sound)).toBe(sound);
});
