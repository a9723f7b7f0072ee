import type { FailureCause } from './causes';

/**
 * MiniMax's own codes: https://platform.minimax.io/docs/api-reference/errorcode. 1013, 1028, 1030, 2061,
 * 2062 and 2064 are not on that page and were seen on the wire or in MiniMax's own command line client.
 * Those of its voice cloning service are left out: no chat completion has them.
 */
const CAUSE_OF_CODE: Readonly<Record<number, FailureCause>> = {
	1000: 'internal-fault',
	1001: 'gave-up',
	1002: 'account-rate-exceeded',
	1004: 'key-refused',
	1008: 'balance-exhausted',
	1013: 'internal-fault',
	1024: 'internal-fault',
	1026: 'messages-rejected',
	1027: 'answer-rejected',
	1028: 'quota-exhausted',
	1030: 'quota-exhausted',
	1033: 'backend-fault',
	// The documentation says to wait; it comes with 400 as well, where waiting does not help.
	1039: 'too-many-tokens',
	1041: 'concurrency-limited',
	1042: 'invisible-characters',
	// Stands for anything that is wrong with a request; the words say what (causeOfWords).
	2013: 'value-refused',
	2045: 'growth-limited',
	2049: 'key-unknown',
	2056: 'usage-limit-reached',
	2061: 'plan-lacks-model',
	2062: 'plan-rate-exceeded',
	2064: 'overloaded',
};

/** Whether it is one of MiniMax's codes. */
export function isKnownCode(code: number | null): boolean {
	return code !== null && code in CAUSE_OF_CODE;
}

/** What MiniMax means by a code; null for one that is not known. */
export function causeOfCode(
	code: number | null,
	apiMessage: string,
	status: number,
): FailureCause | null {
	if (code === null) return null;
	const cause = CAUSE_OF_CODE[code] ?? null;
	if (cause === 'too-many-tokens' && status === 429) return 'token-rate-exceeded';
	// The Starter plan has none of the highspeed models: its share in them is 0, and waiting does not help.
	if (cause === 'usage-limit-reached' && /\b0\/0 used/.test(apiMessage)) return 'plan-lacks-model';
	return cause;
}
