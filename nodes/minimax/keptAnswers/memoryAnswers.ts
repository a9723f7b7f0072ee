import type { AnswerPlace } from './answerPlace';

interface Held {
	owner: string;
	request: string;
	answer: string;
	/** In the clock's milliseconds. */
	since: number;
}

/** How much is held, and for how long. */
export interface MemoryBounds {
	mostCharacters: number;
	mostMs: number;
}

/** What the process holds of all nodes. */
export const MOST_CHARACTERS = 16_000_000;

const BOUNDS: MemoryBounds = { mostCharacters: MOST_CHARACTERS, mostMs: 60 * 60_000 };

/**
 * Answers in the process's memory, each owner's apart. They go after an hour; where there are too many, the
 * oldest of other owners go first.
 */
export class AnswerMemory {
	/** In the order in which they came. */
	private readonly held = new Set<Held>();
	private readonly byOwner = new Map<string, Map<string, Held[]>>();
	private characters = 0;

	constructor(private readonly bounds: MemoryBounds = BOUNDS) {}

	/**
	 * The place of one node.
	 *
	 * @param owner names workflow and node
	 * @param now milliseconds since any fixed moment
	 */
	placeOf(owner: string, now: () => number): AnswerPlace {
		const answersTo = (request: string): Held[] => this.byOwner.get(owner)?.get(request) ?? [];
		return {
			isEmpty: () => {
				this.dropOld(now());
				return !this.byOwner.has(owner);
			},
			take: (request, answer) => {
				this.dropOld(now());
				const found = answersTo(request).find(
					(held) => answer === undefined || held.answer === answer,
				);
				if (found !== undefined) this.drop(found);
				return found?.answer;
			},
			put: (request, answer) => {
				this.dropOld(now());
				return this.add({ owner, request, answer, since: now() });
			},
			clear: () => {
				const answers = [...(this.byOwner.get(owner)?.values() ?? [])].flat();
				for (const held of answers) this.drop(held);
			},
		};
	}

	private add(held: Held): boolean {
		const { owner, request, answer } = held;
		for (const other of this.held) {
			if (this.characters + answer.length <= this.bounds.mostCharacters) break;
			if (other.owner !== owner) this.drop(other);
		}
		if (this.characters + answer.length > this.bounds.mostCharacters) return false;
		this.held.add(held);
		this.characters += answer.length;
		const requests = this.byOwner.get(owner) ?? new Map<string, Held[]>();
		this.byOwner.set(owner, requests);
		requests.set(request, [...(requests.get(request) ?? []), held]);
		return true;
	}

	private drop(held: Held): void {
		const { owner, request, answer } = held;
		this.held.delete(held);
		this.characters -= answer.length;
		const requests = this.byOwner.get(owner) ?? new Map<string, Held[]>();
		const others = (requests.get(request) ?? []).filter((other) => other !== held);
		if (others.length > 0) requests.set(request, others);
		else requests.delete(request);
		if (requests.size === 0) this.byOwner.delete(owner);
	}

	private dropOld(now: number): void {
		for (const held of this.held) {
			if (now - held.since < this.bounds.mostMs) return;
			this.drop(held);
		}
	}
}

/** The answers of all nodes in this process. */
export const answerMemory = new AnswerMemory();
