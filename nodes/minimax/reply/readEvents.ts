import { createParser } from 'eventsource-parser';

import { renameErrorField } from './renameErrorField';

/**
 * Characters one event may have. The longest answer a model gives is 524,288 tokens, about 3 MB as
 * JSON; a backend that sends it as one frame stays far below, and a server that never ends a line
 * costs 16 MB instead of all memory.
 */
export const LONGEST_EVENT = 16 * 1024 * 1024;

/** With white space around it. */
const LONGEST_END_SIGN = 64;

export interface EventHooks {
	/** Called when the events of one piece of bytes are through; a promise holds the reading back. */
	onPause?: () => Promise<void> | void;
	longestEvent?: number;
}

/** `left`: the reader wants no more. */
export type EventsEnd = 'end of bytes' | 'end sign' | 'left' | 'event too long';

/**
 * Reads server-sent events to the end of the bytes, or to `[DONE]`, which only this function knows and does
 * not hand on. If it leaves early, for whatever reason, it closes the iterable.
 * Format: https://html.spec.whatwg.org/multipage/server-sent-events.html
 *
 * @param onData takes an event's data and returns whether to go on; `isCut` is true for a last event without
 * the blank line that ends one, `saysError` for an event that is called `error`
 */
export async function readEvents(
	bytes: AsyncIterable<Uint8Array>,
	onData: (data: string, isCut: boolean, saysError: boolean) => boolean,
	hooks: EventHooks = {},
): Promise<EventsEnd> {
	const { onPause, longestEvent = LONGEST_EVENT } = hooks;
	let end: EventsEnd | null = null;
	let isCut = false;
	const parser = createParser({
		maxBufferSize: longestEvent,
		onEvent({ data, event }) {
			// Comments come as data where a proxy puts `data:` in front of every line.
			if (end !== null || data === '' || data.startsWith(':')) return;
			if (data.length > longestEvent) end = 'event too long';
			else if (data.length < LONGEST_END_SIGN && data.trim() === '[DONE]') end = 'end sign';
			else if (!onData(data, isCut, event === 'error')) end = 'left';
		},
		onError({ type }) {
			if (type === 'max-buffer-size-exceeded') end ??= 'event too long';
		},
	});
	// The parser takes nothing more once an event was too long.
	const rename = renameErrorField();
	const feed = (text: string): void => {
		if (end === null && text !== '') parser.feed(text);
	};

	// To complete half an event the parser copies all that it is fed, so it is fed the other half alone.
	// Of 64 KB such a copy is a large object to V8: 10 MB take 17 ms instead of 24 (docs/benchmarks.md).
	const feedPiece = (text: string): void => {
		const half = text.indexOf('\n\n') + 2;
		if (half < 2 || half === text.length) return feed(text);
		feed(text.slice(0, half));
		feed(text.slice(half));
	};

	// The parser strips one byte order mark; the decoder must not strip another.
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	for await (const piece of bytes) {
		const text = decoder.decode(piece, { stream: true });
		if (text !== '') feedPiece(rename(text));
		const pause = onPause?.();
		if (pause !== undefined) await pause;
		if (end !== null) return end;
	}

	const rest = decoder.decode();
	if (rest !== '') feed(rename(rest));
	feed(rename(''));
	isCut = true;
	// The first break ends a line that was left open, or completes CR to CRLF; the second one the event.
	feed('\n\n');
	const pause = onPause?.();
	if (pause !== undefined) await pause;
	return end ?? 'end of bytes';
}
