/** What is remembered of one request in flight. */
export interface Flight {
	/** How many others were in flight when it left. */
	readonly ahead: number;
	/** How many had been refused in all when it left. */
	readonly refusedBefore: number;
}

/** A usual batch at once; MiniMax was seen to serve 20 side by side without delay. */
const FIRST_LIMIT = 50;
const HIGHEST_LIMIT = 500;
/** One more every so often: answers of equal length end all at once, and so would the growth. */
const GROWTH_MS = 20;
const LOWEST_LIMIT = 4;
const MOST_ROUND_TRIPS = 32;

/**
 * Learns how many requests the API takes at a time.
 *
 * Starts at 50. While the limit is what holds requests back it grows by fifty a second, towards a
 * goal that each success moves on by three (fourfold in a round trip), by one after a refusal.
 * A refusal with as many in flight as were ever fine may mean a ceiling (MiniMax 1041): that many
 * are the limit then. After a round trip one more is tried, then two, four … more; each trial
 * refused doubles the time to the next. A refusal with fewer in flight has another reason.
 * An overload halves the limit. While nothing was ever accepted and all was refused, it is 4.
 */
export class PaceInFlight {
	private limit = FIRST_LIMIT;
	private goal = FIRST_LIMIT;
	private grownAt = 0;
	/** The limit that was fine before the trial under way; infinite while no ceiling is known. */
	private proven = Infinity;
	private before = FIRST_LIMIT;
	private mostAccepted = 0;
	private refused = 0;
	private throttled = false;
	private accepted = false;
	private successes = 0;
	private roundTrips = 1;

	/** Milliseconds the next request has to wait: 0, or Infinity where only an answer makes room. */
	waitMs(inFlight: number, now: number): number {
		if (inFlight < this.limit) return 0;
		if (this.limit >= this.goal) return Infinity;
		if (this.grownAt < now - 2 * GROWTH_MS) this.grownAt = now;
		if (now < this.grownAt + GROWTH_MS) return this.grownAt + GROWTH_MS - now;
		this.grownAt = now;
		this.limit += 1;
		return this.waitMs(inFlight, now);
	}

	/** Takes down that a request leaves while so many are in flight. */
	depart(inFlight: number): Flight {
		if (inFlight === 0 && this.refused > 0 && !this.accepted) this.startSmall();
		return { ahead: inFlight, refusedBefore: this.refused };
	}

	/**
	 * The API took it.
	 * @param full whether requests wait for the limit
	 */
	accept(flight: Flight, full: boolean): void {
		this.accepted = true;
		this.mostAccepted = Math.max(this.mostAccepted, this.reallyAhead(flight) + 1);
		if (this.proven === Infinity) {
			if (full) this.goal = Math.min(this.goal + (this.throttled ? 1 : 3), HIGHEST_LIMIT);
			return;
		}
		if (!full) return;
		this.successes += 1;
		if (this.successes < this.limit * this.roundTrips) return;
		this.successes = 0;
		if (this.limit > this.proven) this.proven = Infinity;
		else this.goal = Math.min(this.limit + 1, HIGHEST_LIMIT);
	}

	/**
	 * The API refused it, for the rate as it says.
	 * @param begins false when requests that left with it were refused before
	 * @returns true when a trial of more in flight explains the refusal, so that nothing need wait
	 */
	refuse(flight: Flight, begins: boolean): boolean {
		const ahead = Math.max(1, this.reallyAhead(flight));
		this.refused += 1;
		this.throttled = true;
		if (this.limit > this.proven && ahead >= this.proven) {
			this.roundTrips = Math.min(MOST_ROUND_TRIPS, this.roundTrips * 2);
			this.setCeiling(this.proven);
			return true;
		}
		if (begins && ahead >= this.mostAccepted) {
			this.roundTrips = 1;
			this.before = this.limit;
			this.setCeiling(ahead);
		} else if (begins) {
			this.mostAccepted = ahead;
		} else if (ahead < this.proven / 2 && this.proven !== Infinity) {
			this.limit = this.before;
			this.goal = this.before;
			this.proven = Infinity;
		}
		return false;
	}

	private setCeiling(ceiling: number): void {
		this.limit = ceiling;
		this.goal = ceiling;
		this.proven = ceiling;
		this.mostAccepted = ceiling;
		this.successes = 0;
	}

	/** The API is full of others' requests: fifty at once would only be refused, or push theirs out. */
	private startSmall(): void {
		this.setCeiling(LOWEST_LIMIT);
		this.proven = Infinity;
		this.throttled = false;
	}

	/** The API is overloaded. */
	shrink(): void {
		this.throttled = true;
		this.limit = Math.max(Math.min(this.limit, LOWEST_LIMIT), Math.ceil(this.limit / 2));
		this.goal = this.limit;
	}

	/** Those ahead that were refused since did not occupy the API. */
	private reallyAhead(flight: Flight): number {
		return flight.ahead - (this.refused - flight.refusedBefore);
	}
}
