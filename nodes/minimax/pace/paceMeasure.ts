/** When one request left, and whether the API counted it as far as is known. */
export interface Departure {
	readonly at: number;
	/** Refused or never sent. */
	uncounted: boolean;
}

export interface Stretch {
	/** When its first request left. */
	from: number;
	/** How many the API accepted in it. */
	count: number;
}

/**
 * The stretch up to `end` with the most accepted requests in its time, null if there is none.
 * It is at least a window long and goes back to the last reopening, or two windows if that is more.
 * @param log departures in their order
 */
export function densestStretch(
	log: readonly Departure[],
	end: number,
	windowMs: number,
	openedAt: number,
): Stretch | null {
	let densest: Stretch | null = null;
	let density = 0;
	let count = 0;
	for (let index = log.length - 1; index >= 0; index -= 1) {
		const departure = log[index];
		if (departure === undefined || departure.uncounted || departure.at >= end) continue;
		count += 1;
		const ms = end - departure.at;
		if (ms < windowMs) continue;
		if (count / ms >= density) {
			density = count / ms;
			densest = { from: departure.at, count };
		}
		if (departure.at <= openedAt && ms >= 2 * windowMs) break;
	}
	return densest;
}

/**
 * The roundest length in the range, in milliseconds, or its middle: limits are stated per minute or
 * per second, and what is measured is only when the API last refused and first accepted. Of several
 * the shortest: a rate too high is found out at once, one too low only by trials.
 */
export function roundestLength(shortestMs: number, longestMs: number): number {
	for (const unit of [60_000, 10_000, 1000]) {
		const round = Math.max(1, Math.ceil((shortestMs * 0.98) / unit)) * unit;
		if (round <= longestMs * 1.02) return round;
	}
	return (shortestMs + longestMs) / 2;
}
