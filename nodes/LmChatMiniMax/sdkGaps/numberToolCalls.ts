import type { Generation } from './adapter';

/** The SDK numbers every streamed tool call 0, and LangChain joins calls of the same number into one. */
export function numberToolCalls(): (piece: Generation) => void {
	let next = 0;
	return ({ message }) => {
		for (const part of message.tool_call_chunks ?? []) {
			part.index = next;
			next += 1;
		}
	};
}
