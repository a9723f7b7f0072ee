/** Spellings seen on the wire; any closer ends any opener. */
export const OPENERS = ['<think>', '<mm:think>', '<minimax:think>'];
export const CLOSERS = ['</think>', '</mm:think>', '</minimax:think>'];
export const TAGS = [...OPENERS, ...CLOSERS];

const LONGEST_TAG = Math.max(...TAGS.map((tag) => tag.length));

export const CLOSER = /<\/(?:mm:|minimax:)?think>/;
export const ANY_TAG = /<\/?(?:mm:|minimax:)?think>/;
export const LEADING_OPENER = /^<(?:mm:|minimax:)?think>/;
export const TRAILING_CLOSER = /<\/(?:mm:|minimax:)?think>$/;

/** The end of the text that more text could complete to one of the tags. */
export function partialTag(text: string, tags: readonly string[]): string {
	const from = text.lastIndexOf('<');
	if (from === -1 || text.length - from >= LONGEST_TAG) return '';
	const end = text.slice(from);
	return tags.some((tag) => tag.startsWith(end)) ? end : '';
}

/** Whether more text could make one of the tags of it. */
export function mayBecome(text: string, tags: readonly string[]): boolean {
	return text.length < LONGEST_TAG && tags.some((tag) => tag.startsWith(text));
}
