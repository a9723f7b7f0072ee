import { readHeader } from '../readHeader';

/** Anything longer is a clock gone wrong or a window that nobody waits for. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

/**
 * How long the server asks to wait, in milliseconds; null when it does not say or says nonsense.
 * Reads `retry-after-ms`, then `Retry-After` as seconds or as a date
 * (https://www.rfc-editor.org/rfc/rfc9110#name-retry-after). A date in the past means now.
 */
export function parseRetryAfter(
	headers: Readonly<Record<string, unknown>>,
	now: number = Date.now(),
): number | null {
	const milliseconds = parseDecimal(readHeader(headers, 'retry-after-ms'));
	if (milliseconds !== null) return saneWait(milliseconds);

	const value = readHeader(headers, 'retry-after');
	const seconds = parseDecimal(value);
	if (seconds !== null) return saneWait(seconds * 1000);

	// Date.parse makes a date of nearly anything, "-5" included; an HTTP date ends in GMT.
	if (value === null || !value.endsWith('GMT')) return null;
	return saneWait(Math.max(0, Date.parse(value) - now));
}

function parseDecimal(text: string | null): number | null {
	return text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function saneWait(milliseconds: number): number | null {
	return milliseconds <= LONGEST_WAIT_MS ? Math.ceil(milliseconds) : null;
}
