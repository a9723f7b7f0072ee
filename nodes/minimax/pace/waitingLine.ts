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
	private readonly lines = new Map<Owner, Deque<W>>();
	/** The owner whose turn it is comes first. */
	private readonly singles = new Set<Owner>();
	private readonly batches = new Set<Owner>();
	private singlesInARow = 0;

	push(waiter: W): void {
		const { owner, again } = waiter;
		const line = this.lines.get(owner) ?? new Deque<W>();
		const isSingle = line.isEmpty() && owner.inFlight === 0;
		this.lines.set(owner, again ? line.pushFront(waiter) : line.pushBack(waiter));
		this.length += 1;
		if (!isSingle) this.singles.delete(owner);
		(isSingle ? this.singles : this.batches).add(owner);
	}

	/** The next one that does not exceed the bound of its own node run; it stays in the line. */
	next(): W | undefined {
		const groups = [this.singles, this.batches];
		if (this.singlesInARow >= SINGLES_IN_A_ROW) groups.reverse();
		for (const group of groups) {
			for (const owner of group) {
				const first = this.lines.get(owner)?.front();
				const most = first?.maxConcurrency || Infinity;
				if (first && owner.inFlight < most) return first;
			}
		}
		return undefined;
	}

	/** Takes out what `next` has named, and ends the turn of its owner. */
	take({ owner }: W): void {
		this.singlesInARow = this.singles.delete(owner) ? this.singlesInARow + 1 : 0;
		this.batches.delete(owner);
		const line = this.lines.get(owner);
		line?.popFront();
		this.length -= 1;
		if (line?.isEmpty() === false) this.batches.add(owner);
		else this.lines.delete(owner);
	}

	/** Takes out those that wait no longer. */
	remove(isOver: (waiter: W) => boolean): W[] {
		const removed: W[] = [];
		for (const [owner, line] of this.lines) {
			const left: W[] = [];
			for (const waiter of line.toArray()) (isOver(waiter) ? removed : left).push(waiter);
			this.lines.set(owner, new Deque(left));
			if (left.length === 0)
				for (const owners of [this.lines, this.singles, this.batches]) owners.delete(owner);
		}
		this.length -= removed.length;
		return removed;
	}
}
