import type { PartialReply } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import { toValue } from '../json/jsonNode';
import { normalizeCompletion } from './normalizeCompletion';
import { parseCutJson } from '../json/parseCutJson';
import type { ParsedJson } from '../json/parseJson';
import { readNode } from '../json/readNode';
import { partialOf } from './receiveStream';
import type { ThinkingOptions } from './splitThinking';
import type { WireCompletion } from '../wireTypes';

/**
 * What there is of a completion in a body that is cut off, broken or nested too deeply; it was paid for.
 * Null when it holds no text.
 */
export function recoverPartial(text: string, options: ThinkingOptions): PartialReply | null {
	const wire = readObject(parseCutJson(text)) ?? readObject(parseBroken(text));
	return wire && partialOf(normalizeCompletion(wire, options));
}

function parseBroken(text: string): ParsedJson {
	const reading = readNode(text, 0);
	const node = reading.ok ? reading.node : reading.certain;
	return node === null
		? { ok: false, reason: 'Nothing is whole' }
		: { ok: true, value: toValue(node) };
}

function readObject(parsed: ParsedJson): WireCompletion | null {
	return parsed.ok && isRecord(parsed.value) ? parsed.value : null;
}
