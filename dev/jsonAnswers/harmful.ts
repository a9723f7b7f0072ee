import type { Damage } from './damage.ts';
import {
	following,
	isName,
	isString,
	placesOf,
	preceding,
	splitJson,
	withPiece,
} from './pieces.ts';
import type { Random } from './random.ts';

type Test = (piece: string, index: number, pieces: string[]) => boolean;

/** Damage to one piece out of those that a test holds for. */
function onePiece(
	test: Test,
	change: (piece: string, random: Random, pieces: string[], index: number) => string,
): Damage['write'] {
	return (json, random) => {
		const pieces = splitJson(json);
		const places = placesOf(pieces, (piece, index) => test(piece, index, pieces));
		if (places.length === 0) return null;
		const index = random.pick(places);
		return withPiece(pieces, index, change(pieces[index] ?? '', random, pieces, index));
	};
}

const isCloser = (piece: string) => piece === '}' || piece === ']';
const isOpener = (piece: string) => piece === '{' || piece === '[';
const isBracket = (piece: string) => isCloser(piece) || isOpener(piece);
const isValue: Test = (piece, index, pieces) =>
	piece.trim() !== '' && !/^[{}[\]:,]$/.test(piece) && !isName(pieces, index);
const OTHER: Readonly<Record<string, string>> = { '{': '[', '[': '{', '}': ']', ']': '}' };

const SCHEMA =
	'{"type": "object", "properties": {"label": {"type": "string"}}, "required": ["label"]}';

function harm(name: string, write: Damage['write']): Damage {
	return { name, isHarmless: false, write };
}

