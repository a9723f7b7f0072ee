import { canonicalOnce } from './canonical';

const LONGEST_QUOTE = 60;

/** The type of a JSON value in JSON Schema's words; `number` for whole numbers too. */
export function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

const ARTICLES: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	object: 'an object',
	array: 'a list',
	null: 'null',
};

/** A type as it stands in a sentence: `a text`. */
export function article(type: unknown): string {
	return ARTICLES[String(type)] ?? String(type);
}

/** A value as it stands in a sentence: `the text "2"`, `an object`; shortened. */
export function quote(value: unknown): string {
	if (typeof value === 'object' && value !== null) return article(typeOf(value));
	return typeof value === 'string' ? `the text ${show(value)}` : show(value);
}

/** A value of a schema as JSON, shortened. */
export function show(value: unknown): string {
	const written =
		typeof value === 'object' && value !== null
			? canonicalOnce(value)
			: JSON.stringify(typeof value === 'string' ? value.slice(0, LONGEST_QUOTE) : value);
	const isCut = typeof value === 'string' && value.length > LONGEST_QUOTE;
	return isCut || written.length > 2 * LONGEST_QUOTE
		? `${written.slice(0, 2 * LONGEST_QUOTE)}…`
		: written;
}

/** A place in a value: `prices[0].amount`; `the whole value` where it is no part of one. */
export function pathInWords(path: ReadonlyArray<string | number>): string {
	let words = '';
	for (const step of path) {
		if (typeof step === 'number') words += `[${step}]`;
		else words += words === '' ? step : `.${step}`;
	}
	return words === '' ? 'the whole value' : words;
}

/** `1 item`, `2 items` */
export function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
