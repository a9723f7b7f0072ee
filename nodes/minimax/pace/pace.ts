/**
 * Decides when a request with one API key may be sent, and when its wait ends without that, with one timer for all.
 * ModelPace says when the next request to a model may leave, FairQueue which one of those that wait it is.
 */
import { abortReason, SteadyTime, type Clock } from '../clock';
import type { Outcome } from '../failure/refusalCause';
import { FairQueue, type Turn, type Waiting } from '../fairQueue';
import { nodeRunOf, type NodeRun } from '../nodeRun';
import { ModelPace } from './modelPace';

/** Who asks for a slot, and how long he waits. */
export interface AcquireOptions extends Turn {
	/** The node run: owners take turns. */
	owner: object;
	/** Limits are learned for each model by itself, as MiniMax sets them. */
	model?: string;
	/** Milliseconds without any success after which the wait ends; 30 minutes by default. */
	patienceMs?: number;
	/** Since when the request has been waiting, in the time of the pace's `now`; now by default. */
	since?: number;
}

/** The right to send one request. */
export interface Slot {
	/** Optional: the API has begun to answer, long before the answer is complete. */
	accepted(): void;
	/** To be called in any case; only the first call counts. */
	release(outcome: Outcome): void;
}

interface Waiter extends AcquireOptions, Waiting {
	/** Infinite as long as nobody is refused. */
	endOfPatience(): number;
	grant(): void;
}

const FORGET_IDLE_MS = 600_000;
/** Timers closer together are not worth it: buckets refuse a quarter more without this bound. */
const SHORTEST_TIMER_MS = 4;

export class LearnedPace {
	private readonly time: SteadyTime;
	private readonly lanes = new Map<string, ModelPace<Waiter>>();

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
		const { since = this.now(), patienceMs = 30 * 60_000 } = options;
		if (signal?.aborted) return Promise.reject(abortReason(signal));
		const run = nodeRunOf(owner);
		run.paces.add(this);
		const lane = this.laneOf(model);
		const endOfPatience = (): number =>
			Math.max(lane.stalled?.since ?? Infinity, since) + patienceMs;
		return new Promise((resolve, reject) => {
			const grant = (): void => resolve(this.openSlot(lane, run));
			lane.queue.push({ ...options, run, endOfPatience, grant, reject });
			this.time.setAlarm(endOfPatience());
			this.proceed();
		});
	}

	/** Rejects all waiting requests of the owner with the reason. */
	dismiss(owner: object, reason: unknown): void {
		for (const { queue } of this.lanes.values())
			queue.dismiss((waiter) => waiter.owner === owner, reason);
		this.proceed();
	}

	private laneOf(model: string): ModelPace<Waiter> {
		const known = this.lanes.get(model);
		if (known && !(known.isIdle && this.now() - known.usedAt >= FORGET_IDLE_MS)) return known;
		const queue = new FairQueue<Waiter>(() => this.proceed());
		const lane = new ModelPace(() => this.clock.random(), queue);
		this.lanes.set(model, lane);
		return lane;
	}

	/** Grants all slots that may be granted now, and sets the alarm for the next one. */
	proceed(): void {
		const lanes = [...this.lanes.values()];
		for (const lane of lanes) this.serve(lane);
		if (lanes.every(({ queue }) => queue.length === 0)) this.time.cancelAlarm();
	}

	private serve(lane: ModelPace<Waiter>): void {
		const { queue } = lane;
		for (let waiter = queue.next(); waiter !== undefined; waiter = queue.next()) {
			const now = this.now();
			const waitMs = lane.waitMs(now);
			const turn = now + Math.max(waitMs, SHORTEST_TIMER_MS);
			if (waitMs > 0) return this.time.setAlarm(Math.min(turn, waiter.endOfPatience()));
			queue.take(waiter);
			waiter.grant();
		}
	}

	private openSlot(lane: ModelPace<Waiter>, run: NodeRun): Slot {
		const departure = lane.depart(this.now());
		run.inFlight += 1;
		let isOver = false;
		const accepted = (): void => {
			if (!isOver) lane.accept(departure, this.now());
			this.proceed();
		};
		const release = (outcome: Outcome): void => {
			if (isOver) return;
			isOver = true;
			lane.end(departure, this.now(), outcome);
			run.inFlight -= 1;
			// The bound of a node run counts its requests to all models and with all keys.
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
		for (const { queue, stalled } of this.lanes.values())
			if (stalled) queue.dismiss(isOver, stalled.reason);
		this.proceed();
	}
}
