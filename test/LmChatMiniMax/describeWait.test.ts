import { describeWait } from '../../nodes/LmChatMiniMax/describeWait';

it.each([
	[undefined, undefined],
	[0, 'given up after 0 seconds without success'],
	[499, 'given up after 0 seconds without success'],
	[500, 'given up after 1 second without success'],
	[1499, 'given up after 1 second without success'],
	[6000, 'given up after 6 seconds without success'],
])('%s ms: %s', (waitedMs, words) => {
	expect(describeWait({ waitedMs })).toBe(words);
});
