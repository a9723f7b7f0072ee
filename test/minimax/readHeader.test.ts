import { readHeader } from '../../nodes/minimax/readHeader';

it.each<[Record<string, unknown>, string | null]>([
	[{ 'retry-after': '7' }, '7'],
	[{ 'Retry-After': ' 7 ' }, '7'],
	[{ 'retry-after': 7 }, '7'],
	[{ 'retry-after': ['7', '8'] }, '7'],
	[{ 'retry-after': [] }, null],
	[{ 'retry-after': ' ' }, null],
	[{ 'retry-after': true }, null],
	[{ 'retry-after': null }, null],
	[{ 'retry-after-ms': '7' }, null],
	[{}, null],
	// An empty one does not stand in the way of one that says something.
	[{ 'Retry-After': '', 'retry-after': '7' }, '7'],
	[{ date: 'today', 'retry-after': '7' }, '7'],
])('in %j it is %j', (headers, value) => {
	expect(readHeader(headers, 'retry-after')).toBe(value);
});
