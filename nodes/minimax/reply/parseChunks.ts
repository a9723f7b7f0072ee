import { malformedEvent } from '../failure/brokenReply';
import { FailureError } from '../failure/failure';
import { isRecord } from '../json/isRecord';
import { learnEnvelope, type Envelope } from './learnEnvelope';
import { parseShallowJson } from '../json/parseShallowJson';
import type { WireChunk } from '../wireTypes';

export interface ChunkSink {
	onChunk(chunk: WireChunk, data: string): void;
	/** What chunks add up to that equal the last one in all but their text; only what they add. */
	onRepeats(chunk: WireChunk): void;
}

export interface ChunkParser {
	/** @param isCut the bytes ended inside this event; what cannot be read of it is left out */
	push(data: string, isCut: boolean): void;
	/** Hands on what is collected; a listener wants it after each piece of bytes. */
	flush(): void;
}

/** Learning costs a second parse; a stream whose chunks never repeat their envelope is left alone. */
const VAIN_LESSONS = 16;

/** Texts handed on at a time, which bounds what is collected. */
const BATCH = 256;

/**
 * Turns events into chunks. Every chunk repeats an envelope of 300 to 500 bytes around some words, so
 * the envelope is parsed once, and as long as it repeats byte for byte only the words are. For 10 MB
 * in pieces of 64 KB the bare event parser takes 14 ms, JSON.parse of each event on top makes 42 ms,
 * and the whole way to a completion with this takes 17 ms (docs/benchmarks.md).
 */
export function createChunkParser(sink: ChunkSink): ChunkParser {
	let envelope: Envelope | null = null;
	let envelopeServed = false;
	let vainLessons = 0;
	let repeated: string[] = [];

	function flush(): void {
		if (envelope === null || repeated.length === 0) return;
		const text = repeated.join('');
		repeated = [];
		sink.onRepeats(envelope.chunkOf(text));
	}

	function learn(chunk: WireChunk, data: string): void {
		if (envelope !== null && !envelopeServed) vainLessons += 1;
		envelope = vainLessons < VAIN_LESSONS ? learnEnvelope(chunk, data) : null;
		envelopeServed = false;
	}

	return {
		push(data, isCut) {
			const text = envelope?.textIn(data) ?? null;
			if (text !== null) {
				repeated.push(text);
				envelopeServed = true;
				if (repeated.length === BATCH) flush();
				return;
			}
			flush();
			const parsed = parseShallowJson(data);
			if (parsed.ok && isRecord(parsed.value)) {
				sink.onChunk(parsed.value, data);
				learn(parsed.value, data);
			} else if (!isCut) throw new FailureError(malformedEvent());
		},
		flush,
	};
}
