import { createParser } from 'eventsource-parser';

import { eventTooLong } from '../failure/brokenReply';
import { FailureError } from '../failure/failure';

/**
 * Characters one event may have. The longest answer a model gives is 524,288 tokens, about 3 MB as
 * JSON; a backend that sends it as one frame stays far below, and a server that never ends a line
 * costs 16 MB instead of all memory.
 */
export const LONGEST_EVENT = 16 * 1024 * 1024;

export interface EventHooks {
	/** Called when the events of one piece of bytes are through; a promise holds the reading back. */
	onPause?: () => Promise<void> | void;
	longestEvent?: number;
}

/**
 * Reads server-sent events to their end, or to `[DONE]`, which is not handed on: this is the only
 * place that knows it. `isCut` is true for what the end of the bytes left without its blank line.
 * Leaving early, for whatever reason, returns the iterable.
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function readEvents(
	bytes: AsyncIterable<Uint8Array>,
	onData: (data: string, isCut: boolean) => void,
	hooks: EventHooks = {},
): Promise<void> {
	const { onPause, longestEvent = LONGEST_EVENT } = hooks;
	let done = false;
	let isCut = false;
	let tooLong = false;
	const parser = createParser({
		maxBufferSize: longestEvent,
		onEvent({ data }) {
			if (done || data === '') return;
			if (data.length > longestEvent) tooLong = true;
			else if (data === '[DONE]') done = true;
			else onData(data, isCut);
		},
		onError(error) {
			if (error.type === 'max-buffer-size-exceeded') tooLong = true;
		},
	});
	const feed = (text: string): void => {
		parser.feed(text);
		if (tooLong) throw new FailureError(eventTooLong(longestEvent));
	};

	// To complete half an event the parser copies all that it is fed, so it is fed the other half alone.
	// Of 64 KB such a copy is a large object to V8: 10 MB take 17 ms instead of 24 (docs/benchmarks.md).
	const feedPiece = (text: string): void => {
		const end = text.indexOf('\n\n') + 2;
		if (end < 2 || end === text.length) return feed(text);
		feed(text.slice(0, end));
		feed(text.slice(end));
	};

	// The parser strips the byte order mark; a second pair of eyes would strip two.
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	for await (const piece of bytes) {
		feedPiece(decoder.decode(piece, { stream: true }));
		const pause = onPause?.();
		if (pause !== undefined) await pause;
		if (done) return;
	}

	const rest = decoder.decode();
	if (rest !== '') feed(rest);
	isCut = true;
	// The first break ends a line that was left open, or completes CR to CRLF; the second one the event.
	feed('\n\n');
	const pause = onPause?.();
	if (pause !== undefined) await pause;
}
