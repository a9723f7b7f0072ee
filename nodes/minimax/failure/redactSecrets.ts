import { decodeEscapes, type DecodedText } from './decodeEscapes';
import { writtenForms } from './writtenForms';

export const HIDDEN = '[hidden]';

/** Pieces of a secret from this length on give too much of it away. */
const PIECE_LENGTH = 8;
/** Shorter secrets cannot be told from ordinary words. */
const SHORTEST_SECRET = 4;
/** In an answer even longer ones may be words: servers that want no key get `EMPTY` or `not-needed`. */
const SHORTEST_IN_ANSWER = 16;

/** What looks like a credential whoever it belongs to; each pattern keeps its first group. */
const LOOKS_SECRET: readonly RegExp[] = [
	/(\b(?:bearer|basic)\s+)[^\s"',;]+/gi,
	/(["']?\b(?:x-)?(?:api[_-]key|apikey|access_token|authorization|secret|password)["']?\s*[:=]\s*["']?)(?!\[hidden\])[^\s"',;&}]+/gi,
	/(:\/\/)[^\s/@]+@/g,
	/()\bsk-[\w\-*•.…]{4,}/g,
	/()\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g,
	/()(?<![\w+-])(?=[\w+-]*\d)(?=[\w+-]*[a-z])[\w+-]{32,}={0,2}/gi,
];

/** One inside of another: a percent-encoded text in JSON in JSON. */
const ESCAPE_LEVELS = 3;

/** What stands for the hidden middle of a masked key: `abcd****wxyz`. */
const MASK = /\*{2,}|•{2,}|\.{3,}|…+|[xX]{4,}/g;
/** A single visible character may be chance; more than 64 are found as a piece. */
const VISIBLE_ENDS = { shortest: 2, longest: 64 };

/** The text without the given secrets, as below, and without anything else that looks like a key. */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
	let clean = hideSecrets(text, secrets);
	for (const pattern of LOOKS_SECRET) clean = clean.replace(pattern, `$1${HIDDEN}`);
	return clean;
}

/**
 * The text without the given secrets in whatever form a server echoes them: plain, percent-encoded, as HTML
 * entities, base64, hex, JSON-escaped, also one inside of another; cut or masked.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
	let clean = text;
	for (const secret of secrets) {
		if (secret.length < SHORTEST_SECRET) continue;
		clean = hideMasked(clean, secret);
		clean = hidePieces(clean, writtenForms(secret));
	}
	return clean;
}

/**
 * The text of an answer without the given secrets. Only where one stands whole, in one of its forms and in
 * its own case: an ellipsis behind two of its letters, or a word that is a key elsewhere, is the answer's.
 */
export function hideWhole(text: string, secrets: readonly string[]): string {
	let clean = text;
	for (const secret of secrets) {
		if (secret.length < SHORTEST_IN_ANSWER) continue;
		for (const form of writtenForms(secret)) clean = clean.replaceAll(form, HIDDEN);
		clean = clean.replace(escapedPattern(secret), HIDDEN);
	}
	return clean;
}

/** The secret with any of its characters escaped in any way. */
function escapedPattern(secret: string): RegExp {
	const characters = Array.from(secret, (character) => {
		const code = character.codePointAt(0) ?? 0;
		const hex = code.toString(16);
		const digits = Array.from(hex, (digit) => `[${digit}${digit.toUpperCase()}]`).join('');
		const literal = character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
		const padded = `0{0,${4 - Math.min(4, hex.length)}}${digits}`;
		// One that is a backslash itself would make the pattern ambiguous.
		const escaped = character === '\\' ? literal : `\\\\{0,3}${literal}`;
		return `(?:${escaped}|%${digits}|&#0{0,4}${code};?|&#[xX]0{0,4}${digits};?|\\\\{1,3}[ux]${padded})`;
	});
	return new RegExp(characters.join(''), 'g');
}

/** Hides every stretch of the text that is made of pieces of the forms, in any case. */
function hidePieces(text: string, forms: readonly string[]): string {
	const hidden = new Uint8Array(text.length);
	let view: DecodedText | null = {
		text,
		starts: Array.from({ length: text.length + 1 }, (_, at) => at),
	};
	for (let level = 0; view !== null && level <= ESCAPE_LEVELS; level += 1) {
		for (const form of forms) markPieces(view, form, hidden);
		view = decodeEscapes(view);
	}

	let clean = '';
	for (let at = 0; at < text.length; at += 1) {
		if (hidden[at] === 0) clean += text.charAt(at);
		else if (hidden[at - 1] !== 1) clean += HIDDEN;
	}
	return clean;
}

/** Marks where the text that was decoded holds a piece of the form. */
function markPieces({ text, starts }: DecodedText, form: string, hidden: Uint8Array): void {
	const lowerText = lowerAscii(text);
	const length = Math.min(PIECE_LENGTH, form.length);
	const pieces = new Set<string>();
	for (let at = 0; at + length <= form.length; at += 1) {
		pieces.add(lowerAscii(form.slice(at, at + length)));
	}
	for (let at = 0; at + length <= text.length; at += 1) {
		if (pieces.has(lowerText.slice(at, at + length)))
			hidden.fill(1, starts[at], starts[at + length]);
	}
}

function hideMasked(text: string, secret: string): string {
	let clean = '';
	let kept = 0;
	for (const mask of text.matchAll(MASK)) {
		const end = mask.index + mask[0].length;
		let before = 0;
		let after = 0;
		for (let length = VISIBLE_ENDS.shortest; length <= VISIBLE_ENDS.longest; length += 1) {
			if (length > secret.length) break;
			const head = text.slice(Math.max(kept, mask.index - length), mask.index);
			if (head === secret.slice(0, length)) before = length;
			if (text.startsWith(secret.slice(-length), end)) after = length;
		}
		if (before === 0 && after === 0) continue;
		clean += text.slice(kept, mask.index - before) + HIDDEN;
		kept = end + after;
	}
	return clean + text.slice(kept);
}

/** `toLowerCase` can change a text's length (İ), which would shift the positions. */
function lowerAscii(text: string): string {
	return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
