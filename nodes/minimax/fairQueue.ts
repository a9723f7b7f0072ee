import { Deque } from '@datastructures-js/deque';

import { AbortWatch } from './abortWatch';
import { abortReason } from './clock';

/** How a request waits for its turn. */
export interface Turn {
	/** How many requests of one node run may be in flight at once, over all keys and models; 0 for no limit. */
	maxConcurrency: number;
	/** The request goes ahead of the run's others. */
	again?: boolean;
	/** Ends the wait as it aborts. */
	signal?: AbortSignal;
}

/** A request that waits. */
export interface Waiting extends Turn {
	/** Its node run: runs take turns. */
	readonly run: { readonly inFlight: number };
	reject(reason: unknown): void;
}

/** After so many single requests in a row one of a batch has its turn. */
const SINGLES_IN_A_ROW = 3;

/**
 * Decides whose turn it is, from who waits and how many requests each node run has in flight. Runs take turns,
 * so that a small batch does not queue behind a thousand rows, and a run with a single request (a chat, an agent,
 * a tool) goes ahead of batches.
 */
export class FairQueue<W extends Waiting> {
	/** How many wait. */
	length = 0;
	/** The run whose turn it is comes first. */
	private readonly lines = new Map<W['run'], Deque<W>>();
	private singlesInARow = 0;
	private readonly aborts: AbortWatch;

	/** @param onAbort called after waiting requests were rejected because their signal aborted */
	constructor(onAbort: () => void) {
		this.aborts = new AbortWatch((signal) => {
			this.dismiss((waiter) => waiter.signal === signal, abortReason(signal));
			onAbort();
		});
	}

	push(waiter: W): void {
		const { run, again } = waiter;
		const line = this.lines.get(run) ?? new Deque<W>();
		this.lines.set(run, again ? line.pushFront(waiter) : line.pushBack(waiter));
		this.length += 1;
		this.aborts.enter(waiter.signal);
	}

	/** The next one that does not exceed the bound of its own run; it stays in the queue. */
	next(): W | undefined {
		let other: W | undefined;
		for (const line of this.lines.values()) {
			const first = line.front();
			if (!first || first.run.inFlight >= (first.maxConcurrency || Infinity)) continue;
			if (this.isSingle(first) === this.singlesInARow < SINGLES_IN_A_ROW) return first;
			other ??= first;
		}
		return other;
	}

	/** Takes out what `next` has named, and ends the turn of its run. */
	take(waiter: W): void {
		const { run } = waiter;
		const line = this.lines.get(run);
		this.singlesInARow = this.isSingle(waiter) ? this.singlesInARow + 1 : 0;
		line?.popFront();
		this.lines.delete(run);
		if (line?.isEmpty() === false) this.lines.set(run, line);
		this.length -= 1;
		this.aborts.leave(waiter.signal);
	}

	/** Takes these out of the queue and rejects them. */
	dismiss(isOver: (waiter: W) => boolean, reason: unknown): void {
		const removed: W[] = [];
		for (const [run, line] of this.lines) {
			const left: W[] = [];
			for (const waiter of line.toArray()) (isOver(waiter) ? removed : left).push(waiter);
			if (left.length > 0) this.lines.set(run, new Deque(left));
			else this.lines.delete(run);
		}
		this.length -= removed.length;
		for (const waiter of removed) {
			this.aborts.leave(waiter.signal);
			waiter.reject(reason);
		}
	}

	private isSingle({ run }: W): boolean {
		return run.inFlight === 0 && this.lines.get(run)?.size() === 1;
	}
}
