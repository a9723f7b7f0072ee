import type { Failure } from '../../nodes/minimax/failure/failure';

/** What a limit knows of a request that arrives. */
export interface Arrival {
	/** How many requests are being answered. */
	inFlight: number;
	/** What the request and its answer count, for limits on tokens. */
	tokens: number;
}

/**
 * A limit of an API in virtual time; `now` is in milliseconds. Asking `admits` changes nothing that
 * counts, so that a client that asks all the time for nothing finds the best time a limit allows.
 */
export interface Limit {
	admits(now: number, arrival: Arrival): boolean;
	/** Every limit of the API has admitted it. */
	take?(now: number, arrival: Arrival): void;
	/** It was refused, by this limit or another one. */
	refuse?(now: number): void;
	/** Its answer is complete. */
	end?(now: number, arrival: Arrival): void;
	/** What the API says where this limit refuses; a plain 429 where left out. */
	refusal?: Partial<Failure>;
}

/** At most so many in each window; windows start at `phaseMs`, or with the first request. */
export function fixedWindow(most: number, windowMs: number, phaseMs?: number): Limit {
	return countedWindow(most, windowMs, () => 1, 'take', phaseMs);
}

/** At most so many tokens in each minute, counted when a request arrives or when its answer ends. */
export function tokensPerMinute(most: number, counted: 'take' | 'end', phaseMs?: number): Limit {
	return countedWindow(most, 60_000, ({ tokens }) => tokens, counted, phaseMs);
}

function countedWindow(
	most: number,
	windowMs: number,
	weightOf: (arrival: Arrival) => number,
	counted: 'take' | 'end',
	phaseMs?: number,
): Limit {
	let phase = phaseMs;
	let window = -Infinity;
	let count = 0;
	const turn = (now: number) => {
		phase ??= now;
		const current = Math.floor((now - phase) / windowMs);
		if (current !== window) count = 0;
		window = current;
	};
	return {
		admits(now, arrival) {
			if (phase !== undefined) turn(now);
			return count + (counted === 'take' ? weightOf(arrival) : 1) <= most;
		},
		[counted]: (now: number, arrival: Arrival) => {
			turn(now);
			count += weightOf(arrival);
		},
	};
}

/** At most so many in any stretch of the length; requests that are refused count where said so. */
export function slidingWindow(most: number, windowMs: number, refusalsCount = false): Limit {
	const taken: number[] = [];
	const take = (now: number) => void taken.push(now);
	return {
		admits(now) {
			while (taken[0] !== undefined && taken[0] <= now - windowMs) taken.shift();
			return taken.length < most;
		},
		take,
		...(refusalsCount && { refuse: take }),
	};
}

/** A bucket that holds so many and fills at so many a second; with a small one this is GCRA. */
export function tokenBucket(size: number, perSecond: number): Limit {
	let tokens = size;
	let filledAt = 0;
	return {
		admits(now) {
			tokens = Math.min(size, tokens + (Math.max(0, now - filledAt) * perSecond) / 1000);
			filledAt = Math.max(filledAt, now);
			// What ought to be one may be a trifle less.
			return tokens > 1 - 1e-9;
		},
		take() {
			tokens -= 1;
		},
	};
}

export function atMostInFlight(most: number, refusal?: Partial<Failure>): Limit {
	return { admits: (_now, { inFlight }) => inFlight < most, refusal };
}

/** MiniMax 2045: no period may bring more than so many times the one before; a few always may. */
export function growthLimit(factor: number, always: number, periodMs = 1000): Limit {
	let period = 0;
	let before = 0;
	let taken = 0;
	return {
		admits(now) {
			const current = Math.floor(now / periodMs);
			if (current !== period) {
				before = current === period + 1 ? taken : 0;
				taken = 0;
				period = current;
			}
			return taken < Math.max(always, before * factor);
		},
		take() {
			taken += 1;
		},
	};
}

/** The limit holds only between the two times. */
export function between(fromMs: number, toMs: number, limit: Limit): Limit {
	const holds = (now: number) => now >= fromMs && now < toMs;
	return {
		...limit,
		admits: (now, arrival) => !holds(now) || limit.admits(now, arrival),
	};
}

export const nothingPasses: Limit = { admits: () => false };

/** Refuses for the first part of each period. */
export function comesAndGoes(periodMs: number, awayMs: number, refusal: Partial<Failure>): Limit {
	return { admits: (now) => now % periodMs >= awayMs, refusal };
}

/** Refuses by chance. */
export function byChance(chance: number, random: () => number, refusal?: Partial<Failure>): Limit {
	return { admits: () => random() >= chance, refusal };
}

/** Whoever is refused is banned for so long; being refused while banned begins the ban anew. */
export function banning(limit: Limit, banMs: number): Limit {
	let bannedUntil = -Infinity;
	return {
		...limit,
		admits: (now, arrival) => now >= bannedUntil && limit.admits(now, arrival),
		refuse(now) {
			bannedUntil = now + banMs;
		},
	};
}

/** Another client asks the same limit, so often, and takes what it is given. */
export function sharedWithAnother(limit: Limit, everyMs: number): Limit {
	const arrival = { inFlight: 0, tokens: 1 };
	let nextAt = everyMs / 2;
	return {
		...limit,
		admits(now, ours) {
			for (; nextAt <= now; nextAt += everyMs) {
				if (limit.admits(nextAt, arrival)) limit.take?.(nextAt, arrival);
			}
			return limit.admits(now, ours);
		},
	};
}
