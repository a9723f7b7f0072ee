/** The same bytes in two pieces, cut before each of them in turn. */
export function* cutEverywhere(bytes: Uint8Array): Generator<Uint8Array[]> {
	for (let at = 0; at <= bytes.length; at += 1) yield [bytes.subarray(0, at), bytes.subarray(at)];
}

/** @param size bytes of each piece; the last one may be shorter */
export function cutEvenly(bytes: Uint8Array, size: number): Uint8Array[] {
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
	return pieces;
}

/** Pieces of 0 to `longest` bytes; the same seed gives the same pieces. */
export function cutRandomly(bytes: Uint8Array, seed: number, longest = 40): Uint8Array[] {
	const random = createRandom(seed);
	const pieces: Uint8Array[] = [];
	for (let at = 0; at < bytes.length; ) {
		const size = Math.floor(random() * (longest + 1));
		pieces.push(bytes.subarray(at, at + size));
		at += size;
	}
	return pieces;
}

export async function* deliver(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield* pieces;
}

export function bytesOfText(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** Numbers from 0 up to 1, all following from the seed: a linear congruential generator. */
function createRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}
