import { setImmediate as nextTurn } from 'node:timers/promises';
import { writeBaseResp, writeError } from './dialects/writeError.ts';
import type { Draft } from './draft.ts';
import type { Cut, Exchange } from './exchange.ts';
import { seededRandom } from './random.ts';
import { Rejection } from './rejection.ts';
import { replyHeaders, sendRejection, sendText } from './sendReply.ts';
import type { Fault, SimulatorSettings } from './settings.ts';
import { type Frame, writeEvent } from './writeFrames.ts';

/** Collects what goes out at once up to this many characters, to spare writes. */
const batchCharacters = 65_536;
/**
 * A reset throws away what the client has not read yet, so give it the time to read; and turns of the
 * event loop to a client in this process, which may have slept through that time on a busy machine.
 */
const readBeforeReset = { ms: 30, turns: 50 };

/** Sends events at the pace of the settings. */
export async function streamReply(
	exchange: Exchange,
	draft: Draft,
	frames: Iterable<Frame>,
	fault: Fault | null,
): Promise<void> {
	const { settings } = draft;
	if (!(await exchange.wait(settings.latencyMs))) return;
	const headers = replyHeaders(
		exchange,
		settings.mode,
		draft.id,
		'text/event-stream; charset=utf-8',
	);
	exchange.start(200, { ...headers, 'Cache-Control': 'no-cache', ...settings.headers });
	if (fault === null) return sendFrames(exchange, settings, frames, true);
	const all = [...frames];
	const kept = all.slice(0, fault.afterChunks ?? Math.floor(all.length / 2));
	await sendFrames(exchange, settings, kept, false);
	await breakOff(exchange, draft, fault, (text) => writeEvent(text, settings));
}

async function sendFrames(
	exchange: Exchange,
	settings: SimulatorSettings,
	frames: Iterable<Frame>,
	ends: boolean,
): Promise<void> {
	const nextCut = nextWrite(settings);
	const msPerToken = settings.tokensPerSecond > 0 ? 1000 / settings.tokensPerSecond : 0;
	let due = performance.now();
	let batch = '';
	for (const { text, tokens } of frames) {
		if (msPerToken > 0 && tokens > 0) {
			if (batch !== '' && !(await exchange.write(batch, nextCut))) return;
			batch = '';
			due += tokens * msPerToken;
			if (!(await exchange.wait(due - performance.now()))) return;
		}
		batch += text;
		if (batch.length >= batchCharacters) {
			if (!(await exchange.write(batch, nextCut))) return;
			batch = '';
		}
	}
	if (ends && !nextCut) return exchange.end(batch);
	if (batch !== '') await exchange.write(batch, nextCut);
	if (ends) exchange.end();
}

/** How the bytes are cut, or undefined when they are not. */
export function nextWrite({
	writeBytes,
	delayedBytes,
	seed,
}: SimulatorSettings): (() => Cut) | undefined {
	const random = seededRandom(seed);
	if (delayedBytes !== null) {
		const { share, ms } = delayedBytes;
		// How many bytes pass until one is late, if each is with the same chance.
		const bytesUntilLate = () => Math.ceil(Math.log(1 - random()) / Math.log(1 - share));
		return () => ({ bytes: bytesUntilLate(), pauseMs: ms });
	}
	if (writeBytes === 0) return undefined;
	if (writeBytes !== 'random') return () => ({ bytes: writeBytes, pauseMs: 0 });
	return () => ({ bytes: 1 + Math.floor(random() * 64), pauseMs: 0 });
}

/** Ends a reply of which a part is out. */
async function breakOff(
	exchange: Exchange,
	draft: Draft,
	fault: Fault,
	write: (text: string) => string,
): Promise<void> {
	const { mode } = draft.settings;
	const rejection = new Rejection(fault.message, { ...fault, code: fault.code ?? 1000 });
	switch (fault.stream) {
		case 'reset':
			if (!(await exchange.wait(readBeforeReset.ms))) return;
			for (let turn = 0; turn < readBeforeReset.turns; turn += 1) await nextTurn();
			return exchange.reset();
		case 'stall':
			await exchange.wait(Infinity);
			return;
		case 'error':
			return exchange.end(write(JSON.stringify(writeError(mode, rejection, draft.id))));
		case 'base-resp': {
			const { code, message } = rejection;
			const frame = { id: draft.id, choices: null, ...writeBaseResp(code, message) };
			return exchange.end(write(JSON.stringify(frame)));
		}
		case 'malformed':
			return exchange.end(write(`{"id":"${draft.id}","choices":[{"ind`));
		default:
			return exchange.end();
	}
}

/** The same for a reply in one piece: an error in the place of it, or half of its text. */
export async function sendBrokenJson(
	exchange: Exchange,
	draft: Draft,
	text: string,
	fault: Fault,
): Promise<void> {
	const { mode } = draft.settings;
	const rejection = new Rejection(fault.message, { ...fault, code: fault.code ?? 1000 });
	if (fault.stream === 'error') return sendRejection(exchange, mode, rejection);
	const headers = replyHeaders(exchange, mode, draft.id, 'application/json; charset=utf-8');
	if (fault.stream === 'base-resp') {
		const body = writeBaseResp(rejection.code, rejection.message);
		return sendText(exchange, 200, headers, JSON.stringify(body));
	}
	exchange.start(200, headers);
	await exchange.write(text.slice(0, text.length / 2));
	await breakOff(exchange, draft, { ...fault, stream: cutOnly(fault.stream) }, (rest) => rest);
}

/** Half a JSON text is malformed by itself. */
function cutOnly(stream: Fault['stream']): Fault['stream'] {
	return stream === 'malformed' ? 'end' : stream;
}
