import { densestStretch, roundestLength, type Departure } from './paceMeasure';
import { LONGEST_RETRY_AFTER_MS } from './retryDelay';

/** Too many requests in a time (HTTP 429, MiniMax 1002), or an API that is full or away (529). */
export type ThrottleCause = 'rate' | 'overload';

/** While nothing may pass but single probes that find out whether the API takes more again. */
interface Closure {
	cause: ThrottleCause;
	since: number;
	/** When the next probe may leave. */
	nextAt: number;
	gapMs: number;
	/** Until when the API asked to wait, null where it did not say. */
	askedUntil: number | null;
	/** Those not answered yet, in their order. */
	probes: Departure[];
}

/** The first wait while no rate is known, and how much longer each next one is. */
const FIRST_GAP_MS = { rate: 100, overload: 250 };
const GAP_GROWTH = { rate: 1.4, overload: 2 };
const LONGEST_GAP_MS = 30_000;
/** Requests sent closer together than this may arrive in another order than they left in. */
const REORDERING_MS = 20;
const SHORTEST_WINDOW_MS = 250;
const LONGEST_WINDOW_MS = 60_000;
/** By what part a measured rate is first raised: whether the one measured before it agrees. */
const FIRST_STEP = { sure: 0.03, unsure: 0.25 };
const STEP_GROWTH = 3;
const AGREEMENT = 0.1;
/** Most windows between two trials of a higher rate. */
const LONGEST_HOLD = 8;
const ROOM_WHEN_ASKED = 0.95;
const FORGET_ABOVE = 20;
const FORGET_IDLE_MS = 600_000;
const LOG_LENGTH = 2048;

/**
 * Learns how many requests in what time the API takes. Times are in milliseconds.
 *
 * Open and nothing learned, everything passes. A refusal closes: then only probes pass, further and
 * further apart or when the API said, until one sent after the last refused request is accepted. At
 * the moments of two such reopenings the API's counter was full, so what it accepted in between,
 * divided by the time, is the rate it grants, whether it counts in fixed windows, in sliding ones
 * or fills a bucket. For the first reopening the densest stretch that ends with it is taken.
 *
 * From then on requests leave evenly at that rate; a window's worth may leave at once after a
 * window of silence. While requests wait and none is refused the rate grows: by 3 % after a window,
 * then by 9, 27, 81, 100 %, and by one request a window at least. A refusal sets it to what was
 * measured, or to half of what was measured before if that is more, and puts off the next trial. At
 * twenty times the measured rate, or after ten minutes of silence, it is forgotten.
 *
 * Other processes may use the same limit. What is measured is then a share, which changes: if two
 * measurements in a row differ, the first step is 25 % and no trial is put off. As what each one
 * loses goes by its rate, and what it gains does not, shares become more even (as in TCP's
 * additive increase and multiplicative decrease).
 *
 * An overload (529) closes in the same way, with longer gaps, and teaches no rate.
 */
export class PaceRate {
	private perMs = Infinity;
	private measuredPerMs = Infinity;
	private windowMs = 0;
	/** How many may leave at once; refilled at the rate. */
	private credit = 0;
	private refilledAt = 0;
	private closure: Closure | null = null;
	private openedAt = -Infinity;
	private lastRefusedAt = -Infinity;
	/** How long refusals take. */
	private refusalMs = 0;
	private log: Departure[] = [];
	private step = FIRST_STEP.unsure;
	private hold = 1;
	private growAt = Infinity;
	/** Whether the rate has held a request back since it was last set. */
	private held = false;

	constructor(private readonly random: () => number) {}

	/** Whether only probes pass. */
	get closed(): boolean {
		return this.closure !== null;
	}

	/**
	 * Milliseconds the next request has to wait, 0 if it may leave; to be asked again after that time.
	 * @param now milliseconds, as everywhere here
	 */
	waitMs(now: number): number {
		if (this.closure !== null) {
			const waitMs = this.probeWaitMs(this.closure, now);
			if (waitMs !== null) return waitMs;
		}
		if (this.perMs === Infinity) return 0;
		this.refill(now);
		if (this.held && now >= this.growAt) this.grow(now);
		if (this.credit >= 1) return 0;
		this.held = true;
		return Math.max(0, this.refilledAt - now) + (1 - this.credit) / this.perMs;
	}

