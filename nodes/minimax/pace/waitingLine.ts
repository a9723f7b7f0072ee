/**
 * Decides whose turn it is, from who waits and how many requests each node run has in flight. Runs take turns,
 * so that a small batch does not queue behind a thousand rows, and a run with a single request (a chat, an agent,
 * a tool) goes ahead of batches.
 */
import { Deque } from '@datastructures-js/deque';

/** A node run. */
export interface Owner {
	inFlight: number;
}

/** A request that waits for its slot. */
export interface Waiter {
	readonly owner: Owner;
	/** Most requests of the owner in flight, 0 when it sets no bound. */
	readonly maxConcurrency: number;
	/** It goes ahead of the owner's other requests. */
	readonly again: boolean;
}

/** After so many single requests in a row one of a batch has its turn. */
const SINGLES_IN_A_ROW = 3;

export class WaitingLine<W extends Waiter> {
	/** How many wait. */
	length = 0;
	/** The owner whose turn it is comes first. */
	private readonly lines = new Map<Owner, Deque<W>>();
	private singlesInARow = 0;

	push(waiter: W): void {
		const { owner, again } = waiter;
		const line = this.lines.get(owner) ?? new Deque<W>();
		this.lines.set(owner, again ? line.pushFront(waiter) : line.pushBack(waiter));
		this.length += 1;
	}

	/** The next one that does not exceed the bound of its own node run; it stays in the line. */
	next(): W | undefined {
		let other: W | undefined;
		for (const [owner, line] of this.lines) {
			const first = line.front();
			const most = first?.maxConcurrency || Infinity;
			if (!first || owner.inFlight >= most) continue;
			if (this.isSingle(owner) === this.singlesInARow < SINGLES_IN_A_ROW) return first;
			other ??= first;
		}
		return other;
	}

	/** Takes out what `next` has named, and ends the turn of its owner. */
	take({ owner }: W): void {
		const line = this.lines.get(owner);
		this.singlesInARow = this.isSingle(owner) ? this.singlesInARow + 1 : 0;
		line?.popFront();
		this.length -= 1;
		this.lines.delete(owner);
		if (line?.isEmpty() === false) this.lines.set(owner, line);
	}

	/** Takes out those that wait no longer. */
	remove(isOver: (waiter: W) => boolean): W[] {
		const removed: W[] = [];
		for (const [owner, line] of this.lines) {
			const left: W[] = [];
			for (const waiter of line.toArray()) (isOver(waiter) ? removed : left).push(waiter);
			if (left.length === 0) this.lines.delete(owner);
			else this.lines.set(owner, new Deque(left));
		}
		this.length -= removed.length;
		return removed;
	}

	private isSingle(owner: Owner): boolean {
		return owner.inFlight === 0 && this.lines.get(owner)?.size() === 1;
	}
}
