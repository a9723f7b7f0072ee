import { InvalidInput } from '../minimax/failure/invalidInput';
import { LONGEST_TIMER_MS } from './clock';
import { readNumberField } from './readNumberField';

/** n8n's own for requests of nodes. */
export const DEFAULT_TIMEOUT_MS = 300_000;

/**
 * Milliseconds of allowed silence out of n8n's Request Options; five minutes where nothing, or 0, is given.
 *
 * @throws InvalidInput
 */
export function readTimeout(value: unknown): number {
	const timeoutMs = readNumberField(value, 'Timeout') ?? 0;
	if (timeoutMs >= 0 && timeoutMs <= LONGEST_TIMER_MS) return timeoutMs || DEFAULT_TIMEOUT_MS;
	throw new InvalidInput(
		`'Timeout' is ${timeoutMs}, but has to be between 0 and ${LONGEST_TIMER_MS} milliseconds (24 days)`,
		"Change 'Timeout' under Request Options, or leave it out for 5 minutes of allowed silence.",
	);
}
