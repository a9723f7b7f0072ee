import { askTogether } from './askTogether';
import type { ChatRun } from './chatRun';
import type { RowMember, RowOutcome } from './rowMember';

interface Waiting {
	member: RowMember;
	resolve: (outcome: RowOutcome) => void;
}

/**
 * Gathers the items of a node run for requests with several rows. A request leaves as soon as it is full, or
 * when no item is left that could still join it: n8n prepares all items before the first is sent, so that
 * nothing is waited for but their own first steps.
 */
class RowGroups {
	/** Items that were prepared and have neither joined nor gone another way. */
	private readonly expected = new Set<number>();
	private readonly groups = new Map<string, Waiting[]>();

	/** An item was prepared that may join. */
	expect(index: number): void {
		this.expected.add(index);
	}

	/** The item does not join: it has its answer, or failed. */
	excuse(index: number): void {
		if (!this.expected.delete(index) || this.expected.size > 0) return;
		for (const key of [...this.groups.keys()]) this.close(key);
	}

	/** @param key the same for rows that may share a request */
	async join(key: string, member: RowMember): Promise<RowOutcome> {
		const { mostRows, mostCharacters, text } = member.plan;
		const others = this.groups.get(key) ?? [];
		const characters = others.reduce((sum, { member: { plan } }) => sum + plan.text.length, 0);
		if (others.length > 0 && characters + text.length > mostCharacters) this.close(key);
		return await new Promise((resolve) => {
			const group = this.groups.get(key) ?? [];
			group.push({ member, resolve });
			this.groups.set(key, group);
			if (group.length >= mostRows) this.close(key);
			this.excuse(member.item.index);
		});
	}

	private close(key: string): void {
		const group = this.groups.get(key) ?? [];
		this.groups.delete(key);
		void askTogether(group.map(({ member }) => member))
			// Whatever went wrong, nobody may be left waiting.
			.catch((error: unknown) => group.map((): RowOutcome => ({ type: 'failed', error })))
			.then((outcomes) => {
				for (const [row, { resolve }] of group.entries()) {
					resolve(outcomes[row] ?? { type: 'alone', spent: null });
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
