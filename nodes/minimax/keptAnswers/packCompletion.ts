import type { Completion } from '../completion';
import { isRecord } from '../json/isRecord';
import { parseJson } from '../json/parseJson';
import { readMessage } from '../reply/normalizeCompletion';

/** Raised when a completion takes another shape: what an older version has kept is then asked for again. */
const FORMAT = 1;

/** A completion as a text that can be saved; its message is part of the API's own object. */
export function packCompletion(completion: Completion): string {
	return JSON.stringify({ format: FORMAT, ...completion, message: undefined });
}

/** What `packCompletion` made a text of; undefined for any other text. */
export function unpackCompletion(text: string): Completion | undefined {
	const parsed = parseJson(text);
	if (!parsed.ok || !isRecord(parsed.value)) return undefined;
	const { format, ...completion } = parsed.value as Omit<Completion, 'message'> & {
		format?: unknown;
	};
	if (format !== FORMAT || !isRecord(completion.wire)) return undefined;
	return { ...completion, message: readMessage(completion.wire) };
}
