import type { FuzzedReply } from './fuzzedReply.ts';

/** Replies without an end, as much of each as a small compressed body stands for. */
export const floods: Readonly<Record<string, FuzzedReply>> = {
	blanks: flood('application/json', '', ' '.repeat(65_536)),
	'blanks in JSON': flood('application/json', '{', ' '.repeat(65_536)),
	'a JSON text': flood(
		'application/json',
		'{"choices":[{"message":{"content":"',
		'x'.repeat(65_536),
	),
	'an error page': flood('text/html', '<html>', '<h1'.repeat(20_000)),
	'one event': flood('text/event-stream', 'data: ', 'x'.repeat(65_536)),
	comments: flood('text/event-stream', '', ': ping\n\n'.repeat(8192)),
	content: flood('text/event-stream', '', chunk({ content: '\u4e2d'.repeat(20_000) })),
	thinking: flood('text/event-stream', '', chunk({ reasoning_content: 'so '.repeat(20_000) })),
	'empty chunks': flood('text/event-stream', '', chunk({ content: '' }).repeat(500)),
	'tool calls': countedFlood((at) =>
		chunk({ tool_calls: [{ index: at, id: `c${at}`, function: { name: 'f', arguments: '{}' } }] }),
	),
	'pieces of thinking': countedFlood((at) =>
		chunk({ reasoning_details: [{ id: `r${at}`, index: at, text: '' }] }),
	),
	'fields of the envelope': countedFlood(
		(at) => `data: {"f${at}":"${'v'.repeat(200)}","choices":[]}\n\n`,
	),
	'a field that grows': countedFlood(
		(at) => `data: {"x":"${'v'.repeat(100 * (at % 5000))}","choices":[]}\n\n`,
	),
};

function chunk(delta: object): string {
	return `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta }] })}\n\n`;
}

function flood(type: string, before: string, piece: string): FuzzedReply {
	const bytes = new TextEncoder().encode(piece);
	return endless(type, function* () {
		yield new TextEncoder().encode(before);
		for (;;) yield bytes;
	});
}

function countedFlood(write: (at: number) => string): FuzzedReply {
	return endless('text/event-stream', function* () {
		for (let at = 0; ; at += 1) yield new TextEncoder().encode(write(at));
	});
}

function endless(type: string, bytes: () => Iterable<Uint8Array>): FuzzedReply {
	return {
		status: 200,
		headers: { 'content-type': type },
		bytes,
		pieces: [],
		ending: 'end',
		openerMayBeMissing: false,
		alwaysThinks: false,
		whole: null,
	};
}
