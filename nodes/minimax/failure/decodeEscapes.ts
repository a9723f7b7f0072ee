/** Punctuation that keys have, by the names HTML gives it. */
const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	ast: '*',
	bsol: '\\',
	colon: ':',
	comma: ',',
	commat: '@',
	dash: '-',
	dollar: '$',
	equals: '=',
	excl: '!',
	gt: '>',
	hyphen: '-',
	lowbar: '_',
	lt: '<',
	num: '#',
	percnt: '%',
	period: '.',
	plus: '+',
	quest: '?',
	quot: '"',
	semi: ';',
	sol: '/',
	tilde: '~',
	verbar: '|',
};

const ESCAPE =
	/%([0-9a-f]{2})|&#x0{0,6}([0-9a-f]{1,6});?|&#0{0,6}(\d{1,7});?|&([a-z]{2,8});|\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(["'/\\]))/gi;

/** A text and where each of its characters stood in the one it was read from. */
export interface DecodedText {
	text: string;
	/** Of every character, and one more for the end. */
	starts: number[];
}

/**
 * The text with one level of percent-encoding, HTML entities and escapes of JSON and programs taken away;
 * null where there is none of them.
 */
export function decodeEscapes({ text, starts }: DecodedText): DecodedText | null {
	let decoded = '';
	const places: number[] = [];
	let at = 0;
	const keep = (end: number): void => {
		for (; at < end; at += 1) places.push(starts[at] ?? 0);
	};
	for (const match of text.matchAll(ESCAPE)) {
		const character = decode(match);
		if (character === null) continue;
		decoded += text.slice(at, match.index) + character;
		keep(match.index);
		for (let unit = 0; unit < character.length; unit += 1) places.push(starts[at] ?? 0);
		at += match[0].length;
	}
	if (at === 0) return null;
	decoded += text.slice(at);
	keep(text.length + 1);
	return { text: decoded, starts: places };
}

function decode([, percent, hex, decimal, name, unicode, byte, escaped]: RegExpExecArray):
	| string
	| null {
	if (escaped !== undefined) return escaped;
	if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? null;
	const digits = percent ?? hex ?? unicode ?? byte;
	const code = digits === undefined ? Number(decimal) : parseInt(digits, 16);
	return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}