	/** Takes down that a request leaves; what becomes of it is told with what this returns. */
	depart(now: number): Departure {
		const idleMs = now - (this.log[this.log.length - 1]?.at ?? now);
		const departure = { at: now, uncounted: false };
		if (this.log.length >= LOG_LENGTH) this.log = this.log.slice(-LOG_LENGTH / 2);
		this.log.push(departure);
		if (this.closure !== null) {
			this.closure.probes.push(departure);
			this.putOffProbe(this.closure, now);
		} else if (idleMs >= FORGET_IDLE_MS) {
			this.forget();
		} else if (this.perMs !== Infinity) {
			if (idleMs >= this.windowMs) this.beginAfresh(departure);
			this.credit -= 1;
		}
		return departure;
	}

	/** The API took it, whatever it answers. */
	accept(departure: Departure, now: number): void {
		if (this.closure === null || now < (this.closure.askedUntil ?? now)) return;
		if (departure.at > this.lastRefusedAt + REORDERING_MS)
			this.open(this.closure, departure.at, now);
	}

	/**
	 * The API refused it.
	 * @param retryAfterMs how long it asked to wait, at most ten minutes count; null where it did not say
	 * @returns true when this refusal closes, false when it belongs to an episode already noticed
	 */
	refuse(
		departure: Departure,
		now: number,
		cause: ThrottleCause,
		retryAfterMs: number | null,
	): boolean {
		departure.uncounted = true;
		this.refusalMs = Math.max(this.refusalMs * 0.9, now - departure.at);
		this.lastRefusedAt = Math.max(this.lastRefusedAt, departure.at);
		const closes = this.closure === null && departure.at > this.openedAt;
		if (closes) this.closure = this.close(now, cause);
		if (this.closure === null) return false;
		if (cause === 'overload') {
			this.closure.cause = cause;
			this.closure.gapMs = Math.max(this.closure.gapMs, FIRST_GAP_MS.overload);
		}
		if (retryAfterMs !== null) {
			const until = now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
			this.closure.askedUntil = Math.max(this.closure.askedUntil ?? 0, until);
			this.closure.nextAt = Math.max(this.closure.nextAt, until);
		}
		return closes;
	}

	/** It was broken off, and its fate says nothing. */
	abandon(departure: Departure): void {
		departure.uncounted = true;
	}

	/** It was not sent after all, so the next one may leave in its place. */
	cancel(departure: Departure, now: number): void {
		departure.uncounted = true;
		this.credit += 1;
		if (this.closure !== null) this.closure.nextAt = Math.max(now, this.closure.askedUntil ?? now);
	}

	private close(now: number, cause: ThrottleCause): Closure {
		const learned = cause === 'rate' && this.perMs !== Infinity;
		const gapMs = learned ? Math.min(5000, Math.max(20, 1 / this.perMs)) : FIRST_GAP_MS[cause];
		const closure = { cause, since: now, nextAt: now, gapMs, askedUntil: null, probes: [] };
		this.putOffProbe(closure, now);
		return closure;
	}

	/** Spread by a tenth each way, so that several processes do not knock at the same moments. */
	private putOffProbe(closure: Closure, now: number): void {
		closure.nextAt = now + closure.gapMs * (0.9 + 0.2 * this.random());
		closure.gapMs = Math.min(LONGEST_GAP_MS, closure.gapMs * GAP_GROWTH[closure.cause]);
	}

	/**
	 * Null once open: refusals come quickly, so a probe that is unanswered for longer than they take
	 * was accepted, though its answer may take minutes.
	 */
	private probeWaitMs(closure: Closure, now: number): number | null {
		while (closure.probes[0]?.uncounted) closure.probes.shift();
		const oldest = closure.probes[0];
		if (oldest === undefined) return Math.max(0, closure.nextAt - now);
		const silentAt = Math.max(oldest.at + 2 * this.refusalMs + 50, closure.askedUntil ?? 0);
		if (now < silentAt) return Math.max(0, Math.min(closure.nextAt, silentAt) - now);
		this.open(closure, oldest.at, now);
		return null;
	}

