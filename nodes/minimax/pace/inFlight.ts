/**
 * Decides how many requests may be in flight, from refusals that have to do with their number. It starts at 50
 * and grows by two with each acceptance as long as requests wait for it. MiniMax's code 1041 says that too many
 * are in flight: the number at that moment becomes the ceiling. A plain 429 counts as the same only if the end of
 * a request made room again; if room came earlier, or the end of one made none, the rate was the reason. Under a
 * ceiling one more is tried after a round trip; a trial that is refused doubles the time to the next.
 */

/** One request on its way. */
export interface Departure {
	readonly at: number;
	/** How many were in flight when it left, and how many had been refused in all. */
	readonly ahead: number;
	readonly refusedBefore: number;
	/** Whether one that was not refused had ended before. */
	readonly isAfterEnd: boolean;
	isAccepted: boolean;
}

const FIRST_LIMIT = 50;
const HIGHEST_LIMIT = 1000;
/** After the first ten, up to fifty leave this far apart, so that a low limit refuses few of them. */
const FIRST_AT_ONCE = 10;
const FIRST_GAP_MS = 4;

export class InFlight {
	count = 0;
	private limit = FIRST_LIMIT;
	/** The limit that was fine before the trial under way; infinite while no ceiling is known. */
	private proven = Infinity;
	/** After how many acceptances one more is tried: sixteen rounds at most, so that the smallest keeps asking. */
	private pause = 1;
	/** What may be a ceiling, while the gate is closed. */
	private suspected = 0;
	private refused = 0;
	private left = 0;
	private startedAt = -Infinity;

	/** Milliseconds the next request has to wait; infinite where only the end of one makes room. */
	waitMs(now: number, waiting: number): number {
		if (this.isFull) return Infinity;
		const early = this.left < FIRST_LIMIT ? this.left + 1 - FIRST_AT_ONCE : 0;
		// If no more than fifty want to leave, a quarter of the gap is as long as n8n takes to prepare the next.
		const gapMs = FIRST_GAP_MS / (this.left + waiting > FIRST_LIMIT ? 1 : 4);
		return Math.max(0, this.startedAt + early * gapMs - now);
	}

	get isFull(): boolean {
		return this.count + 1 > this.limit;
	}

	depart(at: number): Departure {
		if (this.left === 0) this.startedAt = at;
		const { count: ahead, refused: refusedBefore } = this;
		const isAfterEnd = this.left > ahead + refusedBefore;
		this.left += 1;
		this.count += 1;
		return { at, ahead, refusedBefore, isAfterEnd, isAccepted: false };
	}

	/** One was accepted while others wait because the limit is reached. */
	grow(): void {
		if (this.proven === Infinity) this.limit = Math.min(this.limit + 2, HIGHEST_LIMIT);
		else this.limit += 1 / this.pause;
		if (this.limit < this.proven + 2) return;
		this.proven += 1;
		this.pause = this.proven;
	}

	/** @returns whether the number in flight explains the refusal, so that only an end makes room */
	refuse(departure: Departure, isCeiling: boolean): boolean {
		const ahead = this.reallyAhead(departure);
		this.refused += 1;
		if (this.limit >= this.proven + 1 && ahead >= this.proven) {
			this.setCeiling(this.proven, Math.min(2 * this.pause, 16 * this.proven));
		} else if (!isCeiling || ahead < 1) return false;
		else if (ahead < this.limit) this.setCeiling(ahead, ahead);
		return true;
	}

	/** A plain refusal may mean a ceiling: as many as are left when all those have come that are refused. */
	suspect(departure: Departure, isFirst: boolean, isProbe: boolean): void {
		if (isFirst) this.suspected = this.count - 1;
		else if (!isProbe) this.suspected -= 1;
		// It had left after the end of another one, and found no room all the same.
		else if (this.reallyAhead(departure) + 1 < this.suspected) this.suspected = 0;
	}

	/** The gate has opened. @returns whether the end of a request had made the room */
	settle(departure: Departure): boolean {
		const isCeiling = departure.isAfterEnd && this.reallyAhead(departure) < this.suspected;
		if (isCeiling) this.setCeiling(this.suspected, this.suspected);
		this.suspected = 0;
		return isCeiling;
	}

	/** The API has been overloaded for several probes. */
	halve(): void {
		this.limit = Math.max(Math.min(this.limit, 4), Math.ceil(this.limit / 2));
	}

	private setCeiling(ceiling: number, pause: number): void {
		this.limit = ceiling;
		this.proven = ceiling;
		this.pause = pause;
	}

	/** Those ahead that were refused since did not occupy the API. */
	private reallyAhead(departure: Departure): number {
		return Math.max(0, departure.ahead - (this.refused - departure.refusedBefore));
	}
}
