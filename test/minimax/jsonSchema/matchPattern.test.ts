import fc from '../../support/fastCheck';

import {
	compilePattern,
	type Pattern,
} from '../../../nodes/minimax/jsonSchema/pattern/compilePattern';
import { matchPattern } from '../../../nodes/minimax/jsonSchema/pattern/matchPattern';

function compile(written: string): Pattern {
	const compiled = compilePattern(written);
	if (typeof compiled === 'string') throw new Error(compiled);
	return compiled;
}

const matches = (written: string, text: string) => matchPattern(compile(written), text, () => {});

const parts = fc.constantFrom(
	...[
		'a',
		'b',
		'[a-c]',
		'[^b]',
		'[^\\d-]',
		'[\\w-]',
		'[\\u0061\\]]',
		'\\d',
		'\\w',
		'\\W',
		'\\s',
		'.',
	],
	...[
		'é',
		'😀',
		'\\.',
		'-',
		' ',
		'\\p{L}',
		'\\P{L}',
		'\\u0061',
		'\\x61',
		'\\t',
		'\\u{1F600}',
		'\\/',
	],
);
const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
	pattern: fc.oneof(
		{ maxDepth: 4 },
		parts,
		fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('')),
		fc.tuple(tie('pattern'), tie('pattern')).map((both) => `(?:${both.join('|')})`),
		fc
			.tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'))
			.map(([inner, quantifier]) => `(${inner})${quantifier}`),
		fc.constantFrom('^', '$', '\\b'),
	),
}));
const patterns = fc.oneof(
	pattern,
	pattern.map((inner) => `^${inner}$`),
	fc.tuple(pattern, pattern).map(([look, inner]) => `^(?=${look})${inner}`),
	fc.tuple(pattern, pattern).map(([look, inner]) => `^(?!${look})${inner}$`),
);
const texts = fc.string({ unit: fc.constantFrom(...'abcd1 .-é\n\t_😀'), maxLength: 12 });

test('finds what RegExp finds', () => {
	fc.assert(
		fc.property(patterns, texts, (written, text) => {
			expect(matches(written, text)).toBe(new RegExp(written, 'u').test(text));
		}),
		{ numRuns: 5000, seed: 3 },
	);
});

test.each<[string, string, string]>([
	[String.raw`^\d{4}\-\d{2}$`, '2026-11', '2026_11'],
	[String.raw`^[\w-.]+@[\w-]+$`, 'a-b.c@d-e', 'a b@c'],
	[String.raw`^\@\_$`, '@_', '@'],
	['^{.*}$', '{x}', 'x'],
	['^x{,3}$', 'x{,3}', 'xxx'],
	['x]', 'x]', 'x'],
	[String.raw`^[a-\d]$`, '-', 'b'],
	[String.raw`^(?=.*[A-Z])(?=.*\d).{8,}$`, 'Password1', 'password1'],
	[String.raw`^(?!.*\s)[a-z]+$`, 'ab', 'a b'],
	[String.raw`\bfoo\B`, 'foobar', 'foo'],
	[String.raw`^\cA\0\v$`, '\x01\0\v', 'A0v'],
	[String.raw`^\ud83d\ude00$`, '😀', '\ud83d'],
	['^(?<year>\\d+)$', '12', 'x'],
	['cat|dog', 'a dog', 'a cow'],
	['^a|b$', 'xb', 'xa'],
	['^(?:a|b)$', 'b', 'ab'],
	['', 'x', ''],
])('%s takes %j and not %j', (written, right, wrong) => {
	expect(matches(written, right)).toBe(true);
	if (wrong !== '') expect(matches(written, wrong)).toBe(false);
});

test.each<[string, string]>([
	['(', 'has a group that is not closed'],
	['a)', 'closes a group that is not open'],
	['[a', 'has a class that is not closed'],
	['*a', 'has a * with nothing to repeat'],
	['+a', 'has a + with nothing to repeat'],
	['(?:?)', 'has a ? with nothing to repeat'],
	['a**', 'has two quantifiers in a row'],
	['a{3,2}', 'has the numbers of {3,2} in the wrong order'],
	['[b-a]', 'has a range in the wrong order'],
	['(?i)a', 'has a group of a kind that JavaScript does not know'],
	['a\\', 'ends in a backslash'],
	[String.raw`\A`, String.raw`has \A, which JavaScript does not know`],
	[String.raw`\p{Nope}`, String.raw`has \p{Nope}, which JavaScript does not know`],
	[String.raw`\u{110000}`, String.raw`has \u{110000}, which is no character`],
	[String.raw`(a)\1`, 'refers back to a group, which cannot be checked here'],
	['(?<=a)b', 'looks behind, which cannot be checked here'],
	['a(?=b)', 'looks ahead in its middle, which cannot be checked here'],
	['(?:a{100}){100}', 'is too long, with its repetitions written out'],
	['(?:(?:){9999}){9999}', 'is too long, with its repetitions written out'],
	['('.repeat(200) + ')'.repeat(200), 'is nested too deeply'],
])('refuses %s', (written, words) => {
	expect(compilePattern(written)).toContain(words);
});

const many = 100_000;
const letters = 'a'.repeat(many);
test.each<[string, string]>([
	['^(a+)+$', `${letters}!`],
	['(a|a)*$', `${letters}!`],
	['(.*)(.*)(.*)x$', letters],
	['\\s+$', `${' '.repeat(many)}x`],
	['[A-Z]+-\\d+', 'A'.repeat(many)],
	['^(([a-z])+.)+[A-Z]([a-z])+$', letters],
	['^(?:[a-z0-9]+(?:-[a-z0-9]+)*){1,50}$', `${letters}!`],
	['(?:a?){40}a{40}$', `${letters}!`],
	['^(?=.*\\d)(?=.*[A-Z]).{8,}$', letters],
])('%s takes a few steps per character of %#', (written, text) => {
	let steps = 0;
	expect(
		matchPattern(compile(written), text, (taken) => {
			steps += taken;
		}),
	).toBe(written === '(a|a)*$');
	expect(steps).toBeLessThan(4 * many);
});
