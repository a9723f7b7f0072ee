import type { ChatMessage, ToolCall } from './chatRequest.ts';
import { invalidParams } from './rejection.ts';

interface Turn {
	reasoning: string;
	toolCalls: ToolCall[];
}

const maxTurns = 5_000;

/**
 * Remembers the assistant turns with tool calls, to tell whether a client brings them back as
 * they were sent. MiniMax asks for that:
 * https://platform.minimax.io/docs/guides/text-m3-function-call
 */
export class TurnMemory {
	readonly #byCallId = new Map<string, Turn>();

	remember(reasoning: string, toolCalls: ToolCall[]): void {
		const turn = { reasoning, toolCalls };
		for (const { id } of toolCalls) this.#byCallId.set(id, turn);
		for (const id of this.#byCallId.keys()) {
			if (this.#byCallId.size <= maxTurns) break;
			this.#byCallId.delete(id);
		}
	}

	/**
	 * Checks the tool loop that is running, that is, what follows the last user message: chat
	 * memories keep only the text of earlier loops.
	 * @throws Rejection 2013 that says what is missing
	 */
	check(messages: ChatMessage[]): void {
		const start = messages.findLastIndex(({ role }) => role === 'user') + 1;
		messages.forEach((message, index) => {
			if (index >= start && message.toolCalls.length > 0) this.#checkTurn(message, index);
		});
	}

	#checkTurn(message: ChatMessage, index: number): void {
		const place = `messages[${index}]`;
		const [first] = message.toolCalls;
		const turn = this.#byCallId.get(first?.id ?? '');
		if (!turn)
			throw invalidParams(`${place}: tool call ${first?.id} was never sent by this server`);
		const sent = turn.toolCalls.map(({ id }) => id).join(', ');
		const back = message.toolCalls.map(({ id }) => id).join(', ');
		if (sent !== back) {
			throw invalidParams(
				`${place}: the turn was sent with tool calls ${sent}, came back with ${back}`,
			);
		}
		turn.toolCalls.forEach((call, at) => {
			const other = message.toolCalls[at];
			if (call.name !== other?.name || call.arguments !== other.arguments) {
				throw invalidParams(
					`${place}: tool call ${call.id} was sent as ${call.name} ${call.arguments}, ` +
						`came back as ${other?.name} ${other?.arguments}`,
				);
			}
		});
		if (turn.reasoning !== '' && !bringsBack(message, turn.reasoning)) {
			throw invalidParams(`${place}: the reasoning that was sent with ${sent} did not come back`);
		}
	}

	reset(): void {
		this.#byCallId.clear();
	}
}

/** In a field of its own, or inside the text between think tags. */
function bringsBack(message: ChatMessage, reasoning: string): boolean {
	if (message.reasoning?.trim() === reasoning.trim()) return true;
	const closer = /<\/(?:mm:)?think>/.exec(message.text);
	return closer !== null && message.text.slice(0, closer.index).includes(reasoning.trim());
}
