/** A request that waits for its slot. */
export interface Waiter {
	readonly owner: object;
	/** Most requests of the owner in flight, 0 when it sets no bound. */
	readonly maxConcurrency: number;
	/** It was refused before, so it goes ahead of those that were not sent yet, in turn with them. */
	readonly again: boolean;
}

/** First in, first out; each operation takes constant time on average. */
class Line<W> {
	private entries: W[] = [];
	private head = 0;

	get length(): number {
		return this.entries.length - this.head;
	}

	first(): W | undefined {
		return this.entries[this.head];
	}

	push(entry: W): void {
		this.entries.push(entry);
	}

	shift(): void {
		this.head += 1;
		if (this.head * 2 < this.entries.length) return;
		this.entries = this.entries.slice(this.head);
		this.head = 0;
	}

	removeFirst(unwanted: (entry: W) => boolean): W[] {
		const removed: W[] = [];
		for (let first = this.first(); first !== undefined && unwanted(first); first = this.first()) {
			removed.push(first);
			this.shift();
		}
		return removed;
	}

	remove(unwanted: (entry: W) => boolean): W[] {
		const entries = this.entries.slice(this.head);
		this.entries = entries.filter((entry) => !unwanted(entry));
		this.head = 0;
		return entries.filter(unwanted);
	}
}

/** The waiters of one node run, and how many of its requests are in flight. */
class OwnerLine<W extends Waiter> {
	inFlight = 0;
	private readonly again = new Line<W>();
	private readonly fresh = new Line<W>();
	private servedAgain = false;

	get length(): number {
		return this.again.length + this.fresh.length;
	}

	push(waiter: W): void {
		(waiter.again ? this.again : this.fresh).push(waiter);
	}

	servable(): W | undefined {
		const first = this.next().first();
		if (first === undefined) return undefined;
		const full = first.maxConcurrency > 0 && this.inFlight >= first.maxConcurrency;
		return full ? undefined : first;
	}

	shift(): void {
		const next = this.next();
		next.shift();
		this.servedAgain = next === this.again;
		this.inFlight += 1;
	}

	/** In turn: where some requests never get through, they must not be the only ones that ask. */
	private next(): Line<W> {
		const first = this.servedAgain ? this.fresh : this.again;
		if (first.length > 0) return first;
		return this.again.length > 0 ? this.again : this.fresh;
	}

	/** Takes out those in front as long as they are unwanted. */
	removeFirst(unwanted: (waiter: W) => boolean): W[] {
		return [...this.again.removeFirst(unwanted), ...this.fresh.removeFirst(unwanted)];
	}

	remove(unwanted: (waiter: W) => boolean): W[] {
		return [...this.again.remove(unwanted), ...this.fresh.remove(unwanted)];
	}
}

/** Serves node runs in turn, so that a small batch does not queue behind a thousand rows. */
export class PaceQueue<W extends Waiter> {
	private readonly owners = new WeakMap<object, OwnerLine<W>>();
	/** Those with waiters; the one whose turn it is comes first. */
	private readonly turns = new Set<OwnerLine<W>>();
	private waiting = 0;

	/** How many wait. */
	get length(): number {
		return this.waiting;
	}

	/** Puts it at the end of its owner's line. */
	push(waiter: W): void {
		const line = this.owners.get(waiter.owner) ?? new OwnerLine<W>();
		this.owners.set(waiter.owner, line);
		line.push(waiter);
		this.turns.add(line);
		this.waiting += 1;
	}

	/** Whether anyone waits who would not exceed the bound of his own node run. */
	hasServable(): boolean {
		return this.nextLine() !== undefined;
	}

	/** Takes out the next waiter; the owner's `leave` is due when its request has ended. */
	shift(): W | undefined {
		const line = this.nextLine();
		const waiter = line?.servable();
		if (line === undefined || waiter === undefined) return undefined;
		line.shift();
		this.waiting -= 1;
		this.turns.delete(line);
		if (line.length > 0) this.turns.add(line);
		return waiter;
	}

	/** A request of the owner has ended. */
	leave(owner: object): void {
		const line = this.owners.get(owner);
		if (line !== undefined) line.inFlight -= 1;
	}

	/** Takes out all that are unwanted. */
	remove(unwanted: (waiter: W) => boolean): W[] {
		return this.removeEach((line) => line.remove(unwanted));
	}

	/** The same for those who waited longest, in time that does not grow with the queue. */
	removeFirst(unwanted: (waiter: W) => boolean): W[] {
		return this.removeEach((line) => line.removeFirst(unwanted));
	}

	private removeEach(remove: (line: OwnerLine<W>) => W[]): W[] {
		const removed: W[] = [];
		for (const line of this.turns) {
			removed.push(...remove(line));
			if (line.length === 0) this.turns.delete(line);
		}
		this.waiting -= removed.length;
		return removed;
	}

	private nextLine(): OwnerLine<W> | undefined {
		for (const line of this.turns) {
			if (line.servable() !== undefined) return line;
		}
		return undefined;
	}
}
