import { TooLongError } from '../../../nodes/minimax/reply/classifyInterruption';
import { watchBytes } from '../../../nodes/minimax/reply/watchBytes';
import type { SilenceWatch } from '../../../nodes/minimax/reply/watchSilence';
import { bytesOfText, deliver } from '../../support/cutBytes';

/** A watch that notes what it is told, and lets every wait be. */
function noteSilence() {
	const heard: string[] = [];
	const silence: SilenceWatch = {
		async wait(promise) {
			heard.push('wait');
			return await promise;
		},
		moved: () => heard.push('moved'),
		hurry: () => heard.push('hurry'),
		end: () => heard.push('end'),
	};
	return { heard, silence };
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<string> {
	let text = '';
	for await (const piece of bytes) text += new TextDecoder().decode(piece);
	return text;
}

/** Pieces of so many bytes without end; they take no room, as they are one and the same. */
function endless(size: number) {
	const state = { given: 0, isClosed: false };
	const value = new Uint8Array(size);
	const source: AsyncIterable<Uint8Array> = {
		[Symbol.asyncIterator]: () => ({
			async next() {
				state.given += 1;
				return { done: false as const, value };
			},
			async return() {
				state.isClosed = true;
				return { done: true as const, value: undefined };
			},
		}),
	};
	return { source, state };
}

const MB = 1024 * 1024;

it('passes the bytes on, and ends the waiting with them', async () => {
	const { heard, silence } = noteSilence();
	const watched = watchBytes(deliver([bytesOfText('Os'), bytesOfText('lo')]), silence);
	expect(await readAll(watched.bytes)).toBe('Oslo');
	expect(heard).toEqual(['wait', 'wait', 'wait', 'end']);
	expect(watched.interruption()).toBeNull();
});

it('needs nobody who watches', async () => {
	const watched = watchBytes(deliver([bytesOfText('Oslo')]));
	watched.moved();
	expect(await readAll(watched.bytes)).toBe('Oslo');
});

it('tells the watch what moves on', () => {
	const { heard, silence } = noteSilence();
	watchBytes(deliver([]), silence).moved();
	expect(heard).toEqual(['moved']);
});

it.each([
	['with a watch', noteSilence().silence],
	['without one', undefined],
])('ends where the connection broke off, and says with what: %s', async (_what, silence) => {
	const reset = new Error('read ECONNRESET');
	async function* source() {
		yield bytesOfText('Os');
		throw reset;
	}
	const watched = watchBytes(source(), silence);
	const iterator = watched.bytes[Symbol.asyncIterator]();
	expect((await iterator.next()).done).toBe(false);
	expect(watched.interruption()).toBeNull();
	expect(await iterator.next()).toEqual({ done: true, value: undefined });
	expect(watched.interruption()).toEqual({ error: reset });
	// It is over, whoever asks.
	expect(await iterator.next()).toEqual({ done: true, value: undefined });
});

it('lets a cancellation through', async () => {
	const cancelled = Object.assign(new Error('canceled'), { code: 'ERR_CANCELED' });
	async function* source(): AsyncGenerator<Uint8Array> {
		yield bytesOfText('Os');
		throw cancelled;
	}
	const watched = watchBytes(source());
	await expect(readAll(watched.bytes)).rejects.toBe(cancelled);
	expect(watched.interruption()).toBeNull();
});

it('closes what it reads when its reader leaves', async () => {
	const { heard, silence } = noteSilence();
	const { source, state } = endless(4);
	for await (const piece of watchBytes(source, silence).bytes) if (piece.length === 4) break;
	expect(state).toEqual({ given: 1, isClosed: true });
	expect(heard).toEqual(['wait', 'end']);
});

it('leaves what cannot be closed', async () => {
	const source: AsyncIterable<Uint8Array> = {
		[Symbol.asyncIterator]: () => ({
			next: async () => ({ done: false as const, value: new Uint8Array(1) }),
		}),
	};
	const iterator = watchBytes(source).bytes[Symbol.asyncIterator]();
	expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
});

it.each([
	['64 MB of which nothing moves on', 64, false],
	['512 MB in all', 512, true],
])('takes %s and no more', async (_what, most, moves) => {
	const { source, state } = endless(MB);
	const watched = watchBytes(source);
	let taken = 0;
	for await (const piece of watched.bytes) {
		taken += piece.length;
		if (moves) watched.moved();
	}
	expect(taken).toBe((most + 1) * MB);
	expect(state).toEqual({ given: most + 1, isClosed: true });
	expect(watched.interruption()?.error).toBeInstanceOf(TooLongError);
});
