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
/** A probe that would leave shortly before the end of a usual window waits for it. */
const USUAL_WINDOWS_MS = [1000, 10_000, 60_000];
/** Requests sent closer together than this may arrive in another order than they left in. */
const REORDERING_MS = 20;

/**
 * Decides whether requests may leave at all, from refusals and from what becomes of probes.
 *
 * A refusal closes the gate. Then one request at a time asks, later and later or when the API said, until
 * one that left after the last refused one is accepted. Refusals come quickly, so a probe that is
 * unanswered for much longer than they take was accepted, though its answer may take minutes.
 */
export class Gate {
	/** What closed it; null while it is open. */
	cause: RefusalCause | null = null;
	closedAt = -Infinity;
	/** When the request left that opened it, and the last one that was refused. */
	openedAt = -Infinity;
	refusedAt = -Infinity;
	failedProbes = 0;
	private probe: Departure | null = null;
	private nextAt = 0;
	private gapMs = 0;
	private askedUntil = -Infinity;
	/** How long refusals take, the slowest of late. */
	private refusalMs = 0;

	constructor(private readonly random: () => number) {}

	/** Milliseconds until the next probe may leave, or the one under way counts as accepted. */
	waitMs(now: number): number {
		return Math.max(0, (this.probe?.isUncounted === false ? this.silentAt : this.nextAt) - now);
	}

	/** The probe under way, once it counts as accepted in silence. */
	acceptedInSilence(now: number): Departure | null {
		return this.probe?.isUncounted === false && now >= this.silentAt ? this.probe : null;
	}

	private get silentAt(): number {
		return Math.max((this.probe?.at ?? 0) + 2 * this.refusalMs + 50, this.askedUntil);
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

	open({ at }: Departure): void {
		this.cause = null;
		this.openedAt = at;
		this.probe = null;
	}

	/** @returns whether it closes the gate; it does not if it left before the gate opened last */
	refuse({ at }: Departure, now: number, cause: RefusalCause): boolean {
		this.refusalMs = Math.max(this.refusalMs * 0.9, now - at);
		this.refusedAt = Math.max(this.refusedAt, at);
		if (this.cause !== null && at > this.closedAt) this.failedProbes += 1;
		if (this.cause !== null || at < this.openedAt) return false;
		this.cause = cause;
		this.closedAt = now;
		this.failedProbes = 0;
		this.gapMs = FIRST_GAP_MS;
		this.putOffProbe(now);
		return true;
	}

	/** No probe leaves before that: the API has asked to wait, or its window is known to be full. */
	holdUntil(at: number, isAsked: boolean): void {
		if (isAsked) this.askedUntil = Math.max(this.askedUntil, at);
		this.nextAt = Math.max(this.nextAt, at);
	}

	/** A probe was not sent: the next one may leave in its place. */
	cancel(now: number): void {
		this.nextAt = Math.max(now, this.askedUntil);
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
		const ends = USUAL_WINDOWS_MS.map((ms) => this.openedAt + ms + REORDERING_MS);
		const end = ends.find((at) => at > now && at < now + 1.4 * gapMs);
		this.nextAt = Math.max(end ?? now + gapMs, this.askedUntil);
	}
}
