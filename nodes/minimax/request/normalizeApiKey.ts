import { InvalidInput } from '../failure/failure';

/** Around the key as people paste it: quotes, the header's name, `Bearer`. */
const WRAPPING = /^(?:authorization\s*:\s*|bearer(?:\s+|$)|["'`“”‘’]+)|["'`“”‘’;,]+$/i;
/** Zero-width characters and byte order marks come along from web pages. */
const ZERO_WIDTH = /[\u200b-\u200f\u2060\ufeff]/g;

/**
 * The bare API key out of whatever was pasted into the field.
 * Throws InvalidInput, which never quotes the key, when nothing usable is left.
 */
export function normalizeApiKey(value: unknown): string {
	let key = typeof value === 'string' ? value.replace(ZERO_WIDTH, '').trim() : '';
	while (WRAPPING.test(key)) key = key.replace(WRAPPING, '').trim();
	key = key.replace(/\s+/g, '');

	if (key === '') {
		throw new InvalidInput(
			"'API Key' is empty",
			'Open the MiniMax Platform credential and paste the key from the MiniMax console.',
		);
	}
	if (!/^[\x21-\x7e]+$/.test(key)) {
		throw new InvalidInput(
			"'API Key' holds characters that no key has",
			'Copy the whole key again from the MiniMax console; a key that is shown with dots or stars is masked and cannot be used.',
		);
	}
	return key;
}
