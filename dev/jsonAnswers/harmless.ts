import type { Damage } from './damage.ts';
import { isName, isString, placesOf, splitJson } from './pieces.ts';
import type { Random } from './random.ts';

const LEAD_INS = [
	'Sure! Here is the JSON:\n\n',
	"Here's the JSON you asked for:\n",
	'Based on the text, I extracted the following:\n\n',
	'Of course. The result is below.\n\n',
	'**Answer:**\n\n',
	'JSON: ',
	'Result (see [1] and {name}):\n',
	'好的，以下是结果：\n',
	'Voilà le résultat :\n',
	'As described in [RFC 8259], f(x) = {x | x > 0}:\n\n',
	'I checked rows[0] and the [docs](https://example.com).\n\n',
	'',
];
const CLOSINGS = [
	'',
	'\n\nLet me know if you need anything else!',
	'\n\nNote: I assumed that the date is in 2024 [2].',
	'\nHope this helps :)',
	'\n\n**Explanation:** the label was chosen because of "refund" in the text.',
	'\n\nSources: [1], [2, 3]',
	'\n\n---\nConfidence: 0.9 (see {placeholder})',
	'\n\n1. First I read it.\n2. Then I wrote it.',
];
const THOUGHTS = [
	'The user wants JSON. Maybe {"a": 1}? No.',
	'Let me see: [1, 2, 3] or {"label": "bug"}.\n\nI should use ```json fences? No.',
	'Okay. { is a bracket, "so" is a word.',
	'Draft:\n```json\n{"draft": true}\n```\nGood.',
	'',
];

/** Every piece through a function; the pieces of a text are never cut. */
function mapPieces(
	json: string,
	map: (piece: string, index: number, all: string[]) => string,
): string {
	const pieces = splitJson(json);
	return pieces.map((piece, index) => map(piece, index, pieces)).join('');
}

/** As Python's `repr` writes it: double quotes where there are only single ones inside. */
function pythonString(piece: string): string {
	const value = String(JSON.parse(piece));
	const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
	const inner = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"');
	return quote + (quote === "'" ? inner.replaceAll("'", "\\'") : inner) + quote;
}

const PYTHON: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };

function trailingCommas(json: string, random: Random): string | null {
	const pieces = splitJson(json);
	const closers = placesOf(pieces, (piece, index) => {
		const before = pieces.slice(0, index).findLast((other) => other.trim() !== '');
		return (piece === '}' || piece === ']') && before !== '{' && before !== '[';
	});
	if (closers.length === 0) return null;
	const picked = new Set([random.pick(closers), ...closers.filter(() => random.chance(0.3))]);
	return pieces.map((piece, index) => (picked.has(index) ? `,${piece}` : piece)).join('');
}

const COMMENTS = [
	'/* as asked */',
	'// one\n',
	'# the "second"\n',
	'/* see [1] */',
	"// it's here, }\n",
];

function comments(json: string, random: Random): string {
	let added = false;
	const text = mapPieces(json, (piece) => {
		if (isString(piece) || piece.trim() === '' || !random.chance(0.3)) return piece;
		if (piece !== ',' && piece !== '{' && piece !== '[') return piece;
		added = true;
		return `${piece} ${random.pick(COMMENTS)}`;
	});
	return added ? text : `${json.slice(0, 1)} // begin\n${json.slice(1)}`;
}

function fenced(json: string, random: Random): string {
	const fence = random.pick(['```', '```', '~~~', '````']);
	const language = random.pick(['json', 'json', '', 'JSON', 'json5']);
	const end = random.pick(['\n', '\r\n']);
	return `${fence}${language}${end}${json}${end}${fence}${random.pick(['', '\n'])}`;
}

/** Damage that leaves no doubt about the value. */
export const harmless: readonly Damage[] = [
	{ name: 'none', isHarmless: true, write: (json) => json },
	{ name: 'fence', isHarmless: true, write: fenced },
	{
		name: 'fence without its end',
		isHarmless: true,
		write: (json) => `\`\`\`json\n${json}\n`,
	},
	{
		name: 'words around',
		isHarmless: true,
		write: (json, random) => random.pick(LEAD_INS) + json + random.pick(CLOSINGS),
	},
	{
		name: 'fence between words',
		isHarmless: true,
		write: (json, random) =>
			random.pick(LEAD_INS) + fenced(json, random).trimEnd() + random.pick(CLOSINGS),
	},
	{
		name: 'thinking leaked',
		isHarmless: true,
		write: (json, random) => {
			const tag = random.pick(['think', 'think', 'mm:think', 'thinking']);
			const opener = random.chance(0.6) ? `<${tag}>\n` : '';
			return `${opener}${random.pick(THOUGHTS)}\n</${tag}>\n\n${json}`;
		},
	},
	{ name: 'trailing commas', isHarmless: true, write: trailingCommas },
	{ name: 'comments', isHarmless: true, write: comments },
	{
		name: 'single quotes',
		isHarmless: true,
		write: (json) => mapPieces(json, (piece) => (isString(piece) ? pythonString(piece) : piece)),
	},
	{
		name: "Python's literals",
		isHarmless: true,
		write: (json) => {
			const text = mapPieces(json, (piece) => PYTHON[piece] ?? piece);
			return text === json ? null : text;
		},
	},
	{
		name: 'a Python dict',
		isHarmless: true,
		write: (json) =>
			mapPieces(json, (piece) =>
				isString(piece) ? pythonString(piece) : (PYTHON[piece] ?? piece),
			),
	},
	{
		name: 'literals in capitals',
		isHarmless: true,
		write: (json) => {
			const text = mapPieces(json, (piece) => (piece in PYTHON ? piece.toUpperCase() : piece));
			return text === json ? null : text;
		},
	},
	{
		name: 'bare names',
		isHarmless: true,
		write: (json) => {
			const text = mapPieces(json, (piece, index, pieces) => {
				const name = isName(pieces, index) ? String(JSON.parse(piece)) : '';
				return /^[A-Za-z_$][\w$]*$/.test(name) && !/^(?:true|false|null)$/i.test(name)
					? name
					: piece;
			});
			return text === json ? null : text;
		},
	},
	{
		name: 'blanks of other kinds',
		isHarmless: true,
		write: (json, random) => {
			const text = mapPieces(json, (piece) =>
				piece.trim() === '' ? random.pick(['\u00a0', '\u200b', '\t', '\r\n']) : piece,
			);
			return `\ufeff${text}`;
		},
	},
	{
		name: 'bold or in backticks',
		isHarmless: true,
		write: (json, random) => {
			const mark = random.pick(['**', '`']);
			return json.includes('\n') ? null : `The answer: ${mark}${json}${mark}`;
		},
	},
];
