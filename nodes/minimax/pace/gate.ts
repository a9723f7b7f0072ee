import type { Refusal } from './modelPace';
import { LONGEST_RETRY_AFTER_MS } from './retryDelay';

/** Too many in a time (429), too many at a time (MiniMax 1041), or an API that is full or away (529). */
export type RefusalCause = 'rate' | 'concurrency' | 'overload';

/** One request on its way. Times are in milliseconds. */
export interface Departure {
	readonly at: number;
	/** How many were in flight when it left, and how many had been refused in all. */
	readonly ahead: number;
	readonly refusedBefore: number;
	/** Refused, not sent, or of unknown fate. */
	isUncounted: boolean;
}

const FIRST_GAP_MS = 150;
/** Up to a second gaps grow slowly, so that a window of seconds which others use, too, is found open. */
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
 * A refusal closes the gate. Then one request at a time asks, later and later or when the API said, until
 * one that left after the last refused request is accepted. Refusals come quickly, so a probe that is
 * unanswered for much longer than they take was accepted, though its answer may take minutes.
 */
export class Gate {
	/** What closed it; null while it is open. */
	cause: RefusalCause | null = null;
	closedAt = -Infinity;
	/** When the request left that opened it. */
	openedAt = -Infinity;
	/** When the last request left that was refused. */
	refusedAt = -Infinity;
	askedUntil = -Infinity;
	failedProbes = 0;
	private probe: Departure | null = null;
	private nextAt = 0;
	private gapMs = 0;
	/** How long refusals take, the slowest of late. */
	private refusalMs = 0;

	constructor(private readonly random: () => number) {}

	/** Milliseconds until the next probe may leave, or the one under way counts as accepted. */
	waitMs(now: number): number {
		return Math.max(0, Math.min(this.silentAt, this.isAsking ? Infinity : this.nextAt) - now);
	}

	/** The probe under way, once it counts as accepted in silence. */
	acceptedInSilence(now: number): Departure | null {
		return now >= this.silentAt ? this.probe : null;
	}

	private get isAsking(): boolean {
		return this.probe !== null && !this.probe.isUncounted;
	}

	private get silentAt(): number {
		if (this.probe === null || this.probe.isUncounted) return Infinity;
		return Math.max(this.probe.at + 2 * this.refusalMs + 50, this.askedUntil);
	}

	depart(departure: Departure): void {
		if (this.openedAt === -Infinity) this.openedAt = departure.at;
		if (this.cause === null) return;
		this.probe = departure;
		this.putOffProbe(departure.at);
	}

	isOpenedBy({ at }: Departure, now: number): boolean {
		return this.cause !== null && now >= this.askedUntil && at > this.refusedAt + REORDERING_MS;
	}

	open(departure: Departure): void {
		this.cause = null;
		this.openedAt = departure.at;
		this.probe = null;
	}

	/**
	 * @param fullUntil when a window ends that is known to be full
	 * @returns whether it closes the gate; it does not if it left before the gate opened last
	 */
	refuse(
		departure: Departure,
		now: number,
		{ throttled: cause, retryAfterMs }: Refusal,
		fullUntil: number | null,
	): boolean {
		this.refusalMs = Math.max(this.refusalMs * 0.9, now - departure.at);
		this.refusedAt = Math.max(this.refusedAt, departure.at);
		const closes = this.cause === null && departure.at >= this.openedAt;
		if (closes) {
			this.closedAt = now;
			this.failedProbes = 0;
			this.askedUntil = -Infinity;
			this.gapMs = FIRST_GAP_MS;
			this.putOffProbe(now);
			this.nextAt = Math.max(this.nextAt, fullUntil ?? 0);
		}
		if (closes || (this.cause !== null && cause === 'overload')) this.cause = cause;
		if (this.cause === null) return false;
		if (departure.at > this.closedAt) this.failedProbes += 1;
		if (retryAfterMs !== null) {
			const until = now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
			this.askedUntil = Math.max(this.askedUntil, until);
			this.nextAt = Math.max(this.nextAt, until);
		}
		return closes;
	}

	/** Lets the next probe leave at once, unless the API asked to wait. */
	hurry(now: number): void {
		this.nextAt = Math.max(now, this.askedUntil);
	}

	/** Spread by a tenth each way, so that several processes do not knock at the same moments. */
	private putOffProbe(now: number): void {
		const gapMs = this.gapMs * (0.9 + 0.2 * this.random());
		const longestMs = Math.max(USUAL_GAP_MS, Math.min(LONGEST_GAP_MS, (now - this.closedAt) / 8));
		const growth = this.gapMs < SLOW_UNTIL_MS ? SLOW_GROWTH : FAST_GROWTH;
		this.gapMs = Math.min(longestMs, this.gapMs * growth);
		const ends = USUAL_WINDOWS_MS.map((ms) => this.openedAt + ms + REORDERING_MS);
		const endsSoon = ends.find((at) => at > now && at < now + 1.4 * gapMs);
		this.nextAt = Math.max(endsSoon ?? now + gapMs, this.askedUntil);
	}
}
