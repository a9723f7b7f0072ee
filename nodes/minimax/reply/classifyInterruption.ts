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

/** What it means that the bytes of a reply stopped with an exception. */
export function classifyInterruption(error: unknown): Verdict {
	if (error instanceof SilenceError) {
		return verdictOf('went-silent', { silenceMs: error.timeoutMs });
	}
	return verdictOf(saysTimeout(error) ? 'went-silent' : 'broke-off');
}

function saysTimeout(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const code = 'code' in error ? String(error.code) : '';
	return (
		/TIMEDOUT|TIMEOUT|ECONNABORTED/.test(code) || /timeout/i.test(`${error.name} ${error.message}`)
	);
}
