/**
 * Decides when a request may be sent and when its wait is over, from who waits and what became of those before.
 * When the next request to a model may leave is for its ModelPace to say, whose it is for its WaitingLine.
 */
import { AbortWatch } from '../abortWatch';
import { abortReason, SteadyTime, type Clock } from '../clock';
import { ModelPace, type Refusal } from './modelPace';
import type { AcquireOptions, Waiter } from './waitingLine';

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

/** What an owner has in flight, and the paces by which it sends: one for each key. */
interface NodeRun {
	inFlight: number;
	readonly paces: Set<LearnedPace>;
}
const runs = new WeakMap<object, NodeRun>();

const DEFAULT_PATIENCE_MS = 30 * 60_000;
const FORGET_IDLE_MS = 600_000;
/** Timers closer together are not worth it: buckets refuse a quarter more without this bound. */
const SHORTEST_TIMER_MS = 4;

/** The pace of one credential in this process, with one timer for all who wait. */
export class LearnedPace {
	private readonly time: SteadyTime;
	private readonly lanes = new Map<string, ModelPace>();
	private readonly aborts = new AbortWatch((signal) => this.dismiss(signal, abortReason(signal)));

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
		const { owner, model = '', signal } = options;
		const { since = this.now(), patienceMs = DEFAULT_PATIENCE_MS } = options;
		if (signal?.aborted) return Promise.reject(abortReason(signal));
		const run = runs.get(owner) ?? { inFlight: 0, paces: new Set<LearnedPace>() };
		runs.set(owner, run);
		run.paces.add(this);
		const lane = this.laneOf(model);
		const endOfPatience = (): number =>
			lane.stalled === null ? Infinity : Math.max(lane.stalled.since, since) + patienceMs;
		return new Promise((resolve, reject) => {
			const grant = (): void => resolve(this.openSlot(lane, run));
			lane.line.push({ ...options, run, endOfPatience, grant, reject });
			this.aborts.enter(signal);
			this.time.setAlarm(endOfPatience());
			this.proceed();
		});
	}

	/** Rejects all waiting requests of the owner, or under the signal, with the reason. */
	dismiss(who: object, reason: unknown): void {
		for (const lane of this.lanes.values())
			this.endWaits(lane, ({ owner, signal }) => owner === who || signal === who, reason);
		this.proceed();
	}

	private laneOf(model: string): ModelPace {
		const known = this.lanes.get(model);
		if (known && !(known.isIdle && this.now() - known.usedAt >= FORGET_IDLE_MS)) return known;
		const lane = new ModelPace(() => this.clock.random());
		this.lanes.set(model, lane);
		return lane;
	}

	/** Grants all slots that may be granted now, and sets the alarm for the next one. */
	private proceed(): void {
		const lanes = [...this.lanes.values()];
		for (const lane of lanes) this.serve(lane);
		if (lanes.every(({ line }) => line.length === 0)) this.time.cancelAlarm();
	}

	private serve(lane: ModelPace): void {
		const { line } = lane;
		// Those whom the bound of their own run holds back are not asked about: the rate learns from whom it holds.
		for (let waiter = line.next(); waiter !== undefined; waiter = line.next()) {
			const now = this.now();
			const waitMs = lane.waitMs(now);
			const turn = now + Math.max(waitMs, SHORTEST_TIMER_MS);
			if (waitMs > 0) return this.time.setAlarm(Math.min(turn, waiter.endOfPatience()));
			line.take(waiter);
			this.aborts.leave(waiter.signal);
			waiter.grant();
		}
	}

	private openSlot(lane: ModelPace, run: NodeRun): Slot {
		const departure = lane.depart(this.now());
		run.inFlight += 1;
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
			run.inFlight -= 1;
			// The bound of a node run holds over all models and keys.
			for (const pace of run.paces) pace.proceed();
		};
		return { accepted, release };
	}

	/** The alarm rings for the next request, or for the first whose patience is over. */
	private endPatience(): void {
		const now = this.now();
		const isOver = ({ endOfPatience }: Waiter): boolean => {
			const end = endOfPatience();
			if (end > now) this.time.setAlarm(end);
			return end <= now;
		};
		for (const lane of this.lanes.values())
			if (lane.stalled) this.endWaits(lane, isOver, lane.stalled.reason);
		this.proceed();
	}

	private endWaits(
		{ line }: ModelPace,
		isOver: (waiter: Waiter) => boolean,
		reason: unknown,
	): void {
		for (const waiter of line.remove(isOver)) {
			this.aborts.leave(waiter.signal);
			waiter.reject(reason);
		}
	}
}
