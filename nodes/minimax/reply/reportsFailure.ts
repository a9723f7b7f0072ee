import { isRecord } from '../json/isRecord';
import { readLabel } from './readLabel';
import type { WireEnvelope } from '../wireTypes';

/**
 * Whether a parsed body or chunk reports a failure, whatever HTTP said: the error envelope, or a
 * `base_resp` with a code (no balance came as HTTP 200 with code 1008).
 */
export function reportsFailure(wire: WireEnvelope): boolean {
	const { error, base_resp: base } = wire;
	const hasError = isRecord(error) ? Object.keys(error).length > 0 : Boolean(error);
	return hasError || Number(readLabel(base?.status_code) ?? 0) !== 0;
}

/** The status that an error inside a stream would have had; else the one of the reply. */
export function readFailureStatus(wire: WireEnvelope, status: number): number {
	const sent = isRecord(wire.error) ? Number(readLabel(wire.error.http_code)) : NaN;
	return sent >= 400 && sent < 600 ? sent : status;
}
