export type ReplyBody = AsyncIterable<Uint8Array> | string | object;

/** What a body turns out to be by its first character, whatever the content type says. */
export type BodyKind = 'json' | 'events' | 'other' | 'empty';

/** Error bodies are JSON of some hundred bytes; of anything longer the start tells enough. */
export const LONGEST_FAILURE_BODY = 1024 * 1024;

/** Bytes of white space before a reply, beyond which it counts as empty. */
const MOST_BLANKS = 1024 * 1024;

/** The bytes of a body, however n8n's HTTP helper hands it over. */
export function bytesOf(body: ReplyBody): AsyncIterable<Uint8Array> {
	if (isAsyncIterable(body)) return body;
	if (body instanceof Uint8Array) return once(body);
	return once(new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)));
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
	yield bytes;
}

function isAsyncIterable(body: ReplyBody): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && Symbol.asyncIterator in body;
}

/**
 * Looks at the first character that is no white space, and gives the bytes back but for blanks before it.
 * @param contentType decides where the character does not
 */
export async function peekBody(
	bytes: AsyncIterable<Uint8Array>,
	contentType: string,
): Promise<{ kind: BodyKind; bytes: AsyncIterable<Uint8Array> }> {
	const iterator = bytes[Symbol.asyncIterator]();
	const decoder = new TextDecoder();
	/** Without the blanks in front, which may never end. */
	const read: Uint8Array[] = [];
	let start = '';
	let length = 0;
	while (length < MOST_BLANKS) {
		const next = await iterator.next();
		if (next.done) break;
		length += next.value.length;
		start = decoder.decode(next.value, { stream: true }).trimStart().slice(0, 1);
		if (start !== '' || read.length > 0 || !isBlank(next.value)) read.push(next.value);
		if (start !== '') break;
	}
	return { kind: kindOf(start, contentType), bytes: replay(read, iterator) };
}

/** Spaces, tabs and line ends. */
function isBlank(piece: Uint8Array): boolean {
	return piece.every((byte) => byte <= 0x20);
}

function kindOf(start: string, contentType: string): BodyKind {
	if (start === '') return 'empty';
	if (start === '{' || start === '[') return 'json';
	if (/event-stream/i.test(contentType)) return start === '<' ? 'other' : 'events';
	return /^[:deir]$/.test(start) ? 'events' : 'other';
}

/** A plain object and no generator: a generator costs a microtask for each piece of bytes. */
function replay(
	read: Uint8Array[],
	iterator: AsyncIterator<Uint8Array>,
): AsyncIterable<Uint8Array> {
	let at = 0;
	return {
		[Symbol.asyncIterator]: () => ({
			next() {
				const value = read[at];
				if (value === undefined) return iterator.next();
				at += 1;
				if (at === read.length) {
					read = [];
					at = 0;
				}
				return Promise.resolve({ done: false, value });
			},
			async return() {
				await iterator.return?.();
				return { done: true, value: undefined };
			},
		}),
	};
}

/**
 * Text of at most so many bytes; what is beyond is not read, and `isWhole` says so.
 *
 * @param moved called for each piece that is more than blanks
 */
export async function readText(
	bytes: AsyncIterable<Uint8Array>,
	longest: number,
	moved: () => void,
): Promise<{ text: string; isWhole: boolean }> {
	const decoder = new TextDecoder();
	const parts: string[] = [];
	let length = 0;
	for await (const piece of bytes) {
		if (!isBlank(piece)) moved();
		length += piece.length;
		parts.push(decoder.decode(piece, { stream: true }));
		if (length > longest) return { text: parts.join(''), isWhole: false };
	}
	parts.push(decoder.decode());
	return { text: parts.join(''), isWhole: true };
}
