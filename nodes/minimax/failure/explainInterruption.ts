import { connectionLost, wentSilent } from './brokenReply';
import type { Failure } from './failure';
import type { FailureContext } from './failureWords';
import { isRecord } from '../json/isRecord';

/** What is known when the bytes of a reply stop with an exception. */
export interface Interruption {
	error: unknown;
	/** Milliseconds without a byte before it. */
	silenceMs: number;
	/** Silence that the HTTP client allows; null when it is not known. */
	timeoutMs: number | null;
}

/** Timers fire late and clocks are read a little after the bytes came. */
const TIMEOUT_SHARE = 0.9;

/**
 * Whether someone stopped the reading on purpose; such an exception passes through unchanged.
 * AbortError of the platform, CanceledError of axios, …ExecutionCancelledError of n8n.
 */
export function isCancellation(error: unknown): boolean {
	if (!(error instanceof Error)) return isRecord(error) && error.name === 'AbortError';
	if (/^AbortError$|Cancell?ed/i.test(error.name)) return true;
	const code = 'code' in error ? error.code : undefined;
	return code === 'ERR_CANCELED' || code === 'ABORT_ERR';
}

/**
 * Inside a stream axios reports its timeout exactly as Node.js reports a reset: `aborted`, ECONNRESET
 * (tried with axios 1.18). Only the length of the silence tells them apart.
 */
export function explainInterruption(interruption: Interruption, context: FailureContext): Failure {
	const { error, silenceMs, timeoutMs } = interruption;
	const wasSilent = timeoutMs !== null && timeoutMs > 0 && silenceMs >= timeoutMs * TIMEOUT_SHARE;
	if (wasSilent || saysTimeout(error)) return wentSilent(timeoutMs, context);
	return connectionLost(context);
}

function saysTimeout(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const code = 'code' in error ? String(error.code) : '';
	return (
		/TIMEDOUT|TIMEOUT|ECONNABORTED/.test(code) || /timeout/i.test(`${error.name} ${error.message}`)
	);
}
