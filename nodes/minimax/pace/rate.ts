import type { Gate } from './gate';

/** So many requests in a window of so many milliseconds. */
interface Allowance {
	most: number;
	windowMs: number;
}

const SHORTEST_WINDOW_MS = 20;
const LONGEST_WINDOW_MS = 30 * 60_000;
/** No learned rate is below one in this time. */
const LONGEST_INTERVAL_MS = 10_000;
/**
 * Over what part of a window its requests are spread. At once they would be done soonest, but another
 * process that shares the limit would never find room.
 */
const SPREAD = 0.5;
const FIRST_STEP = 0.05;
const STEP_AFTER_CUT = 0.25;
const SHORTEST_TRIAL_MS = 1000;
/** Most windows between two trials of a higher rate. */
const LONGEST_HOLD = 8;
/** A refusal of no more than was measured costs 5 % at least, half at most. */
const CUT = { least: 0.95, most: 0.5 };
/** A window that is filled to less than this part is no reason to refuse. */
const FULL = 0.8;
/** A wait that is a smaller part of the time since the last one is no proof of a full counter. */
const SHORTEST_WAIT = 0.1;
/** Requests that were sent a window apart may arrive closer together. */
const MARGIN_MS = 15;
const LOG_LENGTH = 4096;

/**
 * Decides how many requests may leave in what time, from what was accepted between two openings of the
 * gate: at both moments the API's counter was full, so that what it took in between, divided by the
 * time, is what it grants, whether it counts in fixed windows, in sliding ones or fills a bucket.
 *
 * What is learned is a number of requests and a window. They leave within half a window, and each one makes
 * room again a window after it left; a bucket comes out as a window so short that it holds few. While requests
 * wait and none is refused the number grows: by 5 % after a window, then by 15, 45, 100 %. A refusal
 * takes back the last step and doubles the time to the next trial.
 */
export class Rate {
	/** Null while nothing is learned. */
	private allowed: Allowance | null = null;
	/** What was fine before the trial of more that is under way. */
	private proven: Allowance = { most: 1, windowMs: 1 };
	/** When what left in the last window left, and was not refused; from `head` on. */
	private log: number[] = [];
	private head = 0;
	/** The last opening after a wait that tells something, and how many were accepted since. */
	private openedAt = -Infinity;
	private sinceOpening = 0;
	private filledAtClosing = 0;
	private step = FIRST_STEP;
	private hold = 1;
	private growAt = Infinity;
	/** Whether the rate has held a request back since it was last set. */
	private hasHeld = false;

	/** Milliseconds the next request has to wait; to be asked again after that time. */
	waitMs(now: number): number {
		if (this.hasHeld && now >= this.growAt) this.grow(now);
		if (this.allowed === null) return 0;
		const isFull = this.filled(now) >= Math.floor(this.allowed.most);
		const spacedAt = (this.log[this.log.length - 1] ?? -Infinity) + SPREAD * this.intervalMs;
		const leavesAt = isFull ? Math.max(now + 1, this.windowEndsAt) : spacedAt;
		this.hasHeld ||= leavesAt > now;
		return Math.max(0, leavesAt - now);
	}

	depart(now: number): void {
		this.log.push(now);
		this.sinceOpening += 1;
		const filled = this.log.length - this.head;
		if (this.allowed === null && filled > LOG_LENGTH) this.head += 1;
		if (this.head < LOG_LENGTH) return;
		this.log = this.log.slice(this.head);
		this.head = 0;
	}

	/** What left then was refused, or not sent: the API has not counted it. */
	uncount(at: number): void {
		const index = this.log.lastIndexOf(at);
		if (index >= this.head) this.log.splice(index, 1);
		if (at > this.openedAt) this.sinceOpening -= 1;
	}

	/** @returns the window that may be full, and when it ends if it surely is */
	close(now: number): { from: number; endsAt: number; intervalMs: number } {
		this.filledAtClosing = this.filled(now);
		const from = this.log[this.head] ?? -Infinity;
		return { from, endsAt: this.isFull ? this.windowEndsAt : 0, intervalMs: this.intervalMs };
	}

	/** Whether so many had left when the gate closed that the rate may be the reason. */
	get isFull(): boolean {
		return this.allowed !== null && this.filledAtClosing + 1 >= FULL * this.proven.most;
	}

