import type { PartialReply } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import { repairJson } from '../json/repairJson';
import { normalizeCompletion } from './normalizeCompletion';
import { parseCutJson } from '../json/parseCutJson';
import { parseJson, type ParsedJson } from '../json/parseJson';
import { partialOf } from './receiveStream';
import type { ThinkingOptions } from './splitThinking';
import type { WireCompletion } from '../wireTypes';

/**
 * What there is of a completion in a body that is cut off, broken or nested too deeply; it was paid for.
 * Null when it holds no text.
 */
export function recoverPartial(text: string, options: ThinkingOptions): PartialReply | null {
	const wire = readObject(parseCutJson(text)) ?? readObject(parseRepaired(text));
	return wire && partialOf(normalizeCompletion(wire, options));
}

function parseRepaired(text: string): ParsedJson {
	const repaired = repairJson(text);
	return repaired === null ? { ok: false, reason: 'Not repairable' } : parseJson(repaired);
}

function readObject(parsed: ParsedJson): WireCompletion | null {
	return parsed.ok && isRecord(parsed.value) ? parsed.value : null;
}
