import { isRecord } from '../minimax/json/isRecord';
import { parseJson } from '../minimax/json/parseJson';
import type { WireRequestMessage, WireToolCall } from '../minimax/wireTypes';
import type { KeptCall, KeptTurn } from './turnMemory';

/** Finds the turn a tool call belongs to. */
export type Recall = (shownId: string, call?: WireToolCall) => KeptTurn | undefined;

/** A turn on its way back, with the results that came for it. */
interface OpenTurn {
	turn: KeptTurn;
	isKept: boolean;
	results: Map<string, WireRequestMessage>;
}

/** The API refuses a call without a result: 2013, "tool call result does not follow tool call". */
const NO_RESULT = 'There is no result: this call was not run.';

/**
 * The conversation with every assistant turn as the model sent it. n8n's agent gives back one message per
 * tool call, without content and with an `id` among the arguments; calls of one turn become one message
 * again, their results follow in the order of the calls. A call that got no result (its tool does not
 * exist, or a chat memory has cut it off) gets a note instead, a result without its call is left out.
 */
export function restoreTurns(
	messages: readonly WireRequestMessage[],
	recall: Recall,
): WireRequestMessage[] {
	const restored: WireRequestMessage[] = [];
	const usedIds = new Set<string>();
	let open: OpenTurn[] = [];

	function openTurn(turn: KeptTurn, isKept: boolean): OpenTurn {
		const opened = { turn, isKept, results: new Map<string, WireRequestMessage>() };
		open.push(opened);
		return opened;
	}

	function takeCalls(message: WireRequestMessage, calls: WireToolCall[]): void {
		const [first] = calls;
		const kept = recall(first?.id ?? '', first);
		if (kept !== undefined) {
			if (open.every(({ turn }) => turn !== kept)) openTurn(kept, true);
			return;
		}
		const rebuilt = rebuildTurn(message, calls);
		const last = open.at(-1);
		if (last !== undefined && !last.isKept && isSameTurn(last.turn, rebuilt)) {
			last.turn = joinTurns(last.turn, rebuilt);
		} else openTurn(rebuilt, false);
	}

	function takeResult(message: WireRequestMessage): void {
		const id = message.tool_call_id ?? '';
		const waiting = open.findLast(
			({ turn, results }) => !results.has(id) && turn.calls.some(({ shownId }) => shownId === id),
		);
		if (waiting !== undefined) {
			waiting.results.set(id, message);
			return;
		}
		if (open.some(({ results }) => results.has(id))) return;
		const kept = recall(id);
		if (kept !== undefined) openTurn(kept, true).results.set(id, message);
	}

	function closeTurns(): void {
		for (const { turn, results } of open) {
			const ids = turn.calls.map((call) => (usedIds.has(call.id) ? call.shownId : call.id));
			ids.forEach((id) => usedIds.add(id));
			restored.push(withIds(turn, ids));
			turn.calls.forEach(({ shownId }, index) => {
				const content = results.get(shownId)?.content ?? NO_RESULT;
				restored.push({ role: 'tool', tool_call_id: ids[index], content });
			});
		}
		open = [];
	}

	for (const message of messages) {
		const { role, tool_calls: calls = [] } = message;
		if (role === 'tool') takeResult(message);
		else if (role === 'assistant' && calls.length > 0) takeCalls(message, calls);
		else {
			closeTurns();
			restored.push(message);
		}
	}
	closeTurns();
	return restored;
}

/** The message itself unless an id of it stands in an earlier turn already. */
function withIds({ message, calls }: KeptTurn, ids: readonly string[]): WireRequestMessage {
	if (calls.every(({ id }, index) => id === ids[index])) return message;
	const toolCalls = message.tool_calls?.map((call, index) => ({ ...call, id: ids[index] }));
	return { ...message, tool_calls: toolCalls };
}

/** A turn that this process does not know, as well as it can be told from what came back. */
function rebuildTurn(message: WireRequestMessage, toolCalls: WireToolCall[]): KeptTurn {
	const calls = toolCalls.map((call): KeptCall => {
		const id = call.id ?? '';
		const text = withoutAddedId(call.function?.arguments ?? '{}', id);
		return { shownId: id, id, name: call.function?.name ?? '', arguments: text };
	});
	return { message: { ...message, tool_calls: calls.map(toWire) }, calls };
}

function toWire({ id, name, arguments: text }: KeptCall): WireToolCall {
	return { id, type: 'function', function: { name, arguments: text } };
}

/** n8n's agent puts the tool call's id among the arguments. */
function withoutAddedId(text: string, id: string): string {
	const parsed = parseJson(text);
	if (!parsed.ok || !isRecord(parsed.value) || parsed.value.id !== id) return text;
	const own = { ...parsed.value };
	delete own.id;
	return JSON.stringify(own);
}

/** Calls of one turn come apart with the same thinking each; two turns do not think the same. */
function isSameTurn(one: KeptTurn, other: KeptTurn): boolean {
	const { reasoning_content: reasoning } = one.message;
	return reasoning !== undefined && reasoning === other.message.reasoning_content;
}

function joinTurns(one: KeptTurn, other: KeptTurn): KeptTurn {
	const calls = [...one.calls, ...other.calls];
	return { message: { ...one.message, tool_calls: calls.map(toWire) }, calls };
}
