import { randomUUID } from 'node:crypto';

import type { ToolCall } from '../minimax/completion';
import { isRecord } from '../minimax/json/isRecord';
import { parseJson } from '../minimax/json/parseJson';
import type { WireRequestMessage, WireToolCall } from '../minimax/wireTypes';

/** One tool call of a turn. */
export interface KeptCall {
	/** The id n8n knows the call by. */
	shownId: string;
	/** The id the API gave it. */
	id: string;
	name: string;
	arguments: string;
}

/** An assistant message that called tools. */
export interface KeptTurn {
	/** As the API sent it. */
	message: WireRequestMessage;
	calls: KeptCall[];
}

/** Whose conversation it is. */
export interface TurnScope {
	/** Names credential and server. */
	access: string;
	execution: string;
}

interface StoredTurn extends KeptTurn {
	execution: string;
	keys: string[];
	characters: number;
}

/**
 * Keeps assistant turns by their tool calls, so that they can go back as they came whatever an agent has
 * made of them. Bounded: the turn that was not used for longest goes first.
 *
 * No two turns of this process have a shown id in common: where the server gives an id a second time (some
 * count from zero), a random ending is added to it. So the id alone finds a turn of this execution.
 * A turn of another execution comes back from a chat memory, and its id may have been given in another
 * process; so it is taken only if name and arguments agree too.
 */
export class TurnMemory {
	private readonly turns = new Map<string, StoredTurn>();
	private characters = 0;

	constructor(
		private readonly mostCalls = 5000,
		/** One or two bytes each in memory. */
		private readonly mostCharacters = 16_000_000,
	) {}

	/**
	 * @param message as the API sent it
	 * @param taken ids that the conversation holds already
	 * @returns the turn with the ids to give to n8n
	 */
	keep(
		scope: TurnScope,
		message: WireRequestMessage,
		calls: readonly ToolCall[],
		taken: ReadonlySet<unknown>,
	): KeptTurn {
		const kept: KeptCall[] = [];
		for (const call of calls) {
			const isOwn = call.id !== '' && kept.every(({ id }) => id !== call.id);
			const isFree = isOwn && !taken.has(call.id) && !this.turns.has(keyOf(scope, call.id));
			const shownId = isFree ? call.id : `${call.id || 'call'}_${randomUUID().slice(0, 8)}`;
			kept.push({ ...call, shownId, id: isOwn ? call.id : shownId });
		}
		const turn: StoredTurn = {
			message: { ...message, tool_calls: withKeptIds(message.tool_calls ?? [], kept) },
			calls: kept,
			execution: scope.execution,
			keys: kept.map(({ shownId }) => keyOf(scope, shownId)),
			characters: JSON.stringify(message).length,
		};
		for (const key of turn.keys) this.turns.set(key, turn);
		this.characters += turn.characters;
		this.forgetOldest();
		return turn;
	}

	/** @param call as it came back; without one only a turn of this execution is found */
	find(scope: TurnScope, shownId: string, call?: WireToolCall): KeptTurn | undefined {
		const turn = this.turns.get(keyOf(scope, shownId));
		if (turn === undefined) return undefined;
		const kept = turn.calls.find((candidate) => candidate.shownId === shownId);
		if (turn.execution !== scope.execution && !(kept && call && agree(kept, call)))
			return undefined;
		for (const key of turn.keys) {
			this.turns.delete(key);
			this.turns.set(key, turn);
		}
		return turn;
	}

	private forgetOldest(): void {
		for (const turn of this.turns.values()) {
			if (this.turns.size <= this.mostCalls && this.characters <= this.mostCharacters) return;
			for (const key of turn.keys) this.turns.delete(key);
			this.characters -= turn.characters;
		}
	}
}

/** The turns of all executions in this process. */
export const turnMemory = new TurnMemory();

function keyOf({ access }: TurnScope, id: string): string {
	return `${access} ${id}`;
}

function withKeptIds(calls: readonly WireToolCall[], kept: readonly KeptCall[]): WireToolCall[] {
	return calls.map((call, index) => ({ ...call, id: kept[index]?.id ?? call.id }));
}

/** Agents add keys to the arguments, but leave those of the model alone. */
function agree(kept: KeptCall, call: WireToolCall): boolean {
	if (call.function?.name !== kept.name) return false;
	const sent = parseJson(kept.arguments || '{}');
	const back = parseJson(call.function.arguments || '{}');
	if (!sent.ok || !back.ok || !isRecord(sent.value) || !isRecord(back.value)) return false;
	const { value } = back;
	return Object.entries(sent.value).every(
		([name, argument]) => JSON.stringify(argument) === JSON.stringify(value[name]),
	);
}
