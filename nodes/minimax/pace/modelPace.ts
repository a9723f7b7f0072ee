import type { RefusalCause } from '../failure/refusalCause';
import { Gate, type Departure } from './gate';
import { InFlight } from './inFlight';
import { Rate } from './rate';
import { WaitingLine } from './waitingLine';

const PROBES_TO_HALVE = 3;

/**
 * Decides when the next request to one model may leave, from what became of those before it: when fewer
 * are in flight than may be and the rate allows it, or when the gate is closed and a probe is due.
 */
export class ModelPace {
	readonly line = new WaitingLine();
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
		if (silent !== undefined) this.open(silent, now);
		// Probes are single and leave however many are in flight.
		if (this.gate.cause !== null) return Math.max(0, this.gate.nextEventAt - now);
		if (this.inFlight.isFull) return Infinity;
		return Math.max(this.inFlight.waitMs(now, this.line.length), this.rate.waitMs(now));
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
		if (isScarce && this.line.length > 0) this.inFlight.growBySuccess();
		this.answer(departure, now);
	}

	/** The API was there, whatever it has answered. */
	answer(departure: Departure, now: number): void {
		if (this.gate.isOpenedBy(departure, now)) this.open(departure, now);
	}

	/** @param reason what those are rejected with who run out of patience */
	refuse(departure: Departure, now: number, refusal: Refusal): void {
		const { throttled: cause, retryAfterMs, reason } = refusal;
		this.stalled = { since: this.stalled?.since ?? now, reason };
		this.uncount(departure);
		const isProbe = this.gate.cause !== null && departure.at > this.gate.closedAt;
		const isExplained =
			cause !== 'overload' && this.inFlight.refuse(departure, cause === 'concurrency');
		if (isExplained && retryAfterMs === null) return;
		this.inFlight.refuseMore(departure, isProbe);
		if (this.gate.refuse(departure, now, cause, retryAfterMs)) {
			const window = this.rate.close(now);
			this.gate.plan(cause === 'rate' ? window : { from: window.from, endsAt: 0, intervalMs: 0 });
			if (cause === 'rate' && !this.rate.isFull) this.inFlight.suspect();
		}
		const hasFailed = isProbe && this.gate.failedProbes === PROBES_TO_HALVE;
		if (hasFailed && this.gate.cause === 'overload') this.inFlight.halve();
	}

	/** It was not sent, or its fate says nothing of the API. */
	uncount(departure: Departure): void {
		departure.isUncounted = true;
		this.rate.uncount(departure.at);
	}

	/** It is no longer in flight. */
	end(now: number): void {
		this.inFlight.count -= 1;
		this.usedAt = now;
	}

	private open(departure: Departure, now: number): void {
		const { cause } = this.gate;
		this.gate.open(departure);
		const wasCeiling = this.inFlight.settle(departure);
		if (cause === 'rate' && !wasCeiling) this.rate.learn(this.gate, departure.at, now);
	}
}

/** What a refusal says. */
export interface Refusal {
	throttled: RefusalCause;
	/** How long the API asked to wait, in milliseconds, null where it did not say. */
	retryAfterMs: number | null;
	/** What those are rejected with who run out of patience, of other node runs too. */
	reason: unknown;
}