	/** Learns from a wait that is over, as a request was accepted that left at that time. */
	learn(gate: Gate, acceptedAt: number, now: number): void {
		const { allowed } = this;
		const waitMs = acceptedAt - gate.closedAt;
		if (allowed === null || waitMs >= Math.max(1.5 * allowed.windowMs, 4 * this.intervalMs)) {
			this.measure(gate, acceptedAt);
		} else if (allowed !== this.proven) {
			this.hold = Math.min(LONGEST_HOLD, this.hold * 2);
			this.step = FIRST_STEP;
			this.allow(this.proven);
		} else this.correct(allowed, acceptedAt, gate.failedProbes > 1 ? waitMs : 0);
		if (this.openedAt === -Infinity || waitMs >= SHORTEST_WAIT * (acceptedAt - this.openedAt)) {
			this.openedAt = acceptedAt;
			this.sinceOpening = 1;
		}
		this.putOffTrial(now, this.hold);
	}

	/** The wait was longer than any window known, so it shows how long one is. */
	private measure(gate: Gate, acceptedAt: number): void {
		let densest = { from: acceptedAt, perMs: 0 };
		for (let count = 1; count < this.log.length; count += 1) {
			const from = this.log[this.log.length - 1 - count] ?? 0;
			const perMs = count / (acceptedAt - from);
			if (from < this.openedAt) break;
			const isLongEnough = acceptedAt - from >= (this.allowed?.windowMs ?? 0);
			if (isLongEnough && perMs >= densest.perMs) densest = { from, perMs };
		}
		if (densest.perMs === 0) return;
		// Where the API said how long to wait, all that is known is that the wait was long enough.
		const isAsked = gate.askedUntil > gate.closedAt && gate.failedProbes === 0;
		const shortestMs = (isAsked ? acceptedAt : gate.refusedAt) - densest.from;
		const ms = roundestLength(shortestMs, acceptedAt - densest.from);
		const windowMs = Math.min(LONGEST_WINDOW_MS, Math.max(SHORTEST_WINDOW_MS, ms));
		const from = Math.min(densest.from, Math.max(this.openedAt, acceptedAt - windowMs));
		const count = this.log.filter((at) => at >= from && at < acceptedAt).length;
		this.hold = 1;
		// What was measured from few is as uncertain.
		this.step = Math.max(FIRST_STEP, 1 / Math.max(1, count));
		this.allow({ most: (count / ms) * windowMs, windowMs });
	}

	/**
	 * Refused with no more than was measured: what was accepted since the last opening counts, or where
	 * that was less than a window ago, what part of the time was lost by waiting.
	 */
	private correct({ most, windowMs }: Allowance, acceptedAt: number, lostMs: number): void {
		const ms = acceptedAt - this.openedAt;
		const part = ms < windowMs ? 1 - lostMs / ms : (this.sinceOpening / ms) * this.intervalMs;
		const cut = Math.max(CUT.most, Math.min(CUT.least, part));
		this.hold = 1;
		this.step = STEP_AFTER_CUT;
		this.allow({ most: most * cut, windowMs });
	}

	private allow({ most, windowMs }: Allowance): void {
		this.allowed = { most: Math.max(1, most, windowMs / LONGEST_INTERVAL_MS), windowMs };
		this.proven = this.allowed;
	}

	private grow(now: number): void {
		if (this.allowed === null) return;
		this.proven = this.allowed;
		const { most, windowMs } = this.allowed;
		this.allowed = { most: Math.max(most + 1, most * (1 + this.step)), windowMs };
		this.step = Math.min(1, this.step * 3);
		this.putOffTrial(now, 1);
	}

	private putOffTrial(now: number, windows: number): void {
		this.hasHeld = false;
		this.growAt = now + windows * Math.max(SHORTEST_TRIAL_MS, this.allowed?.windowMs ?? 0);
	}

	/** The usual time between two requests, 0 while nothing is learned. */
	private get intervalMs(): number {
		return this.allowed === null ? 0 : this.allowed.windowMs / this.allowed.most;
	}

	private get windowEndsAt(): number {
		const windowMs = this.allowed?.windowMs ?? 0;
		return (this.log[this.head] ?? 0) + windowMs + Math.min(MARGIN_MS, windowMs / 50);
	}

	/** How many have left in the last window. */
	private filled(now: number): number {
		if (this.allowed !== null) {
			while (this.head < this.log.length && this.windowEndsAt <= now) this.head += 1;
		}
		return this.log.length - this.head;
	}
}

/**
 * The roundest length in the range, in milliseconds, or its middle: limits are stated per minute or per
 * second. Of several the shortest: a rate too high is found out at once, one too low only by trials.
 */
function roundestLength(shortestMs: number, longestMs: number): number {
	for (const unit of [60_000, 10_000, 1000]) {
		const round = Math.max(1, Math.ceil((shortestMs * 0.98) / unit)) * unit;
		if (round <= longestMs * 1.02) return round;
	}
	return (shortestMs + longestMs) / 2;
}
