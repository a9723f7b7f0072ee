/**
 * Decides when the next request to one model may leave, from what became of those before it: while the gate is
 * open when the rate and the number in flight allow it, and else when a probe is due. A refusal closes the gate.
 * Then one request at a time asks, later and later or when the API said, until one that left after the last
 * refused one is accepted. Refusals come quickly, so a probe that is unanswered for much longer than they take
 * was accepted, though its answer may take minutes.
 */
import type { Refusal, RefusalCause } from '../failure/refusalCause';
import type { FairQueue, Waiting } from '../fairQueue';
import { LONGEST_RETRY_AFTER_MS } from '../retryDelay';
import { InFlight, type Departure } from './inFlight';
import { Rate } from './rate';

/** What became of a request. Of one that was `abandoned`, broken off or not sent, nothing is known. */
export type Outcome = 'succeeded' | 'failed' | 'abandoned' | Refusal;

const FIRST_GAP_MS = 150;
/** When usual windows have ended: they begin as requests arrive, and the first ones open connections. */
const USUAL_WINDOWS_MS = [1090, 10_180, 60_680];

export class ModelPace<W extends Waiting> {
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

	constructor(
		private readonly random: () => number,
		readonly queue: FairQueue<W>,
	) {}

	get isIdle(): boolean {
		return this.inFlight.count === 0 && this.queue.length === 0;
	}

	/** Milliseconds the next request has to wait; infinite where only an answer makes room. */
	waitMs(now: number): number {
		const silentAt = Math.max((this.probe?.at ?? 0) + 1.5 * this.refusalMs + 20, this.askedUntil);
		if (this.probe !== null && now >= silentAt) this.open(this.probe, now);
		if (this.cause === null)
			return this.inFlight.waitMs(now, this.queue.length) || this.rate.waitMs(now);
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

	/** The API has taken it; may be said more than once. */
	accept(departure: Departure, now: number): void {
		if (departure.isAccepted) return;
		departure.isAccepted = true;
		this.stalled = null;
		const isScarce = this.inFlight.isFull || this.cause !== null;
		if (isScarce && this.queue.length > 0) this.inFlight.grow();
		this.open(departure, now);
	}

	/** It is no longer in flight. */
	end(departure: Departure, now: number, outcome: Outcome): void {
		if (outcome === 'succeeded') this.accept(departure, now);
		// The API was there, whatever it has answered.
		else if (outcome === 'failed') this.open(departure, now);
		else {
			// The API has not counted it, or its fate says nothing of the API.
			this.rate.uncount(departure.at);
			if (departure === this.probe) this.probe = null;
		}
		if (typeof outcome === 'object') this.refuse(departure, now, outcome);
		this.inFlight.count -= 1;
		this.usedAt = now;
	}

	private refuse(departure: Departure, now: number, refusal: Refusal): void {
		const { throttled: cause, retryAfterMs, reason } = refusal;
		this.stalled = { since: this.stalled?.since ?? now, reason };
		const isExplained =
			cause !== 'overload' && this.inFlight.refuse(departure, cause === 'concurrency');
		if (isExplained && retryAfterMs === null) return;
		this.refusalMs = Math.max(this.refusalMs * 0.9, now - departure.at);
		this.refusedAt = Math.max(this.refusedAt, departure.at);
		const isProbe = this.cause !== null && departure.at > this.closedAt;
		// One that left before the gate opened last says nothing new.
		const closes = this.cause === null && departure.at >= this.openedAt;
		const fullUntil = closes && cause === 'rate' ? this.rate.fullUntil(now) : 0;
		if (closes) {
			this.cause = cause;
			this.closedAt = now;
			this.failedProbes = 0;
			this.gapMs = FIRST_GAP_MS;
			this.burstUntil = cause === 'rate' ? this.rate.burstUntil(now) : 0;
			this.putOffProbe(now);
			if (fullUntil > 0) this.nextAt = Math.max(fullUntil, now + FIRST_GAP_MS / 3);
		}
		if (retryAfterMs !== null && this.cause !== null) {
			this.askedUntil = now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
			this.nextAt = Math.max(this.nextAt, this.askedUntil);
		}
		const isFirst = closes && cause === 'rate' && this.rate.isNew;
		this.inFlight.suspect(departure, isFirst, isProbe);
		if (isProbe) this.failedProbes += 1;
		if (isProbe && cause === 'overload' && this.failedProbes === 3) this.inFlight.halve();
	}

	/** Opens the gate for one that was taken, if it left after all that were refused. */
	private open(departure: Departure, now: number): void {
		const { cause, closedAt, refusedAt } = this;
		if (cause === null || now < this.askedUntil || departure.at <= refusedAt) return;
		this.cause = null;
		this.probe = null;
		this.openedAt = departure.at;
		const wasCeiling = this.inFlight.settle(departure);
		if (cause === 'rate' && !wasCeiling) this.rate.learn(closedAt, refusedAt, departure.at, now);
	}

	/**
	 * Gaps are spread by a tenth, as several processes may ask, and grow: up to a second slowly, so that a window
	 * which others fill, too, is found open, then to an eighth of the wait, so that a ban that refusals prolong
	 * can end. A probe that would leave shortly before the end of a window waits for it.
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
