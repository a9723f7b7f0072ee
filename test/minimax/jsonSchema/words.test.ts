import {
	article,
	count,
	pathInWords,
	quote,
	show,
	typeOf,
} from '../../../nodes/minimax/jsonSchema/words';

it.each<[Array<string | number>, string]>([
	[[], 'the whole value'],
	[['a'], 'a'],
	[['prices', 0, 'amount'], 'prices[0].amount'],
	[[1, 'a', 'b'], '[1].a.b'],
])('the place %j', (path, words) => {
	expect(pathInWords(path)).toBe(words);
});

it.each<[unknown, string, string, string]>([
	['a', 'string', 'the text "a"', '"a"'],
	[1.5, 'number', '1.5', '1.5'],
	[true, 'boolean', 'true', 'true'],
	[null, 'null', 'null', 'null'],
	[[1], 'array', 'a list', '[1]'],
	[{ b: 1, a: 2 }, 'object', 'an object', '{"a":2,"b":1}'],
])('the value %j', (value, type, quoted, shown) => {
	expect([typeOf(value), quote(value), show(value)]).toEqual([type, quoted, shown]);
});

it('the types, and how many there are of something', () => {
	expect(article('integer')).toBe('a whole number');
	expect(article('other')).toBe('other');
	expect([0, 1, 2].map((number) => count(number, 'item'))).toEqual([
		'0 items',
		'1 item',
		'2 items',
	]);
});
