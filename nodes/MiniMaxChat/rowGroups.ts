import { askTogether } from './askTogether';
import type { ChatRun } from './chatRun';
import type { RowMember, RowOutcome } from './rowMember';

interface Waiting {
	member: RowMember;
	resolve: (outcome: RowOutcome) => void;
}

/** The rows that have come for a round, and are not yet on their way. */
interface Round {
	/** By what rows need to have in common. */
	groups: Map<string, Waiting[]>;
	/** All that have ever come. */
	rows: number;
	/** Items that may still come. */
	expected: number;
}

/** How often a row is asked for with others, before it is asked for alone. */
const ROUNDS = 3;

/** So many rows without an answer are asked for one by one; more would cost more requests than they are worth. */
const FEW = 5;

/**
 * Gathers the items of a node run for requests with several rows. A request leaves as soon as it is full, or
 * when no item is left that could still join it. That takes no time: n8n prepares all items before the first
 * is sent. Rows whose answer was missing come together in a next round.
 */
class RowGroups {
	/** By item, for all items that may still join a request: the round that they may join. */
	private readonly expected = new Map<number, number>();
	private readonly rounds = Array.from(
		{ length: ROUNDS },
		(): Round => ({ groups: new Map(), rows: 0, expected: 0 }),
	);

	/** An item was prepared that may join. */
	expect(index: number): void {
		this.expectIn(0, index);
	}

	/** The item does not join any more: it has its answer, or failed, or is asked for alone. */
	excuse(index: number): void {
		if (!this.expected.has(index)) return;
		this.expectIn(undefined, index);
		this.closeComplete();
	}

	/**
	 * Asks for a row in requests that it shares with others.
	 *
	 * @param key the same for rows that may share a request
	 * @returns never `missing`
	 */
	async ask(key: string, member: RowMember): Promise<RowOutcome> {
		let { spent } = member;
		for (const [number, round] of this.rounds.entries()) {
			const outcome = await this.join(number, round, key, { ...member, spent });
			if (outcome.type !== 'missing') {
				this.excuse(member.item.index);
				return outcome;
			}
			spent = outcome.spent;
		}
		return { type: 'alone', spent };
	}

	private async join(
		number: number,
		round: Round,
		key: string,
		member: RowMember,
	): Promise<RowOutcome> {
		const { mostRows, mostCharacters, text } = member.plan;
		const others = round.groups.get(key) ?? [];
		const characters = others.reduce((sum, { member: { plan } }) => sum + plan.text.length, 0);
		if (others.length > 0 && characters + text.length > mostCharacters) this.close(number, key);
		return await new Promise((resolve) => {
			const group = round.groups.get(key) ?? [];
			group.push({ member, resolve });
			round.groups.set(key, group);
			round.rows += 1;
			// It may come again, but not to this round.
			this.expectIn(number + 1, member.item.index);
			if (group.length >= mostRows) this.close(number, key);
			this.closeComplete();
		});
	}

	private expectIn(number: number | undefined, index: number): void {
		const before = this.rounds[this.expected.get(index) ?? ROUNDS];
		if (before !== undefined) before.expected -= 1;
		const after = this.rounds[number ?? ROUNDS];
		if (after !== undefined) after.expected += 1;
		if (number === undefined) this.expected.delete(index);
		else this.expected.set(index, number);
	}

	/** Of the rounds to which nobody can come any more. */
	private closeComplete(): void {
		for (const [number, { groups, expected }] of this.rounds.entries()) {
			if (expected > 0) return;
			for (const key of [...groups.keys()]) this.close(number, key);
		}
	}

	private close(number: number, key: string): void {
		const round = this.rounds[number];
		const group = round?.groups.get(key) ?? [];
		round?.groups.delete(key);
		const rows = group.map(({ member }) => member);
		const isFew = number > 0 && (round?.rows ?? 0) <= FEW;
		const asked = isFew
			? Promise.resolve(rows.map(({ spent }): RowOutcome => ({ type: 'alone', spent })))
			: askTogether(rows);
		void asked
			// Whatever went wrong, nobody may be left waiting.
			.catch((error: unknown) => group.map((): RowOutcome => ({ type: 'failed', error })))
			.then((outcomes) => {
				for (const [row, { resolve, member }] of group.entries()) {
					resolve(outcomes[row] ?? { type: 'alone', spent: member.spent });
				}
			});
	}
}

const groups = new WeakMap<ChatRun, RowGroups>();

/** Those of the run. */
export function groupsOf(run: ChatRun): RowGroups {
	const known = groups.get(run) ?? new RowGroups();
	groups.set(run, known);
	return known;
}
