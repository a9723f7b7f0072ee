/** Four UTF-16 units: near enough to English text, and no work for a thousand requests a second. */
const unitsPerToken = 4;

export function countTokens(text: string): number {
	return Math.ceil(text.length / unitsPerToken);
}

/** The text of so many tokens, never ending inside a surrogate pair. */
export function cutToTokens(text: string, tokens: number): string {
	return text.slice(0, wholeCharacters(text, tokens * unitsPerToken));
}

/** The nearest cut at or before `end` that leaves no half character. */
export function wholeCharacters(text: string, end: number): number {
	const unit = text.charCodeAt(end - 1);
	const isHighSurrogate = unit >= 0xd800 && unit <= 0xdbff;
	return isHighSurrogate && end < text.length ? end - 1 : end;
}
