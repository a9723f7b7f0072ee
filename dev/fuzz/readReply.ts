import type * as CoreModule from './core.ts';
import { KEY, type FuzzedReply } from './fuzzedReply.ts';

export type Core = typeof CoreModule;

type ReadResult = Awaited<ReturnType<Core['readCompletion']>>;

/** What became of a reply. */
export interface Outcome {
	result: ReadResult | null;
	/** What was thrown; nothing may be. */
	thrown: unknown;
	/** What the listener got. */
	heard: string;
	/** Whether the reading ended at all: within the timeout, and at once where nothing was waited for. */
	hasEnded: boolean;
	/** Bytes that were asked for. */
	taken: number;
	milliseconds: number;
}

const TIMEOUT_MS = 300_000;
/** Turns of the event loop after which nothing more happens by itself. */
const QUIET_TURNS = 3;

/** Reads a reply as the nodes do, in virtual time. */
export async function readReply(
	core: Core,
	given: FuzzedReply,
	pieces: number[] = given.pieces,
): Promise<Outcome> {
	const timer = new ManualTimer();
	const state = { heard: '', taken: 0, isOver: false };
	const silence = core.watchSilence({ timeoutMs: TIMEOUT_MS, timer, hangUp: () => {} });
	const start = performance.now();
	const reading = core
		.readCompletion(
			{ status: given.status, headers: given.headers, body: deliver(given, pieces, state) },
			{
				openerMayBeMissing: given.openerMayBeMissing,
				alwaysThinks: given.alwaysThinks,
				secrets: [KEY],
				silence,
				onAnswer: (text) => {
					state.heard += text;
				},
			},
		)
		.then(
			(result) => ({ result, thrown: undefined }),
			(thrown: unknown) => ({ result: null, thrown }),
		);
	void reading.then(() => {
		state.isOver = true;
	});
	const hasEnded = await runToEnd(timer, state);
	const outcome = hasEnded ? await reading : { result: null, thrown: undefined };
	return {
		...outcome,
		hasEnded,
		heard: state.heard,
		taken: state.taken,
		milliseconds: performance.now() - start,
	};
}

/** Lets time pass only when nothing else happens any more; twice the timeout in all. */
async function runToEnd(
	timer: ManualTimer,
	state: { isOver: boolean; taken: number },
): Promise<boolean> {
	for (let passed = 0; passed < 2; passed += 1) {
		let quiet = 0;
		for (let taken = -1; !state.isOver && quiet < QUIET_TURNS; ) {
			await new Promise((resolve) => setImmediate(resolve));
			quiet = state.taken === taken ? quiet + 1 : 0;
			taken = state.taken;
		}
		if (state.isOver) return true;
		timer.pass(TIMEOUT_MS);
	}
	await new Promise((resolve) => setImmediate(resolve));
	return state.isOver;
}

async function* deliver(
	{ bytes, ending }: FuzzedReply,
	pieces: number[],
	state: { taken: number },
): AsyncGenerator<Uint8Array> {
	for (const piece of bytes instanceof Uint8Array ? cut(bytes, pieces) : bytes()) {
		state.taken += piece.length;
		yield piece;
	}
	if (ending === 'reset') throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
	if (ending === 'silence') await new Promise(() => {});
}

function* cut(bytes: Uint8Array, pieces: number[]): Generator<Uint8Array> {
	for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
		const size = pieces[turn % pieces.length] ?? bytes.length;
		yield bytes.subarray(at, at + size);
		at += size;
	}
}

/** Time that passes when it is told to. */
class ManualTimer {
	#now = 0;
	readonly #sleepers = new Set<{ until: number; wake: () => void }>();

	now(): number {
		return this.#now;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const sleeper = { until: this.#now + ms, wake: resolve };
			this.#sleepers.add(sleeper);
			signal?.addEventListener('abort', () => {
				this.#sleepers.delete(sleeper);
				reject(new Error('aborted'));
			});
		});
	}

	pass(ms: number): void {
		this.#now += ms;
		for (const sleeper of this.#sleepers) {
			if (sleeper.until > this.#now) continue;
			this.#sleepers.delete(sleeper);
			sleeper.wake();
		}
	}
}
