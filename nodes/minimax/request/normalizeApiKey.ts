import { InvalidInput } from '../failure/failure';
import { LONGEST_KEY_FIELD, unwrapApiKey } from './unwrapApiKey';

/** The credential by the name of its type; n8n's layer puts the name that a person gave it there. */
export const THE_CREDENTIAL = "the credential 'MiniMax Platform API'";

/**
 * The API key out of whatever was pasted into the field.
 * Throws InvalidInput, which never quotes the key, when it cannot be one.
 */
export function normalizeApiKey(value: unknown): string {
	const key = unwrapApiKey(value);
	if (key === '') {
		throw new InvalidInput(
			"'API Key' is empty",
			`Open ${THE_CREDENTIAL} and paste the key from the MiniMax console.`,
		);
	}
	if (key.length > LONGEST_KEY_FIELD) {
		throw new InvalidInput(
			"'API Key' is longer than any key",
			`Open ${THE_CREDENTIAL} and paste the key alone.`,
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
