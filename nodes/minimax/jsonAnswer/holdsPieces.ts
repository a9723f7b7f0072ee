/** Behind a value: a bracket too many, or a comma or colon behind which the value would go on. */
const GOES_ON =
	/^(?:[\]})]|:(?!\))|,(?:\S|$)|,\s*(?:["'“{[(\d]|-\d|[\w-]+\s*:|(?:true|false|null)\s*(?:,|$)))/;
/** Before a value: a bracket that opens, or a name or an item that the value would belong to. */
const WENT_BEFORE = /(?:[{[(]|(?:^|["'”\]})\d]|\b(?:true|false|null))\s*,|["”'][\]}]?\s*:)$/i;
/** A member outside of any object. */
const MEMBER = /"[^"\n]*"\s*:\s*(?:["'{[\d-]|true\b|false\b|null\b)/;
const LONGEST_EDGE = 200;

/**
 * Whether the words around JSON hold pieces of JSON themselves: members behind an early brace, brackets
 * that close nothing. Then the stretches found are not the whole value.
 *
 * @param prose what stands before, between and behind the stretches
 */
export function holdsPieces(prose: readonly string[]): boolean {
	return prose.some((words, index) => {
		const isBehind = index > 0 && goesOn(words);
		const before = words.trimEnd().slice(-LONGEST_EDGE);
		const isBefore = index < prose.length - 1 && WENT_BEFORE.test(before);
		return isBehind || isBefore || MEMBER.test(words) || closesNothing(words);
	});
}

function closesNothing(words: string): boolean {
	let depth = 0;
	for (const [bracket] of words.matchAll(/[{}[\]]/g)) {
		depth += bracket === '{' || bracket === '[' ? 1 : -1;
		if (depth < 0) return true;
	}
	return false;
}

function goesOn(words: string): boolean {
	return (
		/^(?:[{[]|[ \t]*["“])/.test(words) || GOES_ON.test(words.trimStart().slice(0, LONGEST_EDGE))
	);
}
