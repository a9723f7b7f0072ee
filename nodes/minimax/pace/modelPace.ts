import type { RefusalCause } from '../failure/refusalCause';
import { LONGEST_RETRY_AFTER_MS } from '../retryDelay';
import { InFlight, type Departure } from './inFlight';
import { Rate } from './rate';
import { WaitingLine } from './waitingLine';

/** What a refusal says. */
export interface Refusal {
	throttled: RefusalCause;
	/** How long the API asked to wait, in milliseconds, null where it did not say. */
	retryAfterMs: number | null;
	/** What those are rejected with who run out of patience, of other node runs too. */
	reason: unknown;
}

const FIRST_GAP_MS = 150;
/** Where a window is known to end. */
const LEAST_GAP_MS = 50;
/**
 * A probe that would leave shortly before the end of a usual window waits for it, and a little longer: a
 * window begins when a request arrives, and the first ones do so late, as they open connections.
 */
const USUAL_WINDOWS_MS = [1090, 10_180, 60_680];
/** Requests sent closer together than this may arrive in another order than they left in. */
const REORDERING_MS = 20;

/**
 * Decides when the next request to one model may leave, from what became of those before it: while the
 * gate is open when the rate and the number in flight allow it, and else when a probe is due.
 *
 * A refusal closes the gate. Then one request at a time asks, later and later or when the API said, until
 * one that left after the last refused one is accepted. Refusals come quickly, so a probe that is
 * unanswered for much longer than they take was accepted, though its answer may take minutes.
 */
export class ModelPace {
	readonly line = new WaitingLine();
	/** The first refusal since the last success. */
	stalled: { since: number; reason: unknown } | null = null;
	/** When a request to it ended last. */
	usedAt = Infinity;
	private readonly rate = new Rate();
	private readonly inFlight = new InFlight();
	/** What closed the gate; null while it is open. */
	private cause: RefusalCause | null = null;
	private closedAt = -Infinity;
	/** When the request left that opened the gate last, and the last one that was refused. */
	private openedAt = -Infinity;
	private refusedAt = -Infinity;
	/** The request that asks, how many have asked in vain, and when and after what time the next one may. */
	private probe: Departure | null = null;
	private failedProbes = 0;
	private nextAt = 0;
	private gapMs = 0;
	/** When the window ends that is known, if it is a fixed one. */
	private burstUntil = 0;
	private askedUntil = -Infinity;
	/** How long refusals take, the slowest of late. */
	private refusalMs = 0;

	constructor(private readonly random: () => number) {}

	get isIdle(): boolean {
		return this.inFlight.count === 0 && this.line.length === 0;
	}

	/** Milliseconds the next request has to wait; infinite where only an answer makes room. */
	waitMs(now: number): number {
		const { probe } = this;
		const silentAt = Math.max((probe?.at ?? 0) + 1.5 * this.refusalMs + 20, this.askedUntil);
		if (probe !== null && now >= silentAt) this.open(probe, now);
		if (this.cause === null)
			return this.inFlight.waitMs(now, this.line.length) || this.rate.waitMs(now);
		return Math.max(0, (this.probe ? silentAt : this.nextAt) - now);
	}

	depart(now: number): Departure {
		const departure = this.inFlight.depart(now);
		this.rate.depart(now);
		if (this.openedAt === -Infinity) this.openedAt = now;
		if (this.cause === null) return departure;
		this.probe = departure;
		this.putOffProbe(now);
		return departure;
	}

	/** The API has taken it. */
	accept(departure: Departure, now: number): void {
		this.stalled = null;
		const isScarce = this.inFlight.isFull || this.cause !== null;
		if (isScarce && this.line.length > 0) this.inFlight.grow();
		this.answer(departure, now);
	}

	/** The API was there, whatever it has answered. */
	answer(departure: Departure, now: number): void {
		if (this.cause === null || now < this.askedUntil) return;
		if (departure.at > this.refusedAt + REORDERING_MS) this.open(departure, now);
	}

	refuse(departure: Departure, now: number, refusal: Refusal): void {
		const { throttled: cause, retryAfterMs, reason } = refusal;
		this.stalled = { since: this.stalled?.since ?? now, reason };
		this.uncount(departure);
		const isPlain = cause === 'rate';
		const isExplained = cause !== 'overload' && this.inFlight.refuse(departure, !isPlain);
		if (isExplained && retryAfterMs === null) return;
		this.refusalMs = Math.max(this.refusalMs * 0.9, now - departure.at);
		this.refusedAt = Math.max(this.refusedAt, departure.at);
		const isProbe = this.cause !== null && departure.at > this.closedAt;
		// One that left before the gate opened last says nothing new.
		const closes = this.cause === null && departure.at >= this.openedAt;
		const fullUntil = closes && isPlain ? this.rate.fullUntil(now) : 0;
		if (closes) {
			this.cause = cause;
			this.closedAt = now;
			this.failedProbes = 0;
			this.gapMs = FIRST_GAP_MS;
			this.burstUntil = isPlain ? this.rate.burstUntil(now) : 0;
			this.putOffProbe(now);
			if (fullUntil > 0) this.nextAt = Math.max(fullUntil, now + LEAST_GAP_MS);
		}
		if (retryAfterMs !== null && this.cause !== null) {
			this.askedUntil = now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
			this.nextAt = Math.max(this.nextAt, this.askedUntil);
		}
		this.inFlight.suspect(departure, closes && isPlain && this.rate.isNew, isProbe);
		if (isProbe) this.failedProbes += 1;
		if (isProbe && cause === 'overload' && this.failedProbes === 3) this.inFlight.halve();
	}

	/** It was not sent, or its fate says nothing of the API. */
	uncount(departure: Departure): void {
		this.rate.uncount(departure.at);
		if (departure === this.probe) this.probe = null;
	}

	/** It is no longer in flight. */
	end(now: number): void {
		this.inFlight.count -= 1;
		this.usedAt = now;
	}

	private open(departure: Departure, now: number): void {
		const { cause, closedAt, refusedAt, failedProbes } = this;
		this.cause = null;
		this.probe = null;
		this.openedAt = departure.at;
		const wasCeiling = this.inFlight.settle(departure);
		if (cause !== 'rate' || wasCeiling) return;
		this.rate.learn({ closedAt, refusedAt, acceptedAt: departure.at, failedProbes }, now);
	}

	/**
	 * Gaps are spread by a tenth, so that several processes do not knock at the same moments, and grow: up
	 * to a second slowly, so that a window of seconds which others fill, too, is found open, and after long
	 * waits to an eighth of the wait, so that a ban that refusals prolong can end.
	 */
	private putOffProbe(now: number): void {
		const gapMs = this.gapMs * (0.9 + 0.2 * this.random());
		const longestMs = Math.max(30_000, Math.min(90_000, (now - this.closedAt) / 8));
		this.gapMs = Math.min(longestMs, this.gapMs * (this.gapMs < 1000 ? 1.4 : 1.8));
		const usual = USUAL_WINDOWS_MS.map((ms) => this.openedAt + ms);
		const end = [this.burstUntil, ...usual].find((at) => at > now && at < now + 1.4 * gapMs);
		this.nextAt = Math.max(end ?? now + gapMs, this.askedUntil);
	}
}
