import { InvalidInput } from '../minimax/failure/invalidInput';
import { readNumberField } from './readNumberField';

/** n8n's own for requests of nodes. */
const DEFAULT_TIMEOUT_MS = 300_000;

/** Timers with more than a signed 32-bit number of milliseconds run at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * Milliseconds of allowed silence out of n8n's Request Options; five minutes where nothing, or 0, is given.
 *
 * @throws InvalidInput
 */
export function readTimeout(value: unknown): number {
	const timeoutMs = readNumberField(value, 'Timeout') ?? 0;
	if (timeoutMs >= 0 && timeoutMs <= LONGEST_TIMEOUT_MS) return timeoutMs || DEFAULT_TIMEOUT_MS;
	throw new InvalidInput(
		`'Timeout' is ${timeoutMs}, but has to be between 0 and ${LONGEST_TIMEOUT_MS} milliseconds (24 days)`,
		"Change 'Timeout' under Request Options, or leave it out for 5 minutes of allowed silence.",
	);
}
