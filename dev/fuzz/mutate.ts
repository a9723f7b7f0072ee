import fc from 'fast-check';

/** How one value inside of a reply is changed. */
export interface Mutation {
	/** Chooses the value. */
	place: number;
	change: (value: unknown) => unknown;
}

const JUNK: unknown[] = [
	null,
	true,
	0,
	-1,
	1e308,
	'',
	'x',
	[],
	{},
	[null],
	[[]],
	{ toString: 5, valueOf: 5 },
	{ length: -1 },
];

export const mutation: fc.Arbitrary<Mutation> = fc.record({
	place: fc.nat({ max: 1000 }),
	change: fc.oneof(
		fc.constantFrom(...JUNK).map((junk) => () => junk),
		fc.jsonValue({ maxDepth: 2 }).map((junk) => () => junk),
		fc.constant((value: unknown) => [value, value]),
		fc.constant((value: unknown) => ({ value })),
		fc.constant((value: unknown) => JSON.stringify(value) ?? ''),
		fc.constant(() => nested(2000)),
		fc.constant(() => 'long '.repeat(5000)),
	),
});

/** The value with one of the values inside of it changed. */
export function mutate(given: unknown, { place, change }: Mutation): unknown {
	const count = countValues(given);
	let left = place % count;
	const walk = (value: unknown): unknown => {
		if (left === 0) {
			left = -1;
			return change(value);
		}
		left -= 1;
		if (Array.isArray(value)) return value.map((each) => (left < 0 ? each : walk(each)));
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([name, each]) => [name, left < 0 ? each : walk(each)]),
		);
	};
	return walk(given);
}

function countValues(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 1;
	return Object.values(value).reduce((count: number, each) => count + countValues(each), 1);
}

function nested(levels: number): unknown {
	let value: unknown = 'deep';
	for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { value };
	return value;
}

/** How bytes are changed on their way. */
export interface Damage {
	at: number;
	kind: 'cut' | 'flip' | 'drop' | 'double' | 'insert';
	byte: number;
}

export const damage: fc.Arbitrary<Damage> = fc.record({
	at: fc.nat({ max: 100_000 }),
	kind: fc.constantFrom('cut', 'flip', 'drop', 'double', 'insert'),
	byte: fc.nat({ max: 255 }),
});

export function damageBytes(bytes: Uint8Array, { at, kind, byte }: Damage): Uint8Array {
	const place = bytes.length === 0 ? 0 : at % bytes.length;
	const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
	switch (kind) {
		case 'cut':
			return before;
		case 'drop':
			return Buffer.concat([before, after.subarray(1 + (byte % 20))]);
		case 'double':
			return Buffer.concat([before, after.subarray(0, byte), after]);
		case 'insert':
			return Buffer.concat([before, Uint8Array.of(byte), after]);
		case 'flip':
			return Buffer.concat([
				before,
				Uint8Array.of((after[0] ?? 0) ^ (byte || 1)),
				after.subarray(1),
			]);
	}
}