/** Damage that may leave more than one reading: the answer comes out as it was meant, or is refused. */
export const harmful: readonly Damage[] = [
	harm('cut at any place, length', (json, random) => ({
		text: json.slice(0, 1 + random.below(json.length - 1)),
		finishReason: 'length',
	})),
	harm('cut at any place, stop', (json, random) =>
		json.slice(0, 1 + random.below(json.length - 1)),
	),
	harm('cut in a fence', (json, random) => ({
		text: `Here:\n\`\`\`json\n${json.slice(0, 1 + random.below(json.length - 1))}`,
		finishReason: random.pick(['length', 'stop']),
	})),
	harm(
		'cut, fence closed',
		(json, random) => `\`\`\`json\n${json.slice(0, 1 + random.below(json.length - 1))}\n\`\`\``,
	),
	harm(
		'cut, then words',
		(json, random) => `${json.slice(0, 1 + random.below(json.length - 1))}\n\nI stopped here [1].`,
	),
	harm('begin missing', (json, random) => json.slice(1 + random.below(json.length - 1))),
	harm('last closers missing', (json, random) => {
		const closers = /[\s}\]]+$/.exec(json)?.[0].length ?? 0;
		return json.slice(0, json.length - 1 - random.below(closers));
	}),
	harm(
		'a closer missing',
		onePiece(isCloser, () => ''),
	),
	harm(
		'an opener missing',
		onePiece(isOpener, () => ''),
	),
	harm(
		'a bracket of the wrong kind',
		onePiece(isBracket, (piece) => OTHER[piece] ?? ''),
	),
	harm(
		'a closer twice',
		onePiece(isCloser, (piece) => piece + piece),
	),
	harm(
		'an opener twice',
		onePiece(isOpener, (piece) => piece + piece),
	),
	harm(
		'closed too early',
		onePiece(
			(piece, index, pieces) => piece === ',' && !isOpener(preceding(pieces, index) ?? ''),
			(_, random) => random.pick(['},', '],', '}},', '}\n,']),
		),
	),
	harm(
		'a comma forgotten',
		onePiece(
			(piece) => piece === ',',
			(_, random) => random.pick(['', ' ', '\n']),
		),
	),
	harm(
		'a comma twice',
		onePiece(
			(piece) => piece === ',',
			() => ',,',
		),
	),
	harm(
		'a comma in front',
		onePiece(isOpener, (piece) => `${piece},`),
	),
	harm(
		'a semicolon',
		onePiece(
			(piece) => piece === ',',
			() => ';',
		),
	),
	harm(
		'a colon forgotten',
		onePiece(
			(piece) => piece === ':',
			() => ' ',
		),
	),
	harm(
		'an equals sign',
		onePiece(
			(piece) => piece === ':',
			(_, random) => random.pick(['=', '=>', ' =']),
		),
	),
	harm(
		'a quote lost',
		onePiece(isString, (piece, random) =>
			random.chance(0.5) ? piece.slice(1) : piece.slice(0, -1),
		),
	),
	harm(
		'a quote too many',
		onePiece(isString, (piece, random) => (random.chance(0.5) ? `"${piece}` : `${piece}"`)),
	),
	harm(
		'both quotes lost',
		onePiece(
			(piece) => /^"(?!.*(?:\/\/|\/\*|#)|\s*[[{]|(?:true|false|null|-?[\d.]+)\s).*[\p{L}\d]/u.test(piece),
			(piece) => piece.slice(1, -1),
		),
	),
	harm(
		'quotes of two kinds',
		onePiece(isString, (piece, random) =>
			random.chance(0.5) ? `'${piece.slice(1)}` : `${piece.slice(0, -1)}'`,
		),
	),
	harm('half of the texts in single quotes', (json, random) =>
		splitJson(json)
			.map((piece) => (isString(piece) && random.chance(0.5) ? `'${piece.slice(1, -1)}'` : piece))
			.join(''),
	),
	harm('a few quotes single', (json, random) =>
		json.replace(/(?<!\\)"/g, () => (random.chance(0.1) ? "'" : '"')),
	),
	harm('single quotes, nothing escaped', (json) =>
		splitJson(json)
			.map((piece) => (isString(piece) ? `'${piece.slice(1, -1).replaceAll('\\"', '"')}'` : piece))
			.join(''),
	),
	harm('typographic quotes', (json, random) => {
		const [open, close] = random.pick([
			['“', '”'],
			['„', '“'],
			['‘', '’'],
			['«', '»'],
			['”', '”'],
		] as const);
		return splitJson(json)
			.map((piece) => (isString(piece) ? open + piece.slice(1, -1) + close : piece))
			.join('');
	}),
	harm('some typographic quotes', (json, random) =>
		json.replace(/"/g, () => (random.chance(0.2) ? random.pick(['“', '”']) : '"')),
	),
	harm('backtick quotes', (json) =>
		splitJson(json)
			.map((piece) => (isString(piece) ? `\`${piece.slice(1, -1)}\`` : piece))
			.join(''),
	),
	harm(
		'triple quotes',
		onePiece(isString, (piece) => `""${piece}""`),
	),
	harm('quotes not escaped', (json) => (json.includes('\\"') ? json.replaceAll('\\"', '"') : null)),
	harm('one quote not escaped', (json, random) => {
		const places = [...json.matchAll(/\\"/g)].map(({ index }) => index);
		if (places.length === 0) return null;
		const at = random.pick(places);
		return json.slice(0, at) + json.slice(at + 1);
	}),
	harm('backslashes not escaped', (json) =>
		json.includes('\\\\') ? json.replaceAll('\\\\', '\\') : null,
	),
	harm('everything escaped', (json) => JSON.stringify(json).slice(1, -1)),
	harm('everything escaped, in a text', (json) => `The answer is ${JSON.stringify(json)}.`),
	harm('line ends not escaped', (json) =>
		json.includes('\\n') ? json.replaceAll('\\n', '\n') : null,
	),
	harm(
		'a text in two pieces',
		onePiece(isString, (piece, random) => {
			const value = String(JSON.parse(piece));
			const at = random.below(value.length + 1);
			const glue = random.pick([' + ', ' ', '\n']);
			return JSON.stringify(value.slice(0, at)) + glue + JSON.stringify(value.slice(at));
		}),
	),
	harm(
		'a value missing',
		onePiece(
			// Behind the last comma of a list it would be a trailing comma.
			(piece, index, pieces) =>
				isValue(piece, index, pieces) &&
				!(preceding(pieces, index) === ',' && isCloser(following(pieces, index) ?? '')),
			() => '',
		),
	),
	harm(
		'a member left out by dots',
		onePiece(isValue, (_, random) => random.pick(['...', '…', '/* ... */', '// and so on\n'])),
	),
	harm(
		'dots at the end',
		onePiece(isCloser, (piece) => `, ...${piece}`),
	),
	harm('a name twice', (json, _random, value) => {
		const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
		const name = isObject ? Object.keys(value)[0] : undefined;
		return name === undefined ? null : `${json.slice(0, -1)}, ${JSON.stringify(name)}: "other"}`;
	}),
	harm(
		'numbers of other kinds',
		onePiece(
			(piece) => /^-?\d/.test(piece),
			(piece, random) =>
				random.pick([
					'NaN',
					'Infinity',
					`+${piece}`,
					`0${piece}`,
					`${piece}.`,
					'1_000',
					'1 000',
					'1,000',
					'0x1F',
					`$${piece}`,
					`${piece}%`,
					`${piece}n`,
					`${piece}5e400`,
				]),
		),
	),
	harm(
		'literals of other languages',
		onePiece(
			(piece) => /^(?:true|false|null)$/.test(piece),
			(_, random) => random.pick(['undefined', 'nil', 'yes', 'no', 'N/A', 'tru', 'nul', 'TrUe']),
		),
	),
	harm('a tuple', (json) => {
		const text = splitJson(json)
			.map((piece) => (piece === '[' ? '(' : piece === ']' ? ')' : piece))
			.join('');
		return text === json ? null : text;
	}),
	harm('outermost brackets missing', (json) => json.slice(1, -1)),
	harm('in more brackets', (json, random) =>
		random.pick([`{${json}}`, `(${json})`, `{{${json}}}`]),
	),
	harm('as code', (json, random) =>
		random.pick([
			`const answer = ${json};`,
			`print(${json})`,
			`return ${json};`,
			`callback(${json});`,
			`data.update(${json})`,
		]),
	),
	harm('two values', (json, random) => {
		const other = random.pick(['{"other": true}', '[{"other": 1}]', json.replace(/\d/, '7')]);
		return other === json
			? null
			: random.pick([
					`${json}\n${other}`,
					`First: ${json}\nSecond: ${other}`,
					`\`\`\`json\n${json}\n\`\`\`\nor\n\`\`\`json\n${other}\n\`\`\``,
					`${json}, ${other}`,
					`${json}${other}`,
				]);
	}),
	harm('an example before', (json) => `For an input like {"text": "x"} the output is:\n\n${json}`),
	harm('an example behind', (json) => `${json}\n\nAnother example: {"text": "x", "label": "y"}`),
	harm('the schema behind', (json) => `${json}\n\nI used this schema: ${SCHEMA}`),
	harm('the schema before', (json) => `The schema is ${SCHEMA}.\n\n${json}`),
	harm(
		'the schema before, fence',
		(json) => `\`\`\`json\n${SCHEMA}\n\`\`\`\n\nAnswer:\n\n\`\`\`json\n${json}\n\`\`\``,
	),
	harm(
		'draft and correction',
		(json) => `\`\`\`json\n{"draft": true}\n\`\`\`\nCorrection:\n\`\`\`json\n${json}\n\`\`\``,
	),
	harm('a broken draft', (json) => `{"draft": tr\n\nSorry. Again:\n\n${json}`),
	harm('a piece swapped with the next', (json, random) => {
		const pieces = splitJson(json);
		const places = placesOf(
			pieces,
			(piece, index) => /^[{}[\]:,]$/.test(piece) && index + 1 < pieces.length,
		);
		if (places.length === 0) return null;
		const at = random.pick(places);
		const swapped = [...pieces];
		swapped.splice(at, 2, pieces[at + 1] ?? '', pieces[at] ?? '');
		return swapped.join('');
	}),
	harm(
		'a piece lost',
		onePiece(
			(piece) => /^[{}[\]:,]$/.test(piece),
			() => '',
		),
	),
	harm(
		'a piece twice',
		onePiece(
			(piece) => /^[{}[\]:,]$/.test(piece),
			(piece) => piece + piece,
		),
	),
	harm(
		'punctuation replaced',
		onePiece(
			(piece) => /^[{}[\]:,]$/.test(piece),
			(_, random) =>
				random.pick(['{', '}', '[', ']', ':', ',', ';', '.', ' ', '"', "'", '|', '\\']),
		),
	),
	harm('a character put in', (json, random) => {
		const pieces = splitJson(json);
		const at = random.below(pieces.length + 1);
		pieces.splice(
			at,
			0,
			random.pick([
				'{',
				'}',
				'[',
				']',
				':',
				',',
				'"',
				"'",
				'\\',
				'`',
				'#',
				'//',
				'/*',
				'*',
				'|',
				'“',
			]),
		);
		return pieces.join('');
	}),
	harm('two pieces lost', (json, random) => {
		let pieces = splitJson(json);
		for (let round = 0; round < 2; round += 1) {
			const places = placesOf(pieces, (piece, index) => {
				// Two numbers would become one.
				const isBetweenDigits =
					/\d$/.test(pieces[index - 1] ?? '') && /^\d/.test(pieces[index + 1] ?? '');
				return /^[{}[\]:,]$/.test(piece) && !isBetweenDigits;
			});
			if (places.length === 0) return null;
			const at = random.pick(places);
			pieces = [...pieces.slice(0, at), ...pieces.slice(at + 1)];
		}
		return pieces.join('');
	}),
	harm(
		'a member as a comment',
		onePiece(isString, (piece) => `// ${piece}`),
	),
	harm('HTML entities', (json) => json.replaceAll('"', '&quot;')),
	harm('quotes lost all over', (json, random) =>
		// A text of digits would become a number, which nobody could see.
		/"-?\d+(?:\.\d+)?"/.test(json)
			? null
			: json.replace(/(?<!\\)"/g, () => (random.chance(0.2) ? '' : '"')),
	),
	harm(
		'words in the middle',
		onePiece(
			(piece) => piece === ',',
			(_, random) =>
				random.pick([
					', and ',
					',\n(continued)\n',
					',\n```\n```json\n',
					',\n\n[continued in the next message]\n\n',
				]),
		),
	),
	harm(
		'a placeholder',
		onePiece(isValue, (_, random) =>
			random.pick(['<string>', '{{value}}', '[value]', '<|endoftext|>']),
		),
	),
	harm(
		'a list as its items',
		onePiece(
			(piece, index, pieces) => piece === '[' && following(pieces, index) !== ']',
			() => '- ',
		),
	),
];
