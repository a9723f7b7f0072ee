/** No learned rate is below one in this time. */
const LONGEST_INTERVAL_MS = 10_000;
/**
 * Over what part of a window its requests are spread. At once they would be done soonest, but another
 * process that shares the limit would never find room.
 */
const SPREAD = 0.6;
/** The first step of a trial of more: after one that was refused, and after the rate was cut. */
const STEP = { again: 0.05, afterCut: 0.25 };
const CUT = 0.85;
/** Most windows between two trials of a higher rate. */
const LONGEST_HOLD = 4;
/** A window that is filled to less than this part is no reason to refuse. */
const FULL = 0.75;
/** Requests that were sent a window apart may arrive closer together. */
const MARGIN_MS = 15;
const MOST_REMEMBERED = 10_000;

/**
 * Decides how many requests may leave in what time, from what was accepted between two openings of the
 * gate: at both moments the API's counter was full, so that what it took in between, divided by the
 * time, is what it grants, whether it counts in fixed windows, in sliding ones or fills a bucket.
 *
 * What is learned is a number of requests and a window. They are spread over most of a window, and each
 * one makes room again a window after it left. While requests wait and none is refused the number grows:
 * by 5 % after a window, then by 15, 45, 100 %. A refusal takes back the last step and doubles the time
 * to the next one, or where there was none, costs 15 %.
 */
export class Rate {
	/** How many may leave in a window, and how many that was before the last step. */
	private most = Infinity;
	private proven = Infinity;
	private windowMs = 0;
	/** When those left that were not refused. */
	private log: number[] = [];
	private openedAt = -Infinity;
	private step = STEP.again;
	/** The next step comes at that time, so many windows after the last refusal. */
	private growAt = 0;
	private hold = 1;

	/** Milliseconds the next request has to wait; to be asked again after that time. */
	waitMs(now: number): number {
		if (this.isNew) return 0;
		if (now >= this.growAt) {
			this.proven = this.most;
			this.most *= 1 + this.step;
			this.step = Math.min(1, this.step * 3);
			this.putOffStep(now, 1);
		}
		const spacedAt = (this.log.at(-1) ?? 0) + (SPREAD * this.windowMs) / this.most;
		return Math.max(0, spacedAt - now, this.roomAt(this.most) - now);
	}

	/** Whether nothing is learned. */
	get isNew(): boolean {
		return this.most === Infinity;
	}

	depart(at: number): void {
		this.log.push(at);
		if (this.log.length > 2 * MOST_REMEMBERED) this.log = this.log.slice(-MOST_REMEMBERED);
	}

	/** What left then was refused, or not sent: the API has not counted it. */
	uncount(at: number): void {
		const index = this.log.lastIndexOf(at);
		if (index >= 0) this.log.splice(index, 1);
	}

	/** When the window ends in which so many have left that the rate may explain a refusal; 0 for none. */
	fullUntil(now: number): number {
		if (this.isNew || this.roomAt(FULL * this.proven) <= now) return 0;
		return this.log.map((at) => this.endOf(at)).find((end) => end > now) ?? 0;
	}

	/**
	 * Learns from a wait that is over.
	 * @param closedAt when it began
	 * @param refusedAt when the last request left that was refused
	 * @param acceptedAt when the first one left that was accepted again
	 */
	learn(closedAt: number, refusedAt: number, acceptedAt: number, now: number): void {
		const isTrial = this.most > this.proven;
		this.hold = isTrial ? Math.min(LONGEST_HOLD, this.hold * 2) : 1;
		// A wait longer than any window known shows how long one is.
		if (this.isNew || acceptedAt - closedAt >= 1.2 * this.windowMs) {
			this.measure(refusedAt, acceptedAt);
		} else {
			this.most = isTrial ? this.proven : this.most * CUT;
			this.step = isTrial ? STEP.again : STEP.afterCut;
		}
		this.most = Math.max(this.most, this.windowMs / LONGEST_INTERVAL_MS);
		this.proven = this.most;
		this.openedAt = acceptedAt;
		this.putOffStep(now, this.hold);
	}

	/** Takes the densest stretch since the last opening. */
	private measure(refusedAt: number, acceptedAt: number): void {
		const log = this.log.filter((at) => at >= this.openedAt && at < acceptedAt);
		const perMs = log.map((at, index) => (log.length - index) / (acceptedAt - at));
		const densest = perMs.indexOf(Math.max(...perMs));
		const from = log[densest];
		if (from === undefined) return;
		const count = log.length - densest;
		// Limits are stated per minute or per second, so that whole ones are likely.
		const longestMs = acceptedAt - from;
		const likelyMs = [60_000, 1000].map((unit) => longestMs - (longestMs % unit));
		this.windowMs = likelyMs.find((ms) => ms >= 0.98 * (refusedAt - from)) ?? longestMs;
		this.most = count;
		this.step = Math.max(STEP.again, 1 / count);
		this.hold = 1;
	}

	private putOffStep(now: number, windows: number): void {
		this.growAt = now + windows * Math.max(1000, this.windowMs);
	}

	/** When the next one may leave if so many may in a window. */
	private roomAt(most: number): number {
		const whole = Math.max(1, Math.floor(most));
		return this.endOf(this.log.at(-whole) ?? -Infinity, whole / most);
	}

	/** When a window, or a part of one, ends that began then. */
	private endOf(at: number, part = 1): number {
		const ms = part * this.windowMs;
		return at + ms + Math.min(MARGIN_MS, ms / 50);
	}
}
