import { endsIn, type QuoteKind, type ReadString } from './readString';

/** Why the strings of an object or list can be read in two ways, seen together; null where they cannot. */
export function findDoubt(strings: ReadString[]): string | null {
	// `\d` says that backslashes stand for themselves, and then `\n` may be one and an n.
	if (strings.some((one) => one.hasBareBackslashes) && strings.some((one) => one.hasEscapes)) {
		return 'The JSON in the answer has backslashes that can be read in two ways';
	}
	return haveRunOver(strings)
		? 'The JSON in the answer has quotes that can be read in two ways'
		: null;
}

/**
 * Whether one text may be several whose quotes got mixed up: in `{'a": 1, "b': 2}` the only text in single
 * quotes would be `a": 1, "b`. Python writes double quotes around a text with an apostrophe.
 */
function haveRunOver(strings: ReadString[]): boolean {
	/** Kinds of quotes that texts stand in, and those that stand around texts without such ends. */
	const used = new Set<QuoteKind>();
	const sure = new Set<QuoteKind>();
	const unsure: Array<{ kind: QuoteKind; ends: QuoteKind[] }> = [];
	for (const one of strings) {
		const ends = endsIn(one);
		if (!one.written.includes("'")) used.add(one.kind);
		if (ends.length === 0) sure.add(one.kind);
		else unsure.push({ kind: one.kind, ends });
	}
	return unsure.some(
		({ kind, ends }) => ends.some((end) => used.has(end)) || (kind !== 'double' && !sure.has(kind)),
	);
}
