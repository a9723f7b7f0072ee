import type { Report } from './collectReports';
import { HIDDEN, hideSecrets } from './redactSecrets';
import { readHeader } from '../readHeader';

/** Named as MiniMax sends them; the last one is what gateways and self-hosted servers use. */
const HEADERS = ['trace-id', 'minimax-request-id', 'x-mm-request-id', 'x-request-id'];

/**
 * The ID by which MiniMax finds a request, without what it shows of the secrets; null when there is none.
 * Of a failure inside of another one the inner ID counts, as it is MiniMax's.
 */
export function readRequestId(
	reports: readonly Report[],
	headers: Readonly<Record<string, unknown>>,
	secrets: readonly string[],
): string | null {
	const inner = [...reports].reverse();
	const [id] = [
		...inner.map((report) => report.request_id),
		...reports.slice(0, 1).map((report) => report.id),
		...HEADERS.map((name) => readHeader(headers, name)),
	].filter((candidate): candidate is string => typeof candidate === 'string' && candidate !== '');
	if (id === undefined || !/^[\w.:-]{1,128}$/.test(id.trim())) return null;
	// Ids look like keys, so only the known secrets are searched for.
	const clean = hideSecrets(id.trim(), secrets);
	return clean === HIDDEN ? null : clean;
}
