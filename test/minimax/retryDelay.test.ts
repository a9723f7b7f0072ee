import { retryDelay } from '../../nodes/minimax/retryDelay';

test('doubles up to 15 s, of which the second half is random', () => {
	const attempts = [1, 2, 3, 4, 5, 6, 60];
	expect(attempts.map((attempt) => retryDelay(attempt, null, () => 0))).toEqual([
		250, 500, 1000, 2000, 4000, 7500, 7500,
	]);
	expect(attempts.map((attempt) => retryDelay(attempt, null, () => 1))).toEqual([
		500, 1000, 2000, 4000, 8000, 15_000, 15_000,
	]);
});

test('never sooner than the API asks, within ten minutes', () => {
	expect(retryDelay(1, 3000, () => 0)).toBe(3000);
	expect(retryDelay(1, 0, () => 0)).toBe(250);
	expect(retryDelay(1, -5, () => 0)).toBe(250);
	expect(retryDelay(1, 86_400_000, () => 0)).toBe(600_000);
});
