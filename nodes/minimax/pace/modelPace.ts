import { Gate, type Departure, type RefusalCause } from './gate';
import { InFlight } from './inFlight';
import { Rate } from './rate';
import { LONGEST_RETRY_AFTER_MS } from './retryDelay';
import { WaitingLine, type Waiter } from './waitingLine';

/** What a refusal says. */
export interface Refusal {
	throttled: RefusalCause;
	/** How long the API asked to wait, in milliseconds, null where it did not say. */
	retryAfterMs: number | null;
	/** What those are rejected with who run out of patience, of other node runs too. */
	reason: unknown;
}

/**
 * Decides when the next request to one model may leave, from what became of those before it: when fewer
 * are in flight than may be and the rate allows it, or when the gate is closed and a probe is due.
 */
export class ModelPace<W extends Waiter> {
	readonly line = new WaitingLine<W>();
	/** The first refusal since the last success. */
	stalled: { since: number; reason: unknown } | null = null;
	/** When a request to it ended last. */
	usedAt = Infinity;
	private readonly gate: Gate;
	private readonly rate = new Rate();
	private readonly inFlight = new InFlight();

	constructor(random: () => number) {
		this.gate = new Gate(random);
	}

	get isIdle(): boolean {
		return this.inFlight.count === 0 && this.line.length === 0;
	}

	/** Milliseconds the next request has to wait; infinite where only an answer makes room. */
	waitMs(now: number): number {
		const silent = this.gate.acceptedInSilence(now);
		if (silent !== null) this.open(silent, now);
		// Probes are single and leave however many are in flight.
		if (this.gate.cause !== null) return this.gate.waitMs(now);
		return this.inFlight.waitMs(now) || this.rate.waitMs(now);
	}

	depart(now: number): Departure {
		const departure = this.inFlight.depart(now);
		this.rate.depart(now);
		this.gate.depart(departure);
		return departure;
	}

	/** The API has taken it. */
	accept(departure: Departure, now: number): void {
		this.stalled = null;
		const isScarce = this.inFlight.isFull || this.gate.cause !== null;
		if (isScarce && this.line.length > 0) this.inFlight.grow();
		this.answer(departure, now);
	}

	/** The API was there, whatever it has answered. */
	answer(departure: Departure, now: number): void {
		if (this.gate.isOpenedBy(departure, now)) this.open(departure, now);
	}

	refuse(departure: Departure, now: number, refusal: Refusal): void {
		const { throttled: cause, retryAfterMs, reason } = refusal;
		this.stalled = { since: this.stalled?.since ?? now, reason };
		this.uncount(departure);
		const isPlain = cause === 'rate';
		const isExplained = cause !== 'overload' && this.inFlight.refuse(departure, !isPlain);
		if (isExplained && retryAfterMs === null) return;
		const closes = this.gate.refuse(departure, now, cause);
		const fullUntil = isPlain ? this.rate.fullUntil(now) : null;
		if (closes && fullUntil !== null) this.gate.holdUntil(fullUntil, false);
		if (retryAfterMs !== null) {
			this.gate.holdUntil(now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS), true);
		}
		const isProbe = departure.at > this.gate.closedAt;
		this.inFlight.suspect(departure, closes && isPlain && fullUntil === null, isProbe);
		if (isProbe && cause === 'overload' && this.gate.failedProbes === 3) this.inFlight.halve();
	}

	/** It was not sent, or its fate says nothing of the API. */
	uncount(departure: Departure): void {
		departure.isUncounted = true;
		this.rate.uncount(departure.at);
	}

	/** It was not sent after all, so the next one may leave in its place. */
	cancel(departure: Departure, now: number): void {
		this.uncount(departure);
		this.gate.cancel(now);
	}

	/** It is no longer in flight. */
	end(now: number): void {
		this.inFlight.count -= 1;
		this.usedAt = now;
	}

	private open(departure: Departure, now: number): void {
		const { cause, closedAt, refusedAt } = this.gate;
		this.gate.open(departure);
		const wasCeiling = this.inFlight.settle(departure);
		if (cause === 'rate' && !wasCeiling) this.rate.learn(closedAt, refusedAt, departure.at, now);
	}
}
