import { readEvents } from '../../../nodes/minimax/reply/readEvents';
import { bytesOfText, cutEvenly, cutEverywhere, deliver } from '../../support/cutBytes';

async function read(pieces: Iterable<Uint8Array>): Promise<string[]> {
	const events: string[] = [];
	await readEvents(deliver(pieces), (data) => events.push(data) > 0);
	return events;
}

const TABLE: Array<[name: string, bytes: string, events: string[]]> = [
	['line feeds', 'data: a\n\ndata: b\n\n', ['a', 'b']],
	['carriage returns with line feeds', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
	['carriage returns', 'data: a\r\rdata: b\r\r', ['a', 'b']],
	['a byte order mark', '\ufeffdata: a\n\n', ['a']],
	['two byte order marks, of which one is text', '\ufeff\ufeffdata: a\n\ndata: b\n\n', ['b']],
	['an end sign with blanks around it', `data: ${' [DONE]'.padEnd(63)}\n\ndata: b\n\n`, []],
	['more blanks than an end sign has', `data: ${'[DONE]'.padEnd(64)}\n\n`, ['[DONE]'.padEnd(64)]],
	['no blank behind the colon', 'data:a\n\n', ['a']],
	['two blanks behind the colon', 'data:  a\n\n', [' a']],
	['data in several lines', 'data: {\ndata: }\n\n', ['{\n}']],
	['comments and other fields', ': ping\n\nevent: x\nid: 1\nretry: 9\ndata: a\n\n:\n\n', ['a']],
	['unknown fields', 'nonsense\nfoo: bar\ndata: a\n\n', ['a']],
	['empty data', 'data:\n\ndata: a\n\n', ['a']],
	['no blank line at the end', 'data: a\n\ndata: b\n', ['a', 'b']],
	['no line end at the end', 'data: a\n\ndata: b', ['a', 'b']],
	['a carriage return at the end', 'data: a\r\n\r\ndata: b\r', ['a', 'b']],
	['nothing', '', []],
	['the end sign and what follows it', 'data: a\n\ndata: [DONE]\n\ndata: b\n\n', ['a']],
	['the end sign without a line end', 'data: a\n\ndata:[DONE]', ['a']],
	['characters of two to four bytes', 'data: é→👋🏽\n\n', ['é→👋🏽']],
];

describe('readEvents', () => {
	test.each(TABLE)('%s, cut at each byte', async (_name, text, events) => {
		const bytes = bytesOfText(text);
		expect(await read([bytes])).toEqual(events);
		expect(await read(cutEvenly(bytes, 1))).toEqual(events);
		for (const pieces of cutEverywhere(bytes)) expect(await read(pieces)).toEqual(events);
	});

	test('marks what the end of the bytes cut', async () => {
		const events: Array<[string, boolean]> = [];
		await readEvents(deliver([bytesOfText('data: a\n\ndata: {"b')]), (data, isCut) => {
			return events.push([data, isCut]) > 0;
		});
		expect(events).toEqual([
			['a', false],
			['{"b', true],
		]);
	});

	test('half a character at the end becomes a replacement character', async () => {
		const bytes = bytesOfText('data: é');
		expect(await read([bytes.subarray(0, -1)])).toEqual(['\ufffd']);
	});

	test.each([
		['one line', 'data: '.padEnd(80, 'x')],
		['one line with its end', `${'data: '.padEnd(80, 'x')}\n\n`],
		['many lines', 'data: xxxxx\n'.repeat(8)],
		['empty lines of data', 'data:\n'.repeat(80)],
		['many lines, with an event behind them', `${'data: xxxxx\n'.repeat(8)}\ndata: y\n\n`],
	])('an event longer than the bound is refused: %s', async (_name, text) => {
		for (const size of [1, 7, 4096]) {
			let isReleased = false;
			async function* source() {
				try {
					yield* cutEvenly(bytesOfText(text), size);
					yield* deliver([bytesOfText('\n\n')]);
				} finally {
					isReleased = true;
				}
			}
			const end = await readEvents(source(), () => true, { longestEvent: 32 });
			expect(end).toBe('event too long');
			expect(isReleased).toBe(true);
		}
	});

	test('an event of several lines that is as long as the bound is taken, a longer one is not', async () => {
		const read = async (longestEvent: number) => {
			const events: string[] = [];
			const bytes = bytesOfText('data:xxxxx\ndata:xxxxx\n\n');
			const end = await readEvents(deliver([bytes]), (data) => events.push(data) > 0, {
				longestEvent,
			});
			return { end, events };
		};
		expect(await read(11)).toEqual({ end: 'end of bytes', events: ['xxxxx\nxxxxx'] });
		expect(await read(10)).toEqual({ end: 'event too long', events: [] });
	});

	test('an event as long as the bound is taken', async () => {
		const events: string[] = [];
		const bytes = bytesOfText(`data: ${'x'.repeat(20)}\n\n`.repeat(50));
		await readEvents(deliver(cutEvenly(bytes, 3)), (data) => events.push(data) > 0, {
			longestEvent: 26,
		});
		expect(events).toEqual(Array(50).fill('x'.repeat(20)));
	});

	test('waits for the pause before it asks for more bytes', async () => {
		const log: string[] = [];
		async function* source() {
			for (const name of ['a', 'b']) {
				log.push(`asked for ${name}`);
				yield bytesOfText(`data: ${name}\n\n`);
			}
		}
		await readEvents(source(), (data) => log.push(data) > 0, {
			onPause: async () => {
				await Promise.resolve();
				await Promise.resolve();
				log.push('paused');
			},
		});
		expect(log).toEqual(['asked for a', 'a', 'paused', 'asked for b', 'b', 'paused', 'paused']);
	});

	test('returns the bytes at the end sign, and when the reader leaves or throws', async () => {
		const released: string[] = [];
		async function* source(name: string, text: string) {
			try {
				yield bytesOfText(text);
				yield bytesOfText('data: never asked for\n\n');
			} finally {
				released.push(name);
			}
		}
		const end = await readEvents(source('end sign', 'data: [DONE]\n\n'), () => true);
		const left = await readEvents(source('left', 'data: a\n\ndata: b\n\n'), () => false);
		expect([end, left]).toEqual(['end sign', 'left']);
		const throwing = readEvents(source('throw', 'data: a\n\n'), () => {
			throw new Error('reader');
		});
		await expect(throwing).rejects.toThrow('reader');
		expect(released).toEqual(['end sign', 'left', 'throw']);
	});
});
