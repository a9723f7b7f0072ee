/**
 * Decides when a request may be sent and when its wait is over, from who waits and what became of those before.
 * When the next request to a model may leave is for its ModelPace to say, whose it is for its WaitingLine.
 */
import { abortReason, SteadyTime, type Clock } from '../clock';
import { ModelPace, type Refusal } from './modelPace';
import type { Owner, Waiter } from './waitingLine';

/** Who asks for a slot, and how long he waits. */
export interface AcquireOptions {
	/** The node run: owners take turns. */
	owner: object;
	/** Most requests of the owner in flight; 0 leaves it to the pace. */
	maxConcurrency: number;
	/** Limits are learned for each model by itself, as MiniMax sets them. */
	model?: string;
	signal?: AbortSignal;
	/** Milliseconds without any success after which the wait ends; 30 minutes by default. */
	patienceMs?: number;
	/** Since when the request has been waiting, in the time of the pace's `now`; now by default. */
	since?: number;
	/** The request goes ahead of the owner's others. */
	again?: boolean;
}

/**
 * What became of the request of a slot. `failed` has nothing to do with the pace; of one that was `abandoned`,
 * broken off or not sent, nothing is known.
 */
export type SlotOutcome = 'succeeded' | 'failed' | 'abandoned' | Refusal;

/** The right to send one request. */
export interface Slot {
	/** Optional: the API has begun to answer, long before the answer is complete. */
	accepted(): void;
	/** To be called in any case; only the first call counts. */
	release(outcome: SlotOutcome): void;
}

/** A node run, and the paces by which it sends: one for each key. */
type NodeRun = Owner & { readonly paces: Set<LearnedPace> };
const runs = new WeakMap<object, NodeRun>();
type Lane = ModelPace<PaceWaiter>;

interface PaceWaiter extends Waiter {
	readonly owner: NodeRun;
	readonly signal: AbortSignal | undefined;
	/** Infinite as long as nobody is refused. */
	endOfPatience(): number;
	grant(slot: Slot): void;
	reject(reason: unknown): void;
}

const DEFAULT_PATIENCE_MS = 30 * 60_000;
const FORGET_IDLE_MS = 600_000;
/** Timers closer together are not worth it: buckets refuse a quarter more without this bound. */
const SHORTEST_TIMER_MS = 4;

/** The pace of one credential in this process, with one timer for all who wait. */
export class LearnedPace {
	private readonly time: SteadyTime;
	private readonly lanes = new Map<string, Lane>();
	/** How many wait under a signal, with one listener for all. */
	private readonly watches = new WeakMap<AbortSignal, { waiting: number; stop: () => void }>();

	constructor(private readonly clock: Clock) {
		this.time = new SteadyTime(clock, () => this.endPatience());
	}

	/** Whether nothing is in flight and nobody waits. */
	get idle(): boolean {
		return [...this.lanes.values()].every((lane) => lane.isIdle);
	}

	/** Milliseconds of a time that does not jump, whatever the clock does. */
	now(): number {
		return this.time.now();
	}

	/**
	 * Resolves when a request may be sent. Rejects with the signal's reason, with that of `dismiss`, or
	 * out of patience with the `reason` of the last refusal.
	 */
	acquire(options: AcquireOptions): Promise<Slot> {
		return new Promise((grant, reject) => {
			const { signal, model = '', again = false, maxConcurrency } = options;
			const { since = this.now(), patienceMs = DEFAULT_PATIENCE_MS } = options;
			if (signal?.aborted) return reject(abortReason(signal));
			const owner = runs.get(options.owner) ?? { inFlight: 0, paces: new Set() };
			runs.set(options.owner, owner);
			owner.paces.add(this);
			const lane = this.laneOf(model);
			const endOfPatience = (): number =>
				lane.stalled === null ? Infinity : Math.max(lane.stalled.since, since) + patienceMs;
			const demand = { owner, maxConcurrency, again, signal };
			lane.line.push({ ...demand, endOfPatience, grant, reject });
			this.watch(signal, 1);
			this.time.setAlarm(endOfPatience());
			this.proceed();
		});
	}

	/** Rejects all waiting requests of the owner with the reason. */
	dismiss(owner: object, reason: unknown): void {
		const run = runs.get(owner);
		this.endWaits((waiter) => waiter.owner === run, reason);
	}

	private laneOf(model: string): Lane {
		const known = this.lanes.get(model);
		if (known && !(known.isIdle && this.now() - known.usedAt >= FORGET_IDLE_MS)) return known;
		const lane = new ModelPace<PaceWaiter>(() => this.clock.random());
		this.lanes.set(model, lane);
		return lane;
	}

	/** Grants all slots that may be granted now, and sets the alarm for the next one. */
	private proceed(): void {
		let waiting = 0;
		for (const lane of this.lanes.values()) {
			this.serve(lane);
			waiting += lane.line.length;
		}
		if (waiting === 0) this.time.cancelAlarm();
	}

	private serve(lane: Lane): void {
		for (let waiter = lane.line.next(); waiter !== undefined; waiter = lane.line.next()) {
			const now = this.now();
			const waitMs = lane.waitMs(now);
			if (waitMs > 0) return this.time.setAlarm(now + Math.max(waitMs, SHORTEST_TIMER_MS));
			lane.line.take(waiter);
			this.watch(waiter.signal, -1);
			waiter.owner.inFlight += 1;
			waiter.grant(this.openSlot(lane, waiter.owner));
		}
	}

	private openSlot(lane: Lane, owner: NodeRun): Slot {
		const departure = lane.depart(this.now());
		let stage: 'sent' | 'accepted' | 'over' = 'sent';
		const accepted = (): void => {
			if (stage !== 'sent') return;
			stage = 'accepted';
			lane.accept(departure, this.now());
			this.proceed();
		};
		const release = (outcome: SlotOutcome): void => {
			if (stage === 'over') return;
			const now = this.now();
			if (outcome === 'succeeded') accepted();
			else if (outcome === 'failed') lane.answer(departure, now);
			else if (outcome === 'abandoned') lane.uncount(departure);
			else lane.refuse(departure, now, outcome);
			stage = 'over';
			lane.end(now);
			owner.inFlight -= 1;
			// The bound of a node run holds over all models and keys.
			for (const pace of owner.paces) pace.proceed();
		};
		return { accepted, release };
	}

	private endPatience(): void {
		const now = this.now();
		const isOver = (waiter: PaceWaiter): boolean => {
			const end = waiter.endOfPatience();
			if (end > now) this.time.setAlarm(end);
			return end <= now;
		};
		for (const lane of this.lanes.values())
			if (lane.stalled) this.endWaits(isOver, lane.stalled.reason, [lane]);
		this.proceed();
	}

	private endWaits(
		isOver: (waiter: PaceWaiter) => boolean,
		reason: unknown,
		lanes: Iterable<Lane> = this.lanes.values(),
	): void {
		for (const { line } of lanes) {
			for (const waiter of line.remove(isOver)) {
				this.watch(waiter.signal, -1);
				waiter.reject(reason);
			}
		}
		this.proceed();
	}

	private watch(signal: AbortSignal | undefined, more: 1 | -1): void {
		if (signal === undefined) return;
		const stop = () => this.endWaits((each) => each.signal === signal, abortReason(signal));
		const watch = this.watches.get(signal) ?? { waiting: 0, stop };
		this.watches.set(signal, watch);
		if (watch.waiting === 0) signal.addEventListener('abort', watch.stop);
		watch.waiting += more;
		if (watch.waiting === 0) signal.removeEventListener('abort', watch.stop);
	}
}
