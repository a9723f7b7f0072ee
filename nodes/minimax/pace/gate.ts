import type { RefusalCause } from '../failure/refusalCause';
import { LONGEST_RETRY_AFTER_MS } from '../retryDelay';

/** One request on its way. Times are in milliseconds. */
export interface Departure {
	readonly at: number;
	/** How many were in flight when it left, and how many had been refused in all. */
	readonly ahead: number;
	readonly refusedBefore: number;
	/** Refused, not sent, or of unknown fate. */
	isUncounted: boolean;
}

const FIRST_GAP_MS = { rate: 100, concurrency: 100, overload: 250 };
/**
 * Up to a second gaps grow slowly, so that a window of seconds which another process uses too is found
 * open; then faster, as in a window of minutes probes are refused for long.
 */
const SLOW_GROWTH = 1.4;
const SLOW_UNTIL_MS = 1000;
const FAST_GROWTH = 1.8;
/** After long waits gaps grow to an eighth of the wait, so that a ban that refusals prolong can end. */
const USUAL_GAP_MS = 30_000;
const LONGEST_GAP_MS = 90_000;
/** A probe that would leave shortly before the end of a usual window waits for it. */
const USUAL_WINDOWS_MS = [1000, 10_000, 60_000];
/** Requests sent closer together than this may arrive in another order than they left in. */
const REORDERING_MS = 20;

/**
 * Decides whether requests may leave at all, from refusals and from what becomes of probes.
 *
 * A refusal closes the gate. Then single requests ask, further and further apart or when the API said,
 * until one that left after the last refused request is accepted. Refusals come quickly, so a probe
 * that is unanswered for much longer than they take was accepted, though its answer may take minutes.
 */
export class Gate {
	/** What closed it; null while it is open. */
	cause: RefusalCause | null = null;
	closedAt = -Infinity;
	openedAt = -Infinity;
	/** When the last request left that was refused. */
	refusedAt = -Infinity;
	failedProbes = 0;
	askedUntil = -Infinity;
	private gapMs = 0;
	private nextAt = 0;
	/** When a window may have begun that is full now, and when it ends where that is known. */
	private windowFrom = 0;
	private windowEndsAt = 0;
	private probes: Departure[] = [];
	/** How long refusals take, the slowest of late. */
	private refusalMs = 0;

	constructor(private readonly random: () => number) {}

	/** When the next probe may leave, or the oldest counts as accepted. */
	get nextEventAt(): number {
		return Math.min(this.nextAt, this.silentAt());
	}

	/** The oldest probe, once it counts as accepted in silence. */
	acceptedInSilence(now: number): Departure | undefined {
		return now >= this.silentAt() ? this.probes[0] : undefined;
	}

	private silentAt(): number {
		while (this.probes[0]?.isUncounted) this.probes.shift();
		const [oldest] = this.probes;
		if (oldest === undefined) return Infinity;
		return Math.max(oldest.at + 2 * this.refusalMs + 50, this.askedUntil);
	}

	depart(departure: Departure): void {
		if (this.cause === null) return;
		this.probes.push(departure);
		this.putOffProbe(departure.at);
	}

	isOpenedBy(departure: Departure, now: number): boolean {
		if (this.cause === null || now < this.askedUntil) return false;
		return departure.at > this.refusedAt + REORDERING_MS;
	}

	open(departure: Departure): void {
		this.cause = null;
		this.openedAt = departure.at;
		this.probes = [];
	}

	/** @returns whether it closes the gate; it does not if it left before the gate opened last */
	refuse(
		departure: Departure,
		now: number,
		cause: RefusalCause,
		retryAfterMs: number | null,
	): boolean {
		this.refusalMs = Math.max(this.refusalMs * 0.9, now - departure.at);
		this.refusedAt = Math.max(this.refusedAt, departure.at);
		const closes = this.cause === null && departure.at > this.openedAt;
		if (closes) {
			this.closedAt = now;
			this.failedProbes = 0;
			this.askedUntil = -Infinity;
			this.gapMs = FIRST_GAP_MS[cause];
		}
		if (closes || (this.cause !== null && cause === 'overload')) this.cause = cause;
		if (this.cause === null) return false;
		if (this.probes.includes(departure)) this.failedProbes += 1;
		if (retryAfterMs !== null) {
			const until = now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
			this.askedUntil = Math.max(this.askedUntil, until);
			this.nextAt = Math.max(this.nextAt, until);
		}
		return closes;
	}

	/** Sets the first probe of a wait. */
	plan(window: { from: number; endsAt: number; intervalMs: number }): void {
		const { from, endsAt, intervalMs } = window;
		this.windowFrom = from;
		this.windowEndsAt = endsAt;
		if (intervalMs > 0) this.gapMs = Math.min(5000, Math.max(20, intervalMs));
		this.putOffProbe(this.closedAt);
	}

	/** Spread by a tenth each way, so that several processes do not knock at the same moments. */
	private putOffProbe(now: number): void {
		const gapMs = Math.max(this.gapMs * (0.9 + 0.2 * this.random()), this.refusalMs / 2);
		const longestMs = Math.max(USUAL_GAP_MS, (now - this.closedAt) / 8);
		const growth = this.gapMs < SLOW_UNTIL_MS ? SLOW_GROWTH : FAST_GROWTH;
		this.gapMs = Math.min(LONGEST_GAP_MS, longestMs, this.gapMs * growth);
		this.nextAt = now + gapMs;
		for (const windowMs of USUAL_WINDOWS_MS) {
			const endsAt = this.windowFrom + windowMs + REORDERING_MS;
			if (endsAt > now && endsAt < now + 1.4 * gapMs) this.nextAt = endsAt;
		}
		if (this.windowEndsAt > now) this.nextAt = this.windowEndsAt;
		this.nextAt = Math.max(this.nextAt, this.askedUntil);
	}
}
