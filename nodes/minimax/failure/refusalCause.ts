import type { Failure } from './failure';

/** Too many in a time (429), too many at a time (MiniMax 1041), or an API that is full or away (529). */
export type RefusalCause = 'rate' | 'concurrency' | 'overload';

/** What a refusal says. */
export interface Refusal {
	throttled: RefusalCause;
	/** How long the API asked to wait, in milliseconds, null where it did not say. */
	retryAfterMs: number | null;
	/** What those are rejected with who run out of patience, of other node runs too. */
	reason: unknown;
}

/** What became of a request; `abandoned` if it was broken off or never sent, so that nothing is known. */
export type Outcome = 'succeeded' | 'failed' | 'abandoned' | Refusal;

/** What a failure says about how much the API takes, from its kind and code; null where that is nothing. */
export function refusalCause({ kind, code, retryable }: Failure): RefusalCause | null {
	if (!retryable) return null;
	if (kind === 'overloaded') return 'overload';
	if (kind !== 'rate-limited') return null;
	// 1041 is MiniMax's code for too many open connections.
	return code === 1041 ? 'concurrency' : 'rate';
}
