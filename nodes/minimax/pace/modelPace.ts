/**
 * Decides when the next request to one model may leave, from what became of the earlier ones. While the gate is
 * open, the rate and the number in flight decide. A refusal closes it. Then one request at a time is sent as a
 * probe, at growing gaps or when the API has said. The gate opens once a request is accepted that left after all
 * refused ones. A probe without a reply for longer than refusals take counts as accepted: answers take minutes.
 */
import type { Outcome, Refusal, RefusalCause } from '../failure/refusalCause';
import type { FairQueue, Waiting } from '../fairQueue';
import { LONGEST_RETRY_AFTER_MS } from '../retryDelay';
import { InFlight, type Departure } from './inFlight';
import { Rate } from './rate';

const FIRST_GAP_MS = 150;
/** Usual windows, a little longer: one begins when its first request arrives, on a connection yet to be made. */
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
	/** When the known window ends, if the API counts in fixed ones. */
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

	/** The API has taken the request. Only the first call counts. */
	accept(departure: Departure, now: number): void {
		if (departure.isAccepted) return;
		departure.isAccepted = true;
		this.stalled = null;
		const isScarce = this.inFlight.isFull || this.cause !== null;
		if (isScarce && this.queue.length > 0) this.inFlight.grow();
		this.open(departure, now);
	}

	/** The request is no longer in flight. */
	end(departure: Departure, now: number, outcome: Outcome): void {
		if (outcome === 'succeeded') this.accept(departure, now);
		// It failed for another reason than a limit, so the API takes requests again.
		else if (outcome === 'failed') this.open(departure, now);
		else {
			// The API did not count it, or nobody knows whether it did.
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
		const isRate = cause === 'rate';
		const isExplained = cause !== 'overload' && this.inFlight.refuse(departure, !isRate);
		if (isExplained && retryAfterMs === null) return;
		this.refusalMs = Math.max(this.refusalMs * 0.9, now - departure.at);
		this.refusedAt = Math.max(this.refusedAt, departure.at);
		const isProbe = this.cause !== null && departure.at > this.closedAt;
		// One that left before the gate opened last says nothing new.
		const closes = this.cause === null && departure.at >= this.openedAt;
		if (closes) {
			this.cause = cause;
			this.closedAt = now;
			this.failedProbes = 0;
			this.gapMs = FIRST_GAP_MS;
			this.burstUntil = isRate ? this.rate.burstUntil(now) : 0;
			this.putOffProbe(now);
			const fullUntil = isRate ? this.rate.fullUntil(now) : 0;
			if (fullUntil > 0) this.nextAt = Math.max(fullUntil, now + FIRST_GAP_MS / 3);
		}
		if (retryAfterMs !== null && this.cause !== null) {
			this.askedUntil = now + Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS);
			this.nextAt = Math.max(this.nextAt, this.askedUntil);
		}
		this.inFlight.suspect(departure, closes && isRate && this.rate.isNew, isProbe);
		if (isProbe) this.failedProbes += 1;
		if (isProbe && cause === 'overload' && this.failedProbes === 3) this.inFlight.halve();
	}

	/** Opens the gate because this request was accepted, if it left after all the refused ones. */
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
	 * Gaps vary by a tenth, so that several processes do not probe at the same moments. They grow slowly up to a
	 * second, to find room in a window that others fill as well, then up to an eighth of the wait, so that a ban
	 * which refusals prolong can end. A probe due shortly before the end of a window waits for that end.
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
