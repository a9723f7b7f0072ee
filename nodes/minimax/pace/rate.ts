/**
 * Decides how many requests may leave in what time. It counts what was accepted between two openings of the gate.
 * At both moments the API's counter was full, so that number, divided by the time, is what the API allows, whether
 * it counts in fixed or sliding windows or fills a token bucket.
 *
 * What is learned is a number of requests and a window; a window after it left, a request makes room for another.
 * While requests wait and none is refused, the number is raised by 5, 15, 45 and 100 %, once a window each. A refusal
 * takes the raise back and doubles the time to the next; without one it costs an eighth, twice a window at most.
 */

/** Even the lowest learned rate lets one request leave in this time. */
const LONGEST_INTERVAL_MS = 10_000;
/** Requests are spread over this part of a window, so that another process with the same key finds room. */
const SPREAD = 0.6;
/** The first raise: after a raise that was refused, and after a cut. The largest, and once that was refused. */
const STEP = { again: 0.05, afterCut: 0.25, largest: 1, largestLater: 0.5 };
const SHORTEST_TRIAL_MS = 500;
/** At most so many windows pass between two raises. */
const LONGEST_HOLD = 4;
/** What is left of a rate that was refused. */
const CUT = 0.88;
/** If less than this part of a window is used, the rate does not explain a refusal. */
const FULL = 0.75;
/** Requests that leave one window apart may arrive a little closer together. */
const MARGIN_MS = 15;
const MOST_REMEMBERED = 10_000;

export class Rate {
	/** How many may leave in a window, and how many that was before the last step. */
	private most = Infinity;
	private proven = Infinity;
	private windowMs = 0;
	/** When those left that were not refused. */
	private log: number[] = [];
	private openedAt = -Infinity;
	private step = STEP.again;
	private largestStep = STEP.largest;
	private cutAt = -Infinity;
	/** The next step comes at that time, so many windows after the last refusal. */
	private growAt = 0;
	private hold = 1;

	/** Milliseconds the next request has to wait; to be asked again after that time. */
	waitMs(now: number): number {
		if (this.isNew) return 0;
		if (now >= this.growAt) {
			this.proven = this.most;
			this.most *= 1 + this.step;
			this.step = Math.min(this.largestStep, this.step * 3);
			this.growAt = now + Math.max(SHORTEST_TRIAL_MS, this.windowMs);
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

	/** When the window ends, if it is a fixed one that began with the latest burst; 0 where it is below a second. */
	burstUntil(now: number): number {
		if (this.windowMs < 1000) return 0;
		const lastMs = 1.1 * SPREAD * this.windowMs;
		return this.endOf(this.log.find((at) => at >= now - lastMs) ?? -Infinity);
	}

	/** Learns from a wait: when it began, when its last refused and its first accepted request left. */
	learn(closedAt: number, refusedAt: number, acceptedAt: number, now: number): void {
		const isTrial = this.most > this.proven;
		if (this.most > this.proven * (1 + STEP.largestLater)) this.largestStep = STEP.largestLater;
		this.step = isTrial ? STEP.again : STEP.afterCut;
		this.hold = isTrial ? Math.min(LONGEST_HOLD, this.hold * 2) : 1;
		// A wait longer than any window known shows how long one is.
		const isLong = this.isNew || acceptedAt - closedAt >= 1.2 * this.windowMs;
		if (isLong) this.measure(refusedAt, acceptedAt);
		else if (isTrial) this.most = this.proven;
		else if (now >= this.cutAt + this.windowMs / 2) {
			this.most *= CUT;
			this.cutAt = now;
		}
		this.most = Math.max(this.most, this.windowMs / LONGEST_INTERVAL_MS);
		this.proven = this.most;
		this.openedAt = acceptedAt;
		this.growAt = now + this.hold * Math.max(SHORTEST_TRIAL_MS, this.windowMs);
	}

	/**
	 * Takes what was accepted since the time from which on it was most for its length: before, nobody may have had
	 * anything to send. After waits of five seconds and more, times before the last opening count by half: a refusal
	 * by chance may have led to it, while nothing was full.
	 */
	private measure(refusedAt: number, acceptedAt: number): void {
		const since = acceptedAt - refusedAt < 5000 ? this.openedAt : -Infinity;
		const log = this.log.filter((at) => at >= since && at < acceptedAt);
		const starts = log.filter((at) => at <= refusedAt);
		const partOf = (at: number): number => (at < this.openedAt ? 0.5 : 1) / (acceptedAt - at);
		const rates = starts.map((at, index) => (log.length - index) * partOf(at));
		const first = rates.indexOf(Math.max(...rates));
		const from = starts[first];
		if (from === undefined) return;
		const accepted = log.length - first;
		// Limits are stated per minute or per second, so that whole ones are likely.
		const longestMs = acceptedAt - from;
		const likelyMs = [60_000, 1000].map((unit) => longestMs - (longestMs % unit));
		const ms = likelyMs.find((each) => each > 0 && each >= 0.98 * (refusedAt - from)) ?? longestMs;
		// A window of a few seconds is rather one of a second, whose room others used in between.
		this.windowMs = ms < 5000 ? Math.min(ms, 1000) : ms;
		this.most = (accepted / ms) * this.windowMs;
		this.step = Math.max(STEP.again, 1 / accepted);
		this.hold = 1;
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
