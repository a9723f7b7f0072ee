import type { IExecuteSingleFunctions } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import type { AnswerPlace } from '../minimax/keptAnswers/answerPlace';
import { answerMemory, MOST_CHARACTERS } from '../minimax/keptAnswers/memoryAnswers';
import { packCompletion, unpackCompletion } from '../minimax/keptAnswers/packCompletion';
import { clock } from '../n8n/clock';
import { executionAnswers } from '../n8n/executionAnswers';

/** After so many characters other executions get their turn; they take about 10 ms to pack. */
const CHARACTERS_AT_A_TIME = 500_000;

/** The hash of an answer's request, and how many items have the answer: none where it is a draft. */
interface Origin {
	hash: () => Promise<string>;
	items: number;
}

/**
 * The paid answers of one node run. They are there for the next run if this one does not succeed: in the
 * execution's data and in the process's memory.
 */
export class KeptAnswers {
	private readonly answered = new Map<Completion, Origin>();
	/** Of the answers that are held here; more than the places take need not be held. */
	private characters = 0;
	/** How many of the run's items have an answer that is kept. */
	count = 0;

	constructor(private readonly places: readonly AnswerPlace[]) {}

	/** Whether an earlier run has left anything. */
	get isEmpty(): boolean {
		return this.places.every((place) => place.isEmpty());
	}

	/** An answer to the request that an earlier run has left; the next one of the same request gets another. */
	take(request: string): Completion | undefined {
		for (const place of this.places) {
			const text = place.take(request);
			if (text === undefined) continue;
			for (const other of this.places) if (other !== place) other.take(request, text);
			const completion = unpackCompletion(text);
			if (completion !== undefined) return completion;
		}
		return undefined;
	}

	/**
	 * Notes that an item of the run has that answer.
	 *
	 * @param hash of the request; called if the answer is to be kept
	 */
	add(completion: Completion, hash: () => Promise<string>): void {
		this.note(completion, hash, 1);
	}

	/**
	 * Notes an answer that is not the JSON asked for and waits for its repair: a run that ends before leaves it
	 * to the next one, which then only asks for the repair.
	 *
	 * @param hash of the request; called if the draft is to be kept
	 */
	addDraft(completion: Completion, hash: () => Promise<string>): void {
		this.note(completion, hash, 0);
	}

	/** The draft has been repaired, or cannot be. */
	dropDraft(completion: Completion): void {
		if (this.answered.delete(completion)) this.characters -= charactersOf(completion);
	}

	private note(completion: Completion, hash: () => Promise<string>, items: number): void {
		const known = this.answered.get(completion);
		if (known !== undefined) {
			known.items += items;
		} else if (this.places.length > 0 && this.characters < MOST_CHARACTERS) {
			this.answered.set(completion, { hash, items });
			this.characters += charactersOf(completion);
		}
	}

	/** Puts what the run has by now where the next run finds it, as far as there is room. */
	async keep(): Promise<void> {
		const answered = [...this.answered];
		this.answered.clear();
		let written = 0;
		for (const [completion, { hash, items }] of answered) {
			const request = await hash();
			const text = packCompletion(completion);
			const kept = this.places.map((place) => place.put(request, text));
			if (!kept.includes(true)) return;
			this.count += items;
			written += text.length;
			if (written < CHARACTERS_AT_A_TIME) continue;
			written = 0;
			await clock.sleep(0);
		}
	}

	/** The run has succeeded. */
	forget(): void {
		this.answered.clear();
		for (const place of this.places) place.clear();
	}
}

/** The API's own object holds the texts once more. */
function charactersOf({ content, reasoning }: Completion): number {
	return 2 * (content.length + (reasoning ?? '').length);
}

/** Names the node for what is kept of it; other workflows and nodes do not share it. */
export function scopeOf(context: IExecuteSingleFunctions): string {
	const { id, name } = context.getNode();
	// Nodes of workflows that were made by a program may have no ID.
	return JSON.stringify([context.getWorkflow().id, id ?? name]);
}

/** The places for the answers of the context's node. */
export function openPlaces(context: IExecuteSingleFunctions): AnswerPlace[] {
	const memory = answerMemory.placeOf(scopeOf(context), () => clock.now());
	return [executionAnswers(context.getContext('node')), memory];
}
