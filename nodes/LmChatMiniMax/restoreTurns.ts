import { isRecord } from '../minimax/json/isRecord';
import { parseJson } from '../minimax/json/parseJson';
import type { WireRequestMessage, WireToolCall } from '../minimax/wireTypes';
import type { KeptCall, KeptTurn } from './turnMemory';

/** Finds the turn a tool call belongs to. */
export type Recall = (shownId: string, call?: WireToolCall) => KeptTurn | undefined;

/** A turn on its way back to the API: what is known of it, and the results of its tool calls. */
interface OpenTurn {
	/** As the model sent it, where this process still knows it. */
	sent?: KeptTurn;
	/** As n8n's history has it: the calls that came back. */
	shown?: KeptTurn;
	/** By the id that n8n knows the call by. */
	results: Map<string, WireRequestMessage>;
}

/**
 * The conversation with every assistant turn as the model sent it. n8n's agent gives back one message per
 * tool call, without content and with an `id` among the arguments. Here the calls of one turn become one
 * message again, and their results follow it in the order of the calls.
 *
 * The API refuses a call without a result (2013, "tool call result does not follow tool call"), and a
 * chat memory cuts turns in the middle. So a turn goes back whole only where all its results are there.
 * Otherwise only the calls that have their results go back. Made-up results for the others would look as
 * if those calls had not run, and the model would make them a second time.
 */
export function restoreTurns(
	messages: readonly WireRequestMessage[],
	recall: Recall,
): WireRequestMessage[] {
	const restored: WireRequestMessage[] = [];
	const usedIds = new Set<string>();
	let open: OpenTurn[] = [];

	function takeCalls(message: WireRequestMessage, calls: WireToolCall[]): void {
		const [first] = calls;
		const sent = recall(first?.id ?? '', first);
		const shown = rebuildTurn(message, calls);
		const turn = sent === undefined ? open.at(-1) : open.find((one) => one.sent === sent);
		const belongs = turn?.sent === sent && (sent !== undefined || isSameTurn(turn?.shown, shown));
		if (turn !== undefined && belongs) turn.shown = joinTurns(turn.shown, shown);
		else open.push({ sent, shown, results: new Map() });
	}

	function takeResult(message: WireRequestMessage): void {
		const id = message.tool_call_id ?? '';
		const waiting = open.findLast((turn) => !turn.results.has(id) && hasCall(turn, id));
		if (waiting !== undefined) {
			waiting.results.set(id, message);
			return;
		}
		if (open.some(({ results }) => results.has(id))) return;
		// A memory that begins with a result has cut off its call.
		const sent = recall(id);
		if (sent !== undefined) open.push({ sent, results: new Map([[id, message]]) });
	}

	function closeTurns(): void {
		for (const turn of open) {
			const answered = pickAnswered(turn);
			if (answered === undefined) continue;
			const ids = answered.calls.map((call) => (usedIds.has(call.id) ? call.shownId : call.id));
			ids.forEach((id) => usedIds.add(id));
			restored.push(withIds(answered, ids));
			answered.calls.forEach(({ shownId }, index) => {
				const content = turn.results.get(shownId)?.content;
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

function hasCall({ sent, shown }: OpenTurn, id: string): boolean {
	return [sent, shown].some((turn) => turn?.calls.some(({ shownId }) => shownId === id));
}

/** The turn as it was sent where every call has its result, else what n8n's history has of it, if anything. */
function pickAnswered({ sent, shown, results }: OpenTurn): KeptTurn | undefined {
	const isAnswered = ({ shownId }: KeptCall) => results.has(shownId);
	if (sent?.calls.every(isAnswered)) return sent;
	if (shown === undefined) return undefined;
	const calls = shown.calls.filter(isAnswered);
	if (calls.length > 0) return withCalls(shown, calls);
	const { content } = shown.message;
	const saysSomething = typeof content === 'string' && content.trim() !== '';
	return saysSomething ? { message: { role: 'assistant', content }, calls: [] } : undefined;
}

/** The message itself unless an id of it stands in an earlier turn already. */
function withIds({ message, calls }: KeptTurn, ids: readonly string[]): WireRequestMessage {
	if (calls.every(({ id }, index) => id === ids[index])) return message;
	const toolCalls = message.tool_calls?.map((call, index) => ({ ...call, id: ids[index] }));
	return { ...message, tool_calls: toolCalls };
}

/** A turn put together from n8n's history, where this process does not know the original. */
function rebuildTurn(message: WireRequestMessage, toolCalls: WireToolCall[]): KeptTurn {
	const calls = toolCalls.map((call): KeptCall => {
		const id = call.id ?? '';
		const text = withoutAddedId(call.function?.arguments ?? '{}', id);
		return { shownId: id, id, name: call.function?.name ?? '', arguments: text };
	});
	return withCalls({ message, calls }, calls);
}

function withCalls({ message }: KeptTurn, calls: KeptCall[]): KeptTurn {
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
function isSameTurn(one: KeptTurn | undefined, other: KeptTurn): boolean {
	const { reasoning_content: reasoning } = other.message;
	return reasoning !== undefined && reasoning === one?.message.reasoning_content;
}

function joinTurns(one: KeptTurn | undefined, other: KeptTurn): KeptTurn {
	return one === undefined ? other : withCalls(one, [...one.calls, ...other.calls]);
}
