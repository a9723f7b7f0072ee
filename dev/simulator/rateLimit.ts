import type { RateLimit } from './settings.ts';

/** Counts requests per key in fixed or sliding windows; refused requests do not count. */
export class RateLimiter {
	/** Times of the admitted requests, oldest first. */
	readonly #admitted = new Map<string, number[]>();

	/** @param now milliseconds */
	admits(key: string, limit: RateLimit, now: number): boolean {
		let times = this.#admitted.get(key) ?? [];
		const [first] = times;
		if (limit.kind === 'fixed') {
			if (first !== undefined && now - first >= limit.windowMs) times = [];
		} else {
			times = times.filter((time) => now - time < limit.windowMs);
		}
		const admitted = times.length < limit.requests;
		if (admitted) times.push(now);
		this.#admitted.set(key, times);
		return admitted;
	}

	reset(): void {
		this.#admitted.clear();
	}
}
