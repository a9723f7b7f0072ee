/**
 * What reading a stream costs beside bare eventsource-parser, and whether memory stays flat.
 *
 *   node dev/bench/parser.ts [megabytes]
 *
 * `bare` decodes the bytes and splits them into events and does nothing with them, so it is the floor
 * of everything that uses eventsource-parser. The chunks have the size and shape that MiniMax sends.
 * What would make it lie: other load on the machine (rows take turns, and each is compared with the
 * bare run of its own round; a busy machine shows in `bare`), and sizes of pieces that no network
 * delivers.
 */
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createParser } from 'eventsource-parser';

import type * as ReadCompletion from '../../nodes/minimax/reply/readCompletion.ts';
import { loadBundled } from '../loadBundled.ts';

const MEGABYTES = Number(process.argv[2] ?? 10);
const ROUNDS = 21;
/** Its text stays below what a reply may have, 8 million characters. */
const LONG_STREAM_MEGABYTES = 20;

const { readCompletion } = loadBundled(
	fileURLToPath(new URL('../../nodes/minimax/reply/readCompletion.ts', import.meta.url)),
) as typeof ReadCompletion;

type Row = (pieces: Uint8Array[]) => Promise<number>;

/** The text is looked at, because V8 puts it together only then. */
const rows: Record<string, Row> = {
	bare: (pieces) => parseBare(pieces, (data) => data.length),
	'JSON.parse': (pieces) => parseBare(pieces, (data) => JSON.parse(data).choices.length),
	readCompletion: async (pieces) => (await read(deliver(pieces))).content.indexOf('\0'),
	'with listener': async (pieces) => {
		let length = 0;
		const { content } = await read(deliver(pieces), (text) => {
			length += text.length;
		});
		return length + content.indexOf('\0');
	},
};

const shapes = {
	answer: makeStream((words) => ({ content: words })),
	/** One byte for a character in V8, which makes all that copies cheaper, the bare parser most. */
	'answer in ASCII': makeStream((words) => ({ content: words.replace(/[’“”]/g, "'") })),
	'split thinking, answer': makeStream((words, share) =>
		share < 0.5 ? thinkingDelta(words) : { content: words },
	),
};

const names = Object.keys(rows).map((name) => name.padStart(15));
console.log(`${MEGABYTES} MB in pieces of`.padEnd(38) + names.join(''));
for (const [shape, bytes] of Object.entries(shapes)) {
	for (const size of ['one event', 16_384, 65_536] as const) {
		const { bareMs, ratios } = await measure(cut(bytes, size));
		const cells = [`${bareMs.toFixed(1)} ms`, ...ratios.map((ratio) => `${ratio.toFixed(2)}x`)];
		console.log(
			`${shape.padEnd(26)}${String(size).padStart(12)}` +
				cells.map((cell) => cell.padStart(15)).join(''),
		);
	}
}
await measureMemory(cut(shapes.answer, 65_536));

/** Medians: the bare parser in milliseconds, and how many times as long the others took. */
async function measure(pieces: Uint8Array[]): Promise<{ bareMs: number; ratios: number[] }> {
	const rounds: number[][] = [];
	for (let round = 0; round < ROUNDS; round += 1) {
		const times: number[] = [];
		for (const row of Object.values(rows)) {
			const start = performance.now();
			await row(pieces);
			times.push(performance.now() - start);
		}
		rounds.push(times);
	}
	const [, ...others] = Object.keys(rows);
	const timeOf = (times: number[], at: number) => times[at] ?? NaN;
	return {
		bareMs: median(rounds.map((times) => timeOf(times, 0))),
		ratios: others.map((_, at) =>
			median(rounds.map((times) => timeOf(times, at + 1) / timeOf(times, 0))),
		),
	};
}

/**
 * Reads one long stream, and prints what the heap holds besides the text received, at its most.
 * Most of the bytes are envelopes, so keeping anything of them would show.
 */
