import {
	ANY_TAG,
	CLOSER,
	CLOSERS,
	LEADING_OPENER,
	mayBecome,
	OPENERS,
	partialTag,
	TAGS,
	TRAILING_CLOSER,
} from '../../nodes/minimax/thinkTags';

it.each([
	['Hm <', '<'],
	['Hm <th', '<th'],
	['Hm </minimax:think', '</minimax:think'],
	['< <think', '<think'],
	['Hm <thx', ''],
	['Hm <think ', ''],
	['Hm think', ''],
	['<th Hm', ''],
	['', ''],
	[`<${'x'.repeat(100_000)}`, ''],
])('the end of %j that may become a tag is %j', (text, end) => {
	expect(partialTag(text, TAGS)).toBe(end);
});

it('looks for the tags that are wanted', () => {
	expect(partialTag('Hm </th', OPENERS)).toBe('');
	expect(partialTag('Hm </th', CLOSERS)).toBe('</th');
	expect(mayBecome('</th', OPENERS)).toBe(false);
});

it.each([
	['', true],
	['<', true],
	['<think', true],
	['</minimax:think', true],
	['<thx', false],
	['Hm <', false],
])('%j may become a tag: %s', (text, may) => {
	expect(mayBecome(text, TAGS)).toBe(may);
});

it('finds every tag, each where it belongs', () => {
	for (const tag of TAGS) expect(ANY_TAG.exec(`a${tag}b`)?.[0]).toBe(tag);
	for (const tag of CLOSERS) {
		expect(CLOSER.exec(`a${tag}b`)?.[0]).toBe(tag);
		expect([TRAILING_CLOSER.test(`a${tag}`), TRAILING_CLOSER.test(`a${tag}b`)]).toEqual([
			true,
			false,
		]);
	}
	for (const tag of OPENERS) {
		expect(CLOSER.test(tag)).toBe(false);
		expect([LEADING_OPENER.test(`${tag}a`), LEADING_OPENER.test(`a${tag}`)]).toEqual([true, false]);
	}
	expect(ANY_TAG.test('<thinking> </ think> <other:think>')).toBe(false);
});
