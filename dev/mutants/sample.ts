/** So many of them, spread by the seed (mulberry32); all of them where there are no more. */
export function sample<T>(all: readonly T[], count: number, seed: number): T[] {
	let state = seed;
	const random = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const left = [...all];
	const taken: T[] = [];
	while (taken.length < count && left.length > 0) {
		taken.push(...left.splice(Math.floor(random() * left.length), 1));
	}
	return taken;
}