	/** @param acceptedAt when the request left that the API took again */
	private open(closure: Closure, acceptedAt: number, now: number): void {
		this.closure = null;
		if (closure.cause === 'rate') this.measure(closure, acceptedAt, now);
		this.openedAt = acceptedAt;
		if (this.perMs === Infinity) return;
		const left = this.log.filter((departure) => departure.at > acceptedAt).length;
		this.credit = Math.min(this.mostCredit(), this.perMs * (now - acceptedAt) - left);
		this.refilledAt = now;
	}

	private measure(closure: Closure, acceptedAt: number, now: number): void {
		const learned = this.perMs !== Infinity;
		const asked = closure.askedUntil !== null;
		const known = this.measuredPerMs;
		let sure = true;
		// It would have taken one somewhere after the last one refused. Where it said when to come
		// back that may be much too late, so that what it took until it refused counts.
		const refusedAt = Math.max(this.lastRefusedAt, this.openedAt);
		const end = asked && learned ? closure.since : (refusedAt + acceptedAt) / 2;
		const stretch = densestStretch(this.log, end, this.windowMs, this.openedAt);
		if (stretch !== null) {
			// No wait is longer than the window, but for the gap in which it was noticed that it is over.
			const windowSeen = !asked && acceptedAt - closure.since >= 1.5 * this.windowMs;
			let ms = end - stretch.from;
			if (windowSeen || !learned) {
				const earliest = asked ? acceptedAt : refusedAt;
				ms = roundestLength(earliest - stretch.from, acceptedAt - stretch.from);
				this.windowMs = Math.min(LONGEST_WINDOW_MS, Math.max(SHORTEST_WINDOW_MS, ms));
			}
			const measured = (stretch.count / ms) * (asked ? ROOM_WHEN_ASKED : 1);
			// Few may only mean that few were wanted, or that another process was faster this once.
			this.measuredPerMs = learned ? Math.max(measured, known / 2) : measured;
			sure = Math.abs(this.measuredPerMs / known - 1) <= AGREEMENT;
		}
		const tried = this.perMs > known;
		this.hold = sure && tried ? Math.min(LONGEST_HOLD, this.hold * 2) : 1;
		// A refusal costs a whole wait then.
		if (asked) this.hold = LONGEST_HOLD;
		this.perMs = this.measuredPerMs;
		this.step = sure ? FIRST_STEP.sure : FIRST_STEP.unsure;
		this.held = false;
		this.growAt = now + this.windowMs * this.hold;
	}

	private grow(now: number): void {
		// One request a window, then three, nine … where so few were measured that 3 % are no trial.
		const least = this.step / FIRST_STEP.sure / this.windowMs;
		this.perMs += Math.max(this.step * this.perMs, least);
		this.step = Math.min(1, this.step * STEP_GROWTH);
		this.held = false;
		this.growAt = now + this.windowMs;
		if (this.perMs > FORGET_ABOVE * this.measuredPerMs) this.forget();
	}

	private forget(): void {
		this.perMs = Infinity;
		this.measuredPerMs = Infinity;
		this.windowMs = 0;
		this.credit = Infinity;
		this.hold = 1;
		this.log = [];
	}

	/**
	 * After a window of silence the API's counter is empty; once full it stays so for a window. What was
	 * accepted before is no measure: the time in between was not used.
	 */
	private beginAfresh(departure: Departure): void {
		this.log = [departure];
		this.credit = Math.max(1, Math.floor(this.perMs * this.windowMs));
		this.refilledAt = departure.at + this.windowMs - 1 / this.perMs;
	}

	private refill(now: number): void {
		if (now <= this.refilledAt) return;
		const refilled = this.credit + this.perMs * (now - this.refilledAt);
		this.credit = Math.min(this.mostCredit(), refilled);
		this.refilledAt = now;
	}

	private mostCredit(): number {
		return Math.max(1, (this.perMs * this.windowMs) / 2);
	}
}
