import { isRecord } from '../../../nodes/minimax/json/isRecord';
import { readIndex, readLabel } from '../../../nodes/minimax/json/readLabel';
import { textOf } from '../../../nodes/minimax/json/textOf';
import { unwrapList } from '../../../nodes/minimax/json/unwrapList';

const circular: Record<string, unknown> = {};
circular.self = circular;

it.each<[unknown, string | null]>([
	['a', 'a'],
	['', ''],
	[7, '7'],
	[0, '0'],
	[true, null],
	[{}, null],
	[null, null],
	[undefined, null],
])('%j is the label %j', (value, label) => {
	expect(readLabel(value)).toBe(label);
});

it.each<[unknown, number | null]>([
	[7, 7],
	[0, 0],
	['7', 7],
	['007', 7],
	['123456789', 123_456_789],
	['1234567890', null],
	['7a', null],
	['a7', null],
	['-7', null],
	['', null],
	[null, null],
	[true, null],
])('%j is the index %j', (value, index) => {
	expect(readIndex(value)).toBe(index);
});

it.each<[unknown, string]>([
	['a', 'a'],
	[7, '7'],
	[false, 'false'],
	[NaN, 'NaN'],
	[null, ''],
	[undefined, ''],
	[{ a: [1] }, '{"a":[1]}'],
	[[], '[]'],
	[new Date(0), '1970-01-01T00:00:00.000Z'],
	[circular, '[object Object]'],
	[Object.assign([], { toJSON: () => circular }), '[object Array]'],
])('the text of %p is %j', (value, text) => {
	expect(textOf(value)).toBe(text);
});

it.each<[unknown, unknown]>([
	[[1], 1],
	[[[1]], [1]],
	[[], []],
	[
		[1, 2],
		[1, 2],
	],
	['a', 'a'],
	[null, null],
])('%j alone is %j', (value, only) => {
	expect(unwrapList(value)).toEqual(only);
});

it.each<[unknown, boolean]>([
	[{}, true],
	[new Date(), true],
	[[], false],
	[null, false],
	['a', false],
	[undefined, false],
])('%p has named fields: %s', (value, has) => {
	expect(isRecord(value)).toBe(has);
});
