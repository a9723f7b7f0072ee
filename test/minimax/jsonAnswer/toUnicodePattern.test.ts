import { toUnicodePattern } from '../../../nodes/minimax/jsonAnswer/toUnicodePattern';

describe('toUnicodePattern', () => {
	test.each([
		[String.raw`^\d{4}\-\d{2}$`, String.raw`^\d{4}-\d{2}$`],
		[String.raw`\_a\@b\#`, '_a@b#'],
		[String.raw`^[\w-.]+@`, String.raw`^[\w\-.]+@`],
		[String.raw`^[^\w-\d]+$`, String.raw`^[^\w\-\d]+$`],
		[String.raw`[\.\-\w\_\"]\-`, String.raw`[\.\-\w_"]-`],
		['^{.*}$', String.raw`^\{.*\}$`],
		[String.raw`{a}{2,3}\-`, String.raw`\{a\}{2,3}-`],
		['x]', String.raw`x\]`],
		[String.raw`(?<y>\p{L})\k<y>\-`, String.raw`(?<y>\p{L})\k<y>-`],
	])('%s → %s', (given, expected) => {
		expect(toUnicodePattern(given)).toBe(expected);
		expect(() => new RegExp(expected, 'u')).not.toThrow();
	});

	test.each([
		['that follow the grammar', String.raw`^[\w\-.]+@\p{L}{2}\/$`],
		['that are none in either grammar', '('],
	])('leaves patterns alone %s', (_, given) => {
		expect(toUnicodePattern(given)).toBe(given);
	});

	test("leaves escapes of other languages, which have no equal, to the validator's refusal", () => {
		expect(toUnicodePattern(String.raw`\A\d+\-\Z`)).toBe(String.raw`\A\d+-\Z`);
	});
});
