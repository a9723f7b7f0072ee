const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 15_000;
/** What the API may ask for at most. */
export const LONGEST_RETRY_AFTER_MS = 600_000;

/**
 * How long to wait before a request is repeated after a fault: half a second, doubled with each attempt up to
 * 15 s, of which the second half is random (equal jitter,
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/). Never sooner than the API asks,
 * within ten minutes.
 *
 * @param attempts how often the request was tried so far, from 1
 * @param random from 0 up to 1
 * @returns milliseconds
 */
export function retryDelay(
	attempts: number,
	retryAfterMs: number | null,
	random: () => number,
): number {
	const backoff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
	const asked = Math.min(LONGEST_RETRY_AFTER_MS, retryAfterMs ?? 0);
	return Math.max(asked, backoff / 2 + (backoff / 2) * random());
}
