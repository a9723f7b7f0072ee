import { bytesOf, peekBody, readText } from '../../../nodes/minimax/reply/replyBody';
import { bytesOfText, cutEvenly, deliver } from '../../support/cutBytes';

const MB = 1024 * 1024;

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
	return (await readText(bytes, Infinity, () => {})).text;
}

describe('the bytes of a body', () => {
	it.each<[string, Parameters<typeof bytesOf>[0], string]>([
		['a text', 'Ühü', 'Ühü'],
		['bytes', bytesOfText('Ühü'), 'Ühü'],
		['a stream', deliver([bytesOfText('Ü'), bytesOfText('hü')]), 'Ühü'],
		['an object that was read', { a: [1] }, '{"a":[1]}'],
		['nothing', '', ''],
	])('are those of %s', async (_what, body, text) => {
		expect(await textOf(bytesOf(body))).toBe(text);
	});
});

describe('what a body is', () => {
	it.each([
		['{"a":1}', '', 'json'],
		['[1]', 'text/event-stream', 'json'],
		[' \r\n\t{', '', 'json'],
		['\ufeff{', '', 'json'],
		['data: {', '', 'events'],
		['event: error', '', 'events'],
		['id: 1', '', 'events'],
		['retry: 1', '', 'events'],
		[': ping', '', 'events'],
		['error: {', '', 'events'],
		['no stream', '', 'other'],
		['no stream', 'text/event-stream', 'events'],
		['no stream', 'TEXT/EVENT-STREAM; charset=utf-8', 'events'],
		['<html>', 'text/event-stream', 'other'],
		['<html>', '', 'other'],
		['Data: {', '', 'other'],
		['', 'text/event-stream', 'empty'],
		[' \n ', '', 'empty'],
	])('is told of %j with the type %j: %s', async (text, contentType, kind) => {
		const bytes = bytesOfText(text);
		for (const pieces of [[bytes], cutEvenly(bytes, 1)]) {
			expect((await peekBody(deliver(pieces), contentType)).kind).toBe(kind);
		}
	});

	it('is told without losing any of it but blanks', async () => {
		const json = '{"a": "é→👋🏽"}';
		for (const before of ['', ' \r\n\t ', '\ufeff', '\ufeff\n ', '\u3000 \u3000']) {
			for (const size of [1, 2, 3, 7, 64]) {
				const bytes = cutEvenly(bytesOfText(before + json), size);
				const peeked = await peekBody(deliver(bytes), '');
				expect(peeked.kind).toBe('json');
				expect((await textOf(peeked.bytes)).trim()).toBe(json);
			}
		}
	});

	it('is not blank where it begins with another character that nobody sees', async () => {
		const peeked = await peekBody(deliver([bytesOfText('\0'), bytesOfText('{}')]), '');
		expect(peeked.kind).toBe('other');
		expect(await textOf(peeked.bytes)).toBe('\0{}');
	});

	it.each([
		[MB - 1, 'json'],
		[MB, 'empty'],
	])('is nothing behind a megabyte of blanks: %i', async (blanks, kind) => {
		const pieces = [bytesOfText(' '.repeat(blanks)), bytesOfText('{}')];
		expect((await peekBody(deliver(pieces), '')).kind).toBe(kind);
	});

	it('closes the source when its reader leaves, where that can be closed', async () => {
		let isClosed = false;
		async function* source() {
			try {
				yield bytesOfText('{"a":');
				yield bytesOfText('1}');
			} finally {
				isClosed = true;
			}
		}
		const { bytes } = await peekBody(source(), '');
		for await (const piece of bytes) if (piece.length > 0) break;
		expect(isClosed).toBe(true);

		const bare: AsyncIterable<Uint8Array> = {
			[Symbol.asyncIterator]: () => ({
				next: async () => ({ done: false as const, value: bytesOfText('{') }),
			}),
		};
		const peeked = await peekBody(bare, '');
		expect(await peeked.bytes[Symbol.asyncIterator]().return?.()).toEqual({
			done: true,
			value: undefined,
		});
	});
});

describe('the text of a body', () => {
	const pieces = ['Os', ' \r\n\t', 'lo'].map(bytesOfText);

	it('is all of it, and only what is more than blanks moves on', async () => {
		let moves = 0;
		expect(await readText(deliver(pieces), 8, () => (moves += 1))).toEqual({
			text: 'Os \r\n\tlo',
			isWhole: true,
		});
		expect(moves).toBe(2);
	});

	it('is cut where it is too long, and its source is closed', async () => {
		let isClosed = false;
		async function* source() {
			try {
				yield* pieces;
			} finally {
				isClosed = true;
			}
		}
		expect(await readText(source(), 5, () => {})).toEqual({ text: 'Os \r\n\t', isWhole: false });
		expect(isClosed).toBe(true);
	});

	it('shows a character that is cut off as one that is not known', async () => {
		const half = bytesOfText('aé').subarray(0, 2);
		expect(await readText(deliver([half]), 9, () => {})).toEqual({
			text: 'a\ufffd',
			isWhole: true,
		});
	});
});

it('a piece moves the answer on that is more than blanks', async () => {
	let moves = 0;
	const pieces = [' ', '\r\n\t', 'a b', ' ', 'c'].map(bytesOfText);
	const { text } = await readText(deliver(pieces), Infinity, () => {
		moves += 1;
	});
	expect([text, moves]).toEqual([' \r\n\ta b c', 2]);
});
