import { redactSecrets } from './redactSecrets';

const MESSAGE_LENGTH = 300;

/** One line of at most 300 characters without secrets; null when nothing is left. */
export function shorten(words: string | null, secrets: readonly string[]): string | null {
	// Cut generously before the search for secrets, so that none is halved, and exactly after it.
	const line = (words ?? '')
		.slice(0, 10 * MESSAGE_LENGTH)
		.replace(/\s+/g, ' ')
		.trim();
	const clean = redactSecrets(line, secrets);
	if (clean === '') return null;
	return clean.length > MESSAGE_LENGTH ? `${clean.slice(0, MESSAGE_LENGTH - 1)}…` : clean;
}
