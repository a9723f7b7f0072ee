import { abortReason, SteadyTime, type Clock } from '../clock';
import { ModelPace, type Refusal } from './modelPace';
import type { Owner, Waiter } from './waitingLine';

export type { Clock };

/** Who asks for a slot, and how long he waits. */
export interface AcquireOptions {
	/** The node run: owners take turns. */
	owner: object;
	/** Most requests of the owner in flight; 0 leaves it to the pace. */
	maxConcurrency: number;
	/** Limits are learned for each model by itself, as MiniMax sets them. */
	model?: string;
	signal?: AbortSignal;
	/** The request was refused before, and goes ahead of the owner's unsent ones. */
	again?: boolean;
	/** Since when the caller has been waiting, in the time of the pace's `now`; now by default. */
	since?: number;
	/** Milliseconds without any success after which the wait ends; 30 minutes by default. */
	patienceMs?: number;
}

/**
 * What became of the request of a slot. `failed` has nothing to do with the pace, `abandoned` was broken
 * off, so that nothing is known, and `unsent` did not use the slot.
 */
export type SlotOutcome = 'succeeded' | 'failed' | 'abandoned' | 'unsent' | Refusal;

/** The right to send one request. */
export interface Slot {
	/** Optional: the API has begun to answer, long before the answer is complete. */
	accepted(): void;
	/** To be called in any case; only the first call counts. */
	release(outcome: SlotOutcome): void;
}

interface PaceWaiter extends Waiter {
	readonly lane: ModelPace<PaceWaiter>;
	readonly since: number;
	readonly patienceMs: number;
	readonly signal: AbortSignal | undefined;
	grant(slot: Slot): void;
	reject(reason: unknown): void;
}

const DEFAULT_PATIENCE_MS = 30 * 60_000;
const FORGET_IDLE_MS = 600_000;
/** Timers closer together cost more than the evenness is worth. */
const SHORTEST_TIMER_MS = 4;

/**
 * The pace of one credential in this process. Hands out slots, with one timer for all, and ends the waits
 * of those who are stopped, dismissed or out of patience. When the next request to a model may leave is
 * decided by its ModelPace, whose it is by its WaitingLine.
 */
export class LearnedPace {
	private readonly time: SteadyTime;
	private readonly lanes = new Map<string, ModelPace<PaceWaiter>>();
	private readonly owners = new WeakMap<object, Owner>();
	/** One listener a signal, however many requests wait under it. */
	private readonly watched = new Map<AbortSignal, { waiters: Set<PaceWaiter>; stop: () => void }>();
	private timer: { at: number; cancel: AbortController } | null = null;

	constructor(private readonly clock: Clock) {
		this.time = new SteadyTime(clock);
	}

	/** Whether nothing is in flight and nobody waits. */
	get idle(): boolean {
		return [...this.lanes.values()].every((lane) => lane.isIdle);
	}

	/** Milliseconds of a time that does not jump, whatever the clock does. */
	now(): number {
		return this.time.now(this.timer?.at);
	}

	/**
	 * Resolves when a request may be sent. Rejects with the signal's reason, with that of `dismiss`, or
	 * out of patience with the `reason` of the last refusal.
	 */
	acquire(options: AcquireOptions): Promise<Slot> {
		return new Promise((resolve, reject) => {
			const { signal, again = false, maxConcurrency } = options;
			const { since = this.now(), patienceMs = DEFAULT_PATIENCE_MS } = options;
			if (signal?.aborted) return reject(abortReason(signal));
			const owner = this.owners.get(options.owner) ?? { inFlight: 0 };
			this.owners.set(options.owner, owner);
			const lane = this.laneOf(options.model ?? '');
			const demand = { owner, lane, maxConcurrency, again, since, patienceMs, signal };
			const waiter: PaceWaiter = { ...demand, gone: false, grant: resolve, reject };
			if (this.now() >= patientUntil(waiter)) return reject(lane.stalled?.reason);
			lane.line.push(waiter);
			this.watch(waiter);
			this.serve(lane);
			if (lane.line.length > 0) this.wakeAt(patientUntil(waiter));
		});
	}

	/** Rejects all waiting requests of the owner with the reason. */
	dismiss(owner: object, reason: unknown): void {
		const known = this.owners.get(owner);
		if (known === undefined) return;
		for (const lane of this.lanes.values()) this.turnAway(lane.line.of(known), reason);
	}

	private laneOf(model: string): ModelPace<PaceWaiter> {
		const known = this.lanes.get(model);
		if (known !== undefined && !(known.isIdle && this.now() - known.usedAt >= FORGET_IDLE_MS)) {
			return known;
		}
		const lane = new ModelPace<PaceWaiter>(() => this.clock.random());
		this.lanes.set(model, lane);
		return lane;
	}

