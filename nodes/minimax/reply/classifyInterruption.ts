import { verdictOf, type Verdict } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import { SilenceError } from './watchSilence';

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

/** More bytes came than any answer has. */
export class TooLongError extends Error {
	constructor() {
		super('The reply is too long');
		this.name = 'TooLongError';
	}
}

/** What it means that the bytes of a reply stopped with an exception. */
export function classifyInterruption(error: unknown): Verdict {
	if (error instanceof SilenceError) {
		return verdictOf('went-silent', { silenceMs: error.timeoutMs });
	}
	if (error instanceof TooLongError) return verdictOf('reply-too-long');
	return verdictOf(saysTimeout(error) ? 'went-silent' : 'broke-off');
}

function saysTimeout(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const code = 'code' in error ? String(error.code) : '';
	return (
		/TIMEDOUT|TIMEOUT|ECONNABORTED/.test(code) || /timeout/i.test(`${error.name} ${error.message}`)
	);
}
