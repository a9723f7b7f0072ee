import { PaceInFlight, type Flight } from './paceInFlight';
import type { Departure } from './paceMeasure';
import { PaceQueue, type Waiter } from './paceQueue';
import { PaceRate, type ThrottleCause } from './paceRate';

/** Time and chance, given by the caller: the core may not use timers. */
export interface Clock {
	/** Milliseconds since any fixed moment. */
	now(): number;
	/** Rejects when the signal aborts, and takes its listener away in any case. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** From 0 up to 1. */
	random(): number;
}

/** Who asks for a slot, and how long he waits. */
export interface AcquireOptions {
	/** Most requests of the owner in flight; 0 leaves it to the pace. */
	maxConcurrency: number;
	/** The node run: owners take turns, and the bound above is each owner's own. */
	owner: object;
	signal?: AbortSignal;
	/** The request was refused before and goes ahead of the owner's unsent ones. */
	again?: boolean;
	/** Since when the caller has been waiting, in the clock's milliseconds; now by default. */
	since?: number;
	/** Milliseconds without any success after which the wait ends; 30 minutes by default. */
	patienceMs?: number;
}

/** What became of the request of a slot. */
export type SlotOutcome =
	| 'succeeded'
	/** Nothing to do with the pace. */
	| 'failed'
	/** Broken off, so that nothing is known, e.g. as the execution was stopped. */
	| 'abandoned'
	/** The slot was not used. */
	| 'unsent'
	| {
			throttled: ThrottleCause;
			/** How long the API asked to wait, in milliseconds, null where it did not say. */
			retryAfterMs: number | null;
			/** What those are rejected with who run out of patience, of other node runs too. */
			reason: unknown;
	  };

/** The right to send one request. */
export interface Slot {
	/** Optional: the API has begun to answer, long before the answer is complete. Not after `release`. */
	accepted(): void;
	/** To be called in any case; only the first call counts. */
	release(outcome: SlotOutcome): void;
}

/** The pace of one credential in this process. */
export interface Pace {
	/**
	 * Resolves when a request may be sent. Rejects with the signal's reason, with that of `dismiss`, or
	 * out of patience with the `reason` of the last refusal.
	 */
	acquire(options: AcquireOptions): Promise<Slot>;
	/** Rejects all waiting requests of the owner with the reason. */
	dismiss(owner: object, reason: unknown): void;
}

interface PaceWaiter extends Waiter {
	readonly since: number;
	readonly patienceMs: number;
	readonly signal: AbortSignal | undefined;
	grant(slot: Slot): void;
	reject(reason: unknown): void;
}

const DEFAULT_PATIENCE_MS = 30 * 60_000;
/** Timers closer together cost more than the evenness is worth; the rate catches up. */
const SHORTEST_TIMER_MS = 4;

/**
 * One queue, one timer and two learners: how many requests at a time (PaceInFlight), and how many
 * in what time (PaceRate). A request leaves when both let it.
 */
export class LearnedPace implements Pace {
	private readonly queue = new PaceQueue<PaceWaiter>();
	private readonly inFlight = new PaceInFlight();
	private readonly rate: PaceRate;
	private readonly watched = new Map<AbortSignal, { waiters: number; abort: () => void }>();
	private flying = 0;
	/** Whether the number in flight was what held the next request back. */
	private full = false;
	private timer: { at: number; cancel: AbortController } | null = null;
	/** The first refusal since the last success. */
	private stalled: { since: number; reason: unknown } | null = null;

	constructor(private readonly clock: Clock) {
		this.rate = new PaceRate(() => clock.random());
	}

	/** Whether nothing is in flight and nobody waits. */
	get idle(): boolean {
		return this.flying === 0 && this.queue.length === 0;
	}

	acquire(options: AcquireOptions): Promise<Slot> {
		return new Promise((resolve, reject) => {
			const { signal } = options;
			if (signal?.aborted) return reject(abortReason(signal));
			const now = this.clock.now();
			const waiter: PaceWaiter = {
				owner: options.owner,
				maxConcurrency: options.maxConcurrency,
				again: options.again ?? false,
				since: options.since ?? now,
				patienceMs: options.patienceMs ?? DEFAULT_PATIENCE_MS,
				signal,
				grant: resolve,
				reject,
			};
			if (this.isImpatient(waiter, now)) return reject(this.stalled?.reason);
			this.watch(signal);
			this.queue.push(waiter);
			this.serve();
		});
	}

	dismiss(owner: object, reason: unknown): void {
		this.turnAway(
			this.queue.remove((waiter) => waiter.owner === owner),
			reason,
		);
	}

	/** Grants slots as long as the learners allow it, and sets the timer for the next one. */
	private serve(): void {
		this.full = false;
		while (this.queue.hasServable()) {
			const now = this.clock.now();
			// Probes go out in any case: they are single.
			const roomMs = this.rate.closed ? 0 : this.inFlight.waitMs(this.flying, now);
			this.full = roomMs > 0;
			if (roomMs === Infinity) break;
			const waitMs = roomMs > 0 ? roomMs : this.rate.waitMs(now);
			if (waitMs > 0) return this.wakeAt(now + Math.max(waitMs, SHORTEST_TIMER_MS));
			const waiter = this.queue.shift();
			if (waiter === undefined) return;
			this.unwatch(waiter.signal);
			const flight = this.inFlight.depart(this.flying);
			this.flying += 1;
			waiter.grant(this.openSlot(waiter.owner, flight, this.rate.depart(now)));
		}
		this.cancelTimer();
	}

