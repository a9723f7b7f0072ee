/** A node run. */
export interface Owner {
	inFlight: number;
}

/** A request that waits for its slot. */
export interface Waiter {
	readonly owner: Owner;
	/** Most requests of the owner in flight, 0 when it sets no bound. */
	readonly maxConcurrency: number;
	/** It was refused before. */
	readonly again: boolean;
	/** It was turned away, and is passed over. */
	gone: boolean;
}

interface OwnerLine<W> {
	/** Those that were refused, in order. */
	again: W[];
	/** The others: those whose turn it will be, the first one last, and those behind them in order. */
	front: W[];
	back: W[];
	lastWasAgain: boolean;
}

/** After so many single requests in a row one of a batch has its turn. */
const SINGLES_IN_A_ROW = 3;

/**
 * Decides who goes next. Node runs take turns, so that a small batch does not queue behind a thousand
 * rows, and a run with a single request (a chat, an agent, a tool) goes ahead of batches. Within a run
 * those that were refused go first, but in turn with others: one that is always refused must not be the
 * only one that asks.
 */
export class WaitingLine<W extends Waiter> {
	/** How many wait. */
	length = 0;
	private readonly lines = new Map<Owner, OwnerLine<W>>();
	/** The owner whose turn it is comes first. */
	private readonly singles = new Set<Owner>();
	private readonly batches = new Set<Owner>();
	private singlesInARow = 0;

	push(waiter: W): void {
		const { owner, again } = waiter;
		const isSingle = this.first(owner) === undefined && owner.inFlight === 0;
		const line = this.lines.get(owner) ?? { again: [], front: [], back: [], lastWasAgain: false };
		this.lines.set(owner, line);
		(again ? line.again : line.back).push(waiter);
		this.length += 1;
		if (!isSingle) this.singles.delete(owner);
		(isSingle ? this.singles : this.batches).add(owner);
	}

	/** The next one that does not exceed the bound of its own node run; it stays in the line. */
	next(): W | undefined {
		const areSinglesNext = this.singlesInARow < SINGLES_IN_A_ROW;
		const groups = [this.singles, this.batches];
		for (const group of areSinglesNext ? groups : groups.reverse()) {
			for (const owner of group) {
				const first = this.first(owner);
				const most = first?.maxConcurrency ?? 0;
				if (first !== undefined && (most === 0 || owner.inFlight < most)) return first;
			}
		}
		return undefined;
	}

	/** Takes out what `next` has named, and ends the turn of its owner. */
	take(waiter: W): void {
		const { owner } = waiter;
		const line = this.lines.get(owner);
		if (waiter.again) line?.again.shift();
		else line?.front.pop();
		if (line !== undefined) line.lastWasAgain = waiter.again;
		this.length -= 1;
		this.singlesInARow = this.singles.delete(owner) ? this.singlesInARow + 1 : 0;
		this.batches.delete(owner);
		if (this.first(owner) !== undefined) this.batches.add(owner);
	}

	/** Turns away one that waits. */
	leave(waiter: W): void {
		waiter.gone = true;
		this.length -= 1;
	}

	/** All waiters of an owner. */
	of(owner: Owner): W[] {
		const { again = [], front = [], back = [] } = this.lines.get(owner) ?? {};
		return [again, front, back].flat().filter(({ gone }) => !gone);
	}

	/** The first waiter of each owner. */
	firsts(): W[] {
		return [...this.lines.keys()].flatMap((owner) => this.first(owner) ?? []);
	}

	private first(owner: Owner): W | undefined {
		const line = this.lines.get(owner);
		if (line === undefined) return undefined;
		while (line.again[0]?.gone) line.again.shift();
		for (;;) {
			if (line.front.length === 0) line.front = line.back.splice(0).reverse();
			if (!line.front.at(-1)?.gone) break;
			line.front.pop();
		}
		const [again, fresh] = [line.again[0], line.front.at(-1)];
		const first = line.lastWasAgain ? (fresh ?? again) : (again ?? fresh);
		if (first !== undefined) return first;
		this.lines.delete(owner);
		this.singles.delete(owner);
		this.batches.delete(owner);
		return undefined;
	}
}
