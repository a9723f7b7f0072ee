/**
 * What reading a stream costs beside bare eventsource-parser, all in one run.
 *
 *   node dev/bench/parser.ts [megabytes]
 *
 * The first row decodes the bytes and splits them into events and does nothing with them, so it is the
 * floor of everything that uses eventsource-parser. What would make it lie: other load on the machine
 * (rows take turns, and medians are shown), and sizes of pieces that no network delivers.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { createParser } from 'eventsource-parser';

import type * as ReadCompletion from '../../nodes/minimax/readCompletion.ts';

const MEGABYTES = Number(process.argv[2] ?? 10);
const ROUNDS = 21;

const { readCompletion } = loadCore();

type Row = (pieces: Uint8Array[]) => Promise<number>;

const rows: Record<string, Row> = {
	'bare eventsource-parser': (pieces) => parseBare(pieces, (data) => data.length),
	'+ JSON.parse of each event': (pieces) =>
		parseBare(pieces, (data) => JSON.parse(data).choices.length),
	'readCompletion, the whole way': async (pieces) => (await read(pieces)).content.length,
	'readCompletion with a listener': async (pieces) => {
		let length = 0;
		await read(pieces, (text) => {
			length += text.length;
		});
		return length;
	},
};

for (const { name, bytes } of [
	{ name: 'an answer', bytes: makeStream((words) => ({ content: words })) },
	{
		name: 'thinking in a field of its own, then an answer',
		bytes: makeStream((words, share) => (share < 0.5 ? thinkingDelta(words) : { content: words })),
	},
]) {
	for (const size of ['one event', 16_384, 65_536] as const) {
		const pieces = cut(bytes, size);
		const medians = await measure(pieces);
		const floor = medians.get('bare eventsource-parser') ?? NaN;
		console.log(`\n${name}: ${(bytes.length / 1e6).toFixed(1)} MB in pieces of ${size}`);
		for (const [row, median] of medians) {
			const ratio = (median / floor).toFixed(2);
			console.log(`  ${row.padEnd(32)}${median.toFixed(1).padStart(8)} ms ${ratio.padStart(7)}x`);
		}
	}
}

async function measure(pieces: Uint8Array[]): Promise<Map<string, number>> {
	const times = new Map<string, number[]>();
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const [name, row] of Object.entries(rows)) {
			const start = performance.now();
			await row(pieces);
			times.set(name, [...(times.get(name) ?? []), performance.now() - start]);
		}
	}
	return new Map([...times].map(([name, all]) => [name, median(all)]));
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

function read(pieces: Uint8Array[], onAnswer?: (text: string) => void) {
	return readCompletion(
		{ status: 200, headers: { 'content-type': 'text/event-stream' }, body: deliver(pieces) },
		{
			openerMayBeMissing: false,
			onAnswer,
			describe: { region: 'international', model: 'MiniMax-M2.7' },
		},
	);
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

/** Node.js runs no TypeScript whose imports lack file names, so the core is bundled as for n8n. */
function loadCore(): typeof ReadCompletion {
	const { outputFiles } = buildSync({
		entryPoints: [fileURLToPath(new URL('../../nodes/minimax/readCompletion.ts', import.meta.url))],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
	});
	const loaded = { exports: {} };
	new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
		loaded,
		loaded.exports,
		createRequire(import.meta.url),
	);
	return loaded.exports as typeof ReadCompletion;
}
