import { InvalidInput, type Place } from '../failure/invalidInput';
import { LONGEST_KEY_FIELD, unwrapApiKey } from './unwrapApiKey';

const API_KEY: Place = { input: 'apiKey' };

/**
 * The API key out of whatever was pasted into its field.
 *
 * @throws InvalidInput, which never quotes the key, when it cannot be one
 */
export function normalizeApiKey(value: unknown): string {
	const key = unwrapApiKey(value);
	if (key === '') {
		throw new InvalidInput('is empty', 'Paste the key from the MiniMax console.', API_KEY);
	}
	if (key.length > LONGEST_KEY_FIELD) {
		throw new InvalidInput('is longer than any key', 'Paste the key alone.', API_KEY);
	}
	if (!/^[\x21-\x7e]+$/.test(key)) {
		throw new InvalidInput(
			'holds characters that no key has',
			'Copy the whole key again from the MiniMax console; a key that is shown with dots or stars is masked and cannot be used.',
			API_KEY,
		);
	}
	return key;
}