async function measureMemory(pieces: Uint8Array[]): Promise<void> {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	let characters = 0;
	const heapMb = () => {
		collectGarbage();
		// The sample's quotation marks make V8 take two bytes for a character.
		return (process.memoryUsage().heapUsed - characters * 2) / 1e6;
	};
	const before = heapMb();
	const growth: number[] = [];
	const turns = Math.ceil(LONG_STREAM_MEGABYTES / MEGABYTES);
	async function* longStream() {
		for (let turn = 0; turn < turns; turn += 1) {
			yield* pieces;
			growth.push(heapMb() - before);
		}
	}
	await read(longStream(), (text) => {
		characters += text.length;
	});
	const [first = NaN] = growth;
	console.log(
		`\n${turns * MEGABYTES} MB read: besides ${((characters * 2) / 1e6).toFixed(0)} MB of text the heap grew by ` +
			`${first.toFixed(1)} MB after the first ${MEGABYTES} MB, ${Math.max(...growth).toFixed(1)} MB at most`,
	);
}

function median(times: number[]): number {
	return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? NaN;
}

async function parseBare(pieces: Uint8Array[], look: (data: string) => number): Promise<number> {
	let seen = 0;
	const decoder = new TextDecoder();
	const parser = createParser({
		onEvent({ data }) {
			seen += look(data);
		},
	});
	for await (const piece of deliver(pieces)) parser.feed(decoder.decode(piece, { stream: true }));
	return seen;
}

async function read(body: AsyncIterable<Uint8Array>, onAnswer?: (text: string) => void) {
	const result = await readCompletion(
		{ status: 200, headers: { 'content-type': 'text/event-stream' }, body },
		{ openerMayBeMissing: false, onAnswer },
	);
	if ('failure' in result) throw new Error(result.failure.cause);
	return result.completion;
}

async function* deliver(pieces: Uint8Array[]) {
	yield* pieces;
}

function thinkingDelta(words: string) {
	return {
		content: '',
		reasoning_content: words,
		reasoning_details: [
			{
				type: 'reasoning.text',
				id: 'reasoning-text-1',
				format: 'MiniMax-response-v1',
				index: 0,
				text: words,
			},
		],
	};
}

/** Chunks of the size and shape that MiniMax sends: some 125 characters of text in 450 bytes. */
function makeStream(delta: (words: string, share: number) => object): Uint8Array {
	const words = [
		'The tide tables of this harbour were kept by hand until the late fifties, and most of the books are still there, stored in a ',
		'dry room above the pilots’ office: “one page a day”, in ink, with the wind in the margin.\n\nWhoever opens them today finds ',
		'- the time of high water,\n- its height in feet,\n- and now and then a "remark" about a ship, a storm or a wedding in the town. ',
	];
	const events: string[] = [];
	let length = 0;
	for (let at = 0; length < MEGABYTES * 1e6; at += 1) {
		const event = makeEvent([
			{
				index: 0,
				delta: {
					...delta(words[at % 3] ?? '', length / (MEGABYTES * 1e6)),
					role: 'assistant',
					name: 'MiniMax AI',
					audio_content: '',
				},
			},
		]);
		events.push(event);
		length += event.length;
	}
	events.push(makeEvent([{ finish_reason: 'stop', index: 0, delta: { content: '.' } }]));
	return new TextEncoder().encode(events.join(''));
}

function makeEvent(choices: object[]): string {
	const chunk = {
		id: '0700000000000000000000000000beef',
		choices,
		created: 1790000000,
		model: 'MiniMax-M2.7',
		object: 'chat.completion.chunk',
		usage: null,
		input_sensitive: false,
		output_sensitive: false,
		input_sensitive_type: 0,
		output_sensitive_type: 0,
		output_sensitive_int: 0,
	};
	return `data: ${JSON.stringify(chunk)}\n\n`;
}

function cut(bytes: Uint8Array, size: number | 'one event'): Uint8Array[] {
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < bytes.length; ) {
		const end = size === 'one event' ? bytes.indexOf(10, at) + 2 : at + size;
		pieces.push(bytes.subarray(at, end));
		at = end;
	}
	return pieces;
}
