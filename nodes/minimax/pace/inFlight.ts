import type { Departure } from './gate';

const FIRST_LIMIT = 50;
const HIGHEST_LIMIT = 1000;
/**
 * The first requests of all: so many leave at once, and a moment later it shows how many wait. If no more
 * than 50, they go; of more, one in so many milliseconds, so that few are refused where the limit is low.
 */
const FIRST_AT_ONCE = 10;
const FIRST_LOOK_MS = 4;
const FIRST_GAP_MS = 3;
/** Most acceptances between two trials of one more under a ceiling. */
const LONGEST_PAUSE = 80;

/**
 * Decides how many requests may be in flight, from refusals that have to do with their number.
 *
 * It starts at 50 and grows by one with each acceptance while it is what holds requests back: twofold in
 * a round trip. MiniMax names a ceiling (1041): as many as were in flight then are the limit. A plain 429
 * may mean one, too: it does if room comes once a request has ended, and not if it comes before, or if
 * the end of one makes none. Under a ceiling one more is tried after a round trip; a trial that is
 * refused doubles the time to the next.
 */
export class InFlight {
	count = 0;
	private limit = FIRST_LIMIT;
	/** The limit that was fine before the trial under way; infinite while no ceiling is known. */
	private proven = Infinity;
	/** What may be a ceiling, while the gate is closed. */
	private suspected: number | null = null;
	private refused = 0;
	private started = 0;
	private startedAt = 0;
	private successes = 0;
	private pause = 1;

	get isFull(): boolean {
		return this.count >= this.limit;
	}

	/** Milliseconds the next of those who wait has to, where there is room for it. */
	waitMs(now: number, waiting: number): number {
		const early = this.started - FIRST_AT_ONCE;
		if (early < 0 || this.started >= FIRST_LIMIT) return 0;
		const gaps = this.started + waiting <= FIRST_LIMIT ? 0 : early * FIRST_GAP_MS;
		return Math.max(0, this.startedAt + FIRST_LOOK_MS + gaps - now);
	}

	depart(at: number): Departure {
		if (this.started === 0) this.startedAt = at;
		this.started += 1;
		this.count += 1;
		return { at, ahead: this.count - 1, refusedBefore: this.refused, isUncounted: false };
	}

	/** One was accepted while others wait because the limit is reached. */
	growBySuccess(): void {
		if (this.proven === Infinity) {
			this.limit = Math.min(this.limit + 1, HIGHEST_LIMIT);
			return;
		}
		this.successes += 1;
		const isTrial = this.limit > this.proven;
		const pause = this.limit * (isTrial ? 1 : this.pause);
		if (this.successes < Math.min(pause, this.limit + LONGEST_PAUSE)) return;
		if (isTrial) this.setCeiling(this.limit, 1);
		this.successes = 0;
		this.limit = Math.min(this.proven + 1, HIGHEST_LIMIT);
	}

	/**
	 * @param isCeiling whether the API says that too many are in flight
	 * @returns whether their number explains the refusal, so that only an end makes room
	 */
	refuse(departure: Departure, isCeiling: boolean): boolean {
		const ahead = this.reallyAhead(departure);
		this.refused += 1;
		if (this.limit > this.proven && ahead >= this.proven) {
			this.setCeiling(this.proven, this.pause * 2);
			return true;
		}
		if (!isCeiling || ahead < 1) return false;
		if (ahead < this.limit) this.setCeiling(ahead, 1);
		return true;
	}

	/** The refusal that closed the gate may mean a ceiling: as many as are left when all have come. */
	suspect(): void {
		this.suspected = this.count - 1;
	}

	/** One more was refused behind the closed gate. */
	refuseMore(departure: Departure, isProbe: boolean): void {
		if (this.suspected === null) return;
		if (!isProbe) this.suspected -= 1;
		// It had left after the end of another one, and found no room all the same.
		else if (this.reallyAhead(departure) + 1 < this.suspected) this.suspected = null;
	}

	/** The gate has opened. @returns whether the end of a request had made the room */
	settle(departure: Departure): boolean {
		const { suspected } = this;
		this.suspected = null;
		if (suspected === null || suspected < 1) return false;
		if (this.reallyAhead(departure) >= suspected) return false;
		this.setCeiling(suspected, 1);
		return true;
	}

	/** The API has been overloaded for several probes. */
	halve(): void {
		this.limit = Math.max(Math.min(this.limit, 4), Math.ceil(this.limit / 2));
	}

	private setCeiling(ceiling: number, pause: number): void {
		this.limit = ceiling;
		this.proven = ceiling;
		this.pause = pause;
		this.successes = 0;
	}

	/** Those ahead that were refused since did not occupy the API. */
	private reallyAhead(departure: Departure): number {
		return departure.ahead - (this.refused - departure.refusedBefore);
	}
}
