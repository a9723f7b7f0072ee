import { readCount } from '../../nodes/n8n/readCount';
import { refusal } from '../support/refusal';

const read = (value: unknown) => readCount(value, 'Max Retries', 5);

it.each<[unknown, number]>([
	[0, 0],
	[3, 3],
	['3', 3],
	[' 12\n', 12],
	['0', 0],
	['2.0', 2],
	[undefined, 5],
	[null, 5],
	['', 5],
	['  ', 5],
])('%j is %i', (value, count) => {
	expect(read(value)).toBe(count);
});

it.each<[unknown, string]>([
	[2.5, '2.5'],
	['2.5', '2.5'],
	[-1, '-1'],
	['-3', '-3'],
])('%j is no count', (value, shown) => {
	expect(refusal(() => read(value))).toEqual([
		`'Max Retries' is ${shown}, but has to be a whole number of at least 0`,
		"Set 'Max Retries' to 0, 1, 2 and so on, or remove it for 5.",
	]);
});

it.each<[unknown]>([['many'], [true], [{}], [[3]], [NaN], ['Infinity']])(
	'%j is no number, and is not quoted',
	(value) => {
		expect(refusal(() => read(value))).toEqual([
			"'Max Retries' is not a number",
			"Give a whole number, or check that the expression in 'Max Retries' gives one for this item.",
		]);
	},
);
