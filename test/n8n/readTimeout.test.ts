import { readTimeout } from '../../nodes/n8n/readTimeout';
import { refusal } from '../support/refusal';

it.each<[unknown, number]>([
	[1, 1],
	['250', 250],
	[0.5, 0.5],
	[2 ** 31 - 1, 2 ** 31 - 1],
	[0, 300_000],
	['', 300_000],
	[undefined, 300_000],
	[null, 300_000],
])('%j is %d ms', (value, timeoutMs) => {
	expect(readTimeout(value)).toBe(timeoutMs);
});

it.each([-1, -0.1, 2 ** 31])('%d is refused', (value) => {
	expect(refusal(() => readTimeout(value))).toEqual([
		`'Timeout' is ${value}, but has to be between 0 and 2147483647 milliseconds (24 days)`,
		"Change 'Timeout' under Request Options, or leave it out for 5 minutes of allowed silence.",
	]);
});

it('text that is no number is refused', () => {
	expect(refusal(() => readTimeout('soon'))[0]).toBe("'Timeout' is not a number");
});
