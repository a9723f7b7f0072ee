/**
 * Decides whose turn it is, from who waits and how many requests each node run has in flight. Runs take turns,
 * so that a small batch does not queue behind a thousand rows, and a run with a single request (a chat, an agent,
 * a tool) goes ahead of batches.
 */
import { Deque } from '@datastructures-js/deque';

/** Who asks for a slot, and how long he waits. */
export interface AcquireOptions {
	/** The node run: owners take turns. */
	owner: object;
	/** Most requests of the owner in flight, with all keys and models; 0 leaves it to the pace. */
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

/** A request that waits for its slot. */
export interface Waiter extends AcquireOptions {
	/** What its owner has in flight. */
	readonly run: { readonly inFlight: number };
	/** Infinite as long as nobody is refused. */
	endOfPatience(): number;
	grant(): void;
	reject(reason: unknown): void;
}

/** After so many single requests in a row one of a batch has its turn. */
const SINGLES_IN_A_ROW = 3;

export class WaitingLine {
	/** How many wait. */
	length = 0;
	/** The run whose turn it is comes first. */
	private readonly lines = new Map<Waiter['run'], Deque<Waiter>>();
	private singlesInARow = 0;

	push(waiter: Waiter): void {
		const { run, again } = waiter;
		const line = this.lines.get(run) ?? new Deque<Waiter>();
		this.lines.set(run, again ? line.pushFront(waiter) : line.pushBack(waiter));
		this.length += 1;
	}

	/** The next one that does not exceed the bound of its own run; it stays in the line. */
	next(): Waiter | undefined {
		let other: Waiter | undefined;
		for (const line of this.lines.values()) {
			const first = line.front();
			if (!first || first.run.inFlight >= (first.maxConcurrency || Infinity)) continue;
			if (this.isSingle(first) === this.singlesInARow < SINGLES_IN_A_ROW) return first;
			other ??= first;
		}
		return other;
	}

	/** Takes out what `next` has named, and ends the turn of its run. */
	take(waiter: Waiter): void {
		const { run } = waiter;
		const line = this.lines.get(run);
		this.singlesInARow = this.isSingle(waiter) ? this.singlesInARow + 1 : 0;
		line?.popFront();
		this.lines.delete(run);
		if (line?.isEmpty() === false) this.lines.set(run, line);
		this.length -= 1;
	}

	/** Takes out those that wait no longer. */
	remove(isOver: (waiter: Waiter) => boolean): Waiter[] {
		const removed: Waiter[] = [];
		for (const [run, line] of this.lines) {
			const left: Waiter[] = [];
			for (const waiter of line.toArray()) (isOver(waiter) ? removed : left).push(waiter);
			if (left.length > 0) this.lines.set(run, new Deque(left));
			else this.lines.delete(run);
		}
		this.length -= removed.length;
		return removed;
	}

	private isSingle({ run }: Waiter): boolean {
		return run.inFlight === 0 && this.lines.get(run)?.size() === 1;
	}
}
