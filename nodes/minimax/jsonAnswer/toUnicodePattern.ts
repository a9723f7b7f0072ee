/** What a pattern consists of, classes whole, so that a character is known to stand in or out of one. */
const PIECE = /\\[pPu]\{[^}]*\}|\\k<[^>]*>|\\[^]|\[\^?(?:\\[^]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[^]/g;

/** What stands in a class, one by one. */
const MEMBER = /\\[pP]\{[^}]*\}|\\[^]|[^]/g;
/** Many characters at once, which cannot be the end of a range. */
const SET = /^\\[dDwWsSpP]/;
/** Escapes that are none under the flag; the hyphen is one in a class only. */
const NEEDLESS_ESCAPE = /^\\(?:_|[^\w^$\\.*+?()[\]{}|/])$/;

/**
 * The pattern in the stricter grammar of the `u` flag, with which the validator compiles it. Models write
 * `\-`, `\@`, `[\w-.]` or a lone `{` all the time, which mean the character itself without that flag. Left
 * as it is when it already follows the grammar, or is no pattern in either of them.
 */
export function toUnicodePattern(pattern: string): string {
	if (compiles(pattern, 'u') || !compiles(pattern, '')) return pattern;
	return pattern.replace(PIECE, (piece) => {
		if (piece.length > 2 && piece.startsWith('[')) return mendClass(piece);
		if (/^[\]{}]$/.test(piece)) return `\\${piece}`;
		return withoutEscape(piece);
	});
}

function mendClass(piece: string): string {
	const members = piece.match(MEMBER) ?? [];
	const isSet = (at: number): boolean => SET.test(members[at] ?? '');
	return members
		.map((member, at) => {
			if (member === '\\-') return member;
			if (member === '-' && (isSet(at - 1) || isSet(at + 1))) return '\\-';
			return withoutEscape(member);
		})
		.join('');
}

/** Letters and digits stay as they are: `\A` or `\Z` of other languages would become a plain letter. */
function withoutEscape(piece: string): string {
	return NEEDLESS_ESCAPE.test(piece) ? piece.slice(1) : piece;
}

function compiles(pattern: string, flags: string): boolean {
	try {
		return new RegExp(pattern, flags) instanceof RegExp;
	} catch {
		return false;
	}
}
