import type { Gate } from './gate';

const SHORTEST_WINDOW_MS = 20;
const LONGEST_WINDOW_MS = 30 * 60_000;
/** No learned rate is below one in this time. */
const LONGEST_INTERVAL_MS = 10_000;
/**
 * Over what part of a window its requests are spread. At once they would be done soonest, but another
 * process that shares the limit would never find room.
 */
const SPREAD = 0.7;
const FIRST_STEP = 0.05;
const STEP_AFTER_CUT = 0.25;
const SHORTEST_TRIAL_MS = 1000;
/** Most windows between two trials of a higher rate. */
const LONGEST_HOLD = 4;
/** What a refusal of no more than was measured leaves. */
const CUT = 0.85;
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
 * What is learned is a number of requests and a window. They leave within half a window, and each one makes
 * room again a window after it left; a bucket comes out as a window so short that it holds few. While requests
 * wait and none is refused the number grows: by 5 % after a window, then by 15, 45, 100 %. A refusal
 * takes back the last step and doubles the time to the next trial.
 */
export class Rate {
	/** How many may leave in a window; infinite while nothing is learned. */
	private most = Infinity;
	/** What was fine before the trial of more that is under way. */
	private proven = Infinity;
	private windowMs = 0;
	/** When those left that were not refused. */
	private log: number[] = [];
	/** The last opening after a wait that tells something. */
	private openedAt = -Infinity;
	private step = FIRST_STEP;
	private hold = 1;
	private growAt = Infinity;

	/** Milliseconds the next request has to wait; to be asked again after that time. */
	waitMs(now: number): number {
		if (this.most === Infinity) return 0;
		if (now >= this.growAt) this.grow(now);
		const spacedAt = (this.log.at(-1) ?? -Infinity) + SPREAD * this.intervalMs;
		return Math.max(0, spacedAt - now, this.roomAt(this.most) - now);
	}

	depart(now: number): void {
		this.log.push(now);
		if (this.log.length > 2 * MOST_REMEMBERED) this.log = this.log.slice(-MOST_REMEMBERED);
	}

	/** What left then was refused, or not sent: the API has not counted it. */
	uncount(at: number): void {
		const index = this.log.lastIndexOf(at);
		if (index >= 0) this.log.splice(index, 1);
	}

	/** When the window ends in which so many have left that the rate may be the reason of a refusal. */
	fullUntil(now: number): number | null {
		if (this.most === Infinity || this.roomAt(FULL * this.proven) <= now) return null;
		return this.endOf(this.log.find((at) => this.endOf(at) > now) ?? now);
	}

	/** Learns from a wait that is over, as a request was accepted that left at that time. */
	learn(gate: Gate, acceptedAt: number, now: number): void {
		const waitMs = acceptedAt - gate.closedAt;
		const { count, ms } = this.densestStretch(acceptedAt);
		this.openedAt = acceptedAt;
		if (count === 0) return;
		this.hold = this.most > this.proven ? Math.min(LONGEST_HOLD, this.hold * 2) : 1;
		if (this.most === Infinity || waitMs >= Math.max(1.5 * this.windowMs, 4 * this.intervalMs)) {
			// The wait was longer than any window known, so it shows how long one is.
			const lengthMs = roundestLength(ms - (acceptedAt - gate.refusedAt), ms);
			this.windowMs = Math.min(LONGEST_WINDOW_MS, Math.max(SHORTEST_WINDOW_MS, lengthMs));
			this.hold = 1;
			this.step = Math.max(FIRST_STEP, 1 / count);
			this.allow((count / lengthMs) * this.windowMs);
		} else if (this.most > this.proven) {
			this.step = FIRST_STEP;
			this.allow(this.proven);
		} else {
			this.step = STEP_AFTER_CUT;
			this.allow(this.most * CUT);
		}
		this.putOffTrial(now, this.hold);
	}

	/** What was accepted in what time since the last opening: in the densest stretch of a window at least. */
	private densestStretch(until: number): { count: number; ms: number } {
		let densest = { count: 0, ms: 1 };
		let count = 0;
		for (const at of [...this.log].reverse()) {
			if (at < this.openedAt) break;
			if (at >= until) continue;
			count += 1;
			const ms = until - at;
			if (count / ms >= densest.count / densest.ms) densest = { count, ms };
		}
		return densest;
	}

	private allow(most: number): void {
		this.most = Math.max(most, this.windowMs / LONGEST_INTERVAL_MS);
		this.proven = this.most;
	}

	private grow(now: number): void {
		this.proven = this.most;
		this.most *= 1 + this.step;
		this.step = Math.min(1, this.step * 3);
		this.putOffTrial(now, 1);
	}

	private putOffTrial(now: number, windows: number): void {
		this.growAt = now + windows * Math.max(SHORTEST_TRIAL_MS, this.windowMs);
	}

	/** The usual time between two requests. */
	private get intervalMs(): number {
		return this.windowMs / this.most;
	}

	/** When the next one may leave if so many may in a window. */
	private roomAt(most: number): number {
		const whole = Math.max(1, Math.floor(most));
		const lengthMs = (this.windowMs * whole) / most;
		return (this.log.at(-whole) ?? -Infinity) + lengthMs + Math.min(MARGIN_MS, lengthMs / 50);
	}

	/** When the window ends that began then. */
	private endOf(at: number): number {
		return at + this.windowMs + Math.min(MARGIN_MS, this.windowMs / 50);
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
