/** Choices that a seed decides. */
export interface Random {
	/** A whole number from 0 to below the limit. */
	below(limit: number): number;
	/** True in the given part of all cases. */
	chance(part: number): boolean;
	pick<T>(from: readonly T[]): T;
}

/** The mulberry32 generator: small, and good enough for choices. */
export function seeded(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number): number => Math.floor(next() * limit);
	return {
		below,
		chance: (part) => next() < part,
		pick: (from) => {
			const picked = from[below(from.length)];
			if (picked === undefined) throw new TypeError('There is nothing to pick from');
			return picked;
		},
	};
}
