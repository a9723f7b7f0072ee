import { readCommandLine } from '../../../dev/ask/readCommandLine.ts';

test('a question alone leaves the rest to the node', () => {
	expect(readCommandLine(['What is ', 'a lighthouse for?'])).toEqual({
		messages: { values: [{ role: 'user', content: 'What is  a lighthouse for?' }] },
	});
});

test('a model and columns become fields of the node', () => {
	const columns = 'name, height : number,kind:oak|elm';
	expect(readCommandLine(['Which tree?', '--model', 'M2-her', '--columns', columns])).toEqual({
		messages: { values: [{ role: 'user', content: 'Which tree?' }] },
		model: { __rl: true, mode: 'id', value: 'M2-her' },
		quickColumns: columns,
	});
});

test.each([
	[[], 'There is no question.'],
	[[' '], 'There is no question.'],
	[['Why?', '--modle', 'M3'], "Unknown option '--modle'"],
])('%j is refused in words', (args, words) => {
	expect(() => readCommandLine(args)).toThrow(words);
});
