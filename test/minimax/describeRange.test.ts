import { describeRange } from '../../nodes/minimax/describeRange';

it.each([
	[{ min: 0, minExclusive: true, max: 1 }, 'more than 0 and up to 1'],
	[{ min: 0, minExclusive: false, max: 2 }, '0 to 2'],
])('%j', (range, words) => {
	expect(describeRange(range)).toBe(words);
});
