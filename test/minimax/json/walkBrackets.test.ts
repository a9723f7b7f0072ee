import { walkBrackets } from '../../../nodes/minimax/json/walkBrackets';

/** The depth behind each bracket. */
function depths(text: string, start = 0): number[] {
	const seen: number[] = [];
	walkBrackets(text, start, (depth) => {
		seen.push(depth);
		return false;
	});
	return seen;
}

it.each<[string, number[]]>([
	['{"a": [1, {"b": 2}], "c": []}', [1, 2, 3, 2, 1, 2, 1, 0]],
	['{"a": "}][{", "b": "\\"}"}', [1, 0]],
	['["\\\\"]', [1, 0]],
	['"[" ]', [-1]],
	['"[', []],
	['{(<', [1]],
	['', []],
])('the brackets of %j', (text, expected) => {
	expect(depths(text)).toEqual(expected);
});

it('begins where it is told to', () => {
	expect(depths('[[]', 1)).toEqual([1, 0]);
});

it.each<[string, number, number | null]>([
	['[[1], 2] 3', 0, 8],
	['[[1], 2] 3', 2, 2],
	['{"a": {"b": 1}} x', 2, 7],
	['[1', 0, null],
	['1', 0, null],
])('in %j the depth %d is reached in front of %s', (text, wanted, end) => {
	expect(walkBrackets(text, 0, (depth) => depth === wanted)).toBe(end);
});