	/** Grants slots as long as the lane allows it, and sets the timer for the next one. */
	private serve(lane: ModelPace<PaceWaiter>): void {
		for (let waiter = lane.line.next(); waiter !== undefined; waiter = lane.line.next()) {
			const now = this.now();
			const waitMs = lane.waitMs(now);
			if (waitMs > 0) return this.wakeAt(now + Math.max(waitMs, SHORTEST_TIMER_MS));
			lane.line.take(waiter);
			this.unwatch(waiter);
			waiter.owner.inFlight += 1;
			waiter.grant(this.openSlot(waiter));
		}
		this.rest();
	}

	private openSlot({ owner, lane }: PaceWaiter): Slot {
		const departure = lane.depart(this.now());
		let isAccepted = false;
		let isReleased = false;
		const accept = () => {
			if (!isAccepted) lane.accept(departure, this.now());
			isAccepted = true;
		};
		return {
			accepted: () => {
				if (isReleased) return;
				accept();
				this.serve(lane);
			},
			release: (outcome) => {
				if (isReleased) return;
				isReleased = true;
				const now = this.now();
				if (outcome === 'succeeded') accept();
				else if (outcome === 'failed') lane.answer(departure, now);
				else if (outcome === 'abandoned') lane.uncount(departure);
				else if (outcome === 'unsent') lane.cancel(departure, now);
				else lane.refuse(departure, now, outcome);
				lane.end(now);
				owner.inFlight -= 1;
				if (typeof outcome === 'object') this.endPatience(lane);
				// The bound of a node run holds over all models.
				for (const each of this.lanes.values()) this.serve(each);
			},
		};
	}

	/** Turns away those who have waited too long, and sets the timer for the next one. */
	private endPatience(lane: ModelPace<PaceWaiter>): void {
		const now = this.now();
		for (;;) {
			const firsts = lane.line.firsts();
			const impatient = firsts.filter((waiter) => now >= patientUntil(waiter));
			if (impatient.length === 0) {
				return firsts.forEach((waiter) => this.wakeAt(patientUntil(waiter)));
			}
			this.turnAway(impatient, lane.stalled?.reason);
		}
	}

	private turnAway(waiters: Iterable<PaceWaiter>, reason: unknown): void {
		for (const waiter of waiters) {
			waiter.lane.line.leave(waiter);
			this.unwatch(waiter);
			waiter.reject(reason);
		}
		this.rest();
	}

	private watch(waiter: PaceWaiter): void {
		const { signal } = waiter;
		if (signal === undefined) return;
		const known = this.watched.get(signal);
		if (known !== undefined) return void known.waiters.add(waiter);
		const waiters = new Set([waiter]);
		const stop = () => this.turnAway(waiters, abortReason(signal));
		signal.addEventListener('abort', stop);
		this.watched.set(signal, { waiters, stop });
	}

	private unwatch(waiter: PaceWaiter): void {
		const { signal } = waiter;
		const known = signal && this.watched.get(signal);
		if (!known?.waiters.delete(waiter) || known.waiters.size > 0) return;
		signal?.removeEventListener('abort', known.stop);
		if (signal) this.watched.delete(signal);
	}

	private wakeAt(at: number): void {
		if (at === Infinity || (this.timer !== null && this.timer.at <= at)) return;
		this.timer?.cancel.abort();
		const timer = { at, cancel: new AbortController() };
		const ring = () => {
			if (this.timer !== timer) return;
			this.time.reach(timer.at);
			this.timer = null;
			for (const lane of this.lanes.values()) {
				this.endPatience(lane);
				this.serve(lane);
			}
		};
		this.timer = timer;
		void this.clock.sleep(at - this.now(), timer.cancel.signal).then(ring, () => undefined);
	}

	/** Where nobody waits nothing need wake. */
	private rest(): void {
		for (const { line } of this.lanes.values()) if (line.length > 0) return;
		this.timer?.cancel.abort();
		this.timer = null;
	}
}

function patientUntil({ lane, since, patienceMs }: PaceWaiter): number {
	return lane.stalled === null ? Infinity : Math.max(lane.stalled.since, since) + patienceMs;
}

const MOST_PACES = 100;
const paces = new Map<string, LearnedPace>();

/**
 * The pace of a credential, the same one for every node and execution in this process. A hundred are
 * remembered, and all that are in use.
 * @param key a hash of base URL and API key, never the key itself
 * @param clock used when the pace is new
 */
export function paceFor(key: string, clock: Clock): LearnedPace {
	const pace = paces.get(key) ?? new LearnedPace(clock);
	paces.delete(key);
	paces.set(key, pace);
	for (const [oldKey, oldPace] of paces) {
		if (paces.size <= MOST_PACES) break;
		if (oldPace.idle && oldPace !== pace) paces.delete(oldKey);
	}
	return pace;
}
