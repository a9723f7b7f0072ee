import { RateLimiter } from '../../../dev/simulator/rateLimit.ts';

function admitted(kind: 'fixed' | 'sliding', times: number[]): boolean[] {
	const limiter = new RateLimiter();
	return times.map((time) => limiter.admits('key', { kind, requests: 2, windowMs: 1000 }, time));
}

test('a fixed window opens with its first request', () => {
	expect(admitted('fixed', [100, 1050, 1099, 1100, 1101, 1102])).toEqual([
		true,
		true,
		false,
		true,
		true,
		false,
	]);
});

test('a sliding window counts the last second; refused requests do not count', () => {
	expect(admitted('sliding', [100, 900, 1000, 1100, 1101, 1899, 1900])).toEqual([
		true,
		true,
		false,
		true,
		false,
		false,
		true,
	]);
});

test('keys have windows of their own', () => {
	const limiter = new RateLimiter();
	const limit = { kind: 'fixed', requests: 1, windowMs: 1000 } as const;
	expect([
		limiter.admits('a', limit, 0),
		limiter.admits('b', limit, 0),
		limiter.admits('a', limit, 1),
	]).toEqual([true, true, false]);
});