	private openSlot(owner: object, flight: Flight, departure: Departure): Slot {
		let accepted = false;
		let released = false;
		const accept = () => {
			if (accepted) return;
			accepted = true;
			this.stalled = null;
			this.inFlight.accept(flight, this.full && this.queue.length > 0);
			this.rate.accept(departure, this.clock.now());
		};
		return {
			accepted: () => {
				if (released) return;
				accept();
				this.serve();
			},
			release: (outcome) => {
				if (released) return;
				released = true;
				const now = this.clock.now();
				if (outcome === 'succeeded') accept();
				else if (outcome === 'unsent') this.rate.cancel(departure, now);
				else if (outcome === 'abandoned') this.rate.abandon(departure);
				else if (outcome === 'failed') this.rate.accept(departure, now);
				else {
					this.stalled ??= { since: now, reason: outcome.reason };
					this.stalled.reason = outcome.reason;
					this.throttle(flight, departure, outcome.throttled, outcome.retryAfterMs);
					const impatient = this.queue.removeFirst((waiter) => this.isImpatient(waiter, now));
					this.turnAway(impatient, outcome.reason);
				}
				this.flying -= 1;
				this.queue.leave(owner);
				this.serve();
			},
		};
	}

	private throttle(
		flight: Flight,
		departure: Departure,
		cause: ThrottleCause,
		retryAfterMs: number | null,
	): void {
		const tried = cause === 'rate' && this.inFlight.refuse(flight, !this.rate.closed);
		if (tried && retryAfterMs === null) {
			this.rate.abandon(departure);
			return;
		}
		const begins = this.rate.refuse(departure, this.clock.now(), cause, retryAfterMs);
		if (begins && cause === 'overload') this.inFlight.shrink();
	}

	private isImpatient(waiter: PaceWaiter, now: number): boolean {
		if (this.stalled === null) return false;
		return now - Math.max(this.stalled.since, waiter.since) >= waiter.patienceMs;
	}

	private turnAway(waiters: PaceWaiter[], reason: unknown): void {
		for (const waiter of waiters) {
			this.unwatch(waiter.signal);
			waiter.reject(reason);
		}
		if (this.queue.length === 0) this.cancelTimer();
	}

	/** One listener a signal, however many requests wait under it. */
	private watch(signal: AbortSignal | undefined): void {
		if (signal === undefined) return;
		const watched = this.watched.get(signal);
		if (watched !== undefined) {
			watched.waiters += 1;
			return;
		}
		const abort = () => {
			const stopped = this.queue.remove((waiter) => waiter.signal === signal);
			this.turnAway(stopped, abortReason(signal));
		};
		signal.addEventListener('abort', abort);
		this.watched.set(signal, { waiters: 1, abort });
	}

	private unwatch(signal: AbortSignal | undefined): void {
		const watched = signal && this.watched.get(signal);
		if (signal === undefined || watched === undefined) return;
		watched.waiters -= 1;
		if (watched.waiters > 0) return;
		signal.removeEventListener('abort', watched.abort);
		this.watched.delete(signal);
	}

	private wakeAt(at: number): void {
		if (this.timer !== null && this.timer.at <= at) return;
		this.cancelTimer();
		const timer = { at, cancel: new AbortController() };
		this.timer = timer;
		void this.clock.sleep(at - this.clock.now(), timer.cancel.signal).then(
			() => {
				if (this.timer !== timer) return;
				this.timer = null;
				this.serve();
			},
			() => undefined,
		);
	}

	private cancelTimer(): void {
		this.timer?.cancel.abort();
		this.timer = null;
	}
}

/** What an aborted wait rejects with: the signal's own reason, an AbortError where that is no object. */
export function abortReason(signal: AbortSignal): unknown {
	const reason: unknown = signal.reason;
	if (typeof reason === 'object' && reason !== null) return reason;
	const error = new Error('The execution was stopped');
	error.name = 'AbortError';
	return error;
}

const MOST_PACES = 100;
const paces = new Map<string, LearnedPace>();

/**
 * The pace of a credential, the same one for every node and execution in this process. A hundred are
 * remembered, and all that are in use.
 * @param key a hash of base URL and API key, never the key itself
 * @param clock used when the pace is new
 */
export function paceFor(key: string, clock: Clock): Pace {
	const pace = paces.get(key) ?? new LearnedPace(clock);
	paces.delete(key);
	paces.set(key, pace);
	for (const [oldKey, oldPace] of paces) {
		if (paces.size <= MOST_PACES) break;
		if (oldPace.idle && oldPace !== pace) paces.delete(oldKey);
	}
	return pace;
}
