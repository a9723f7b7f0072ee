import type { ChatRequest, ToolCall } from './chatRequest.ts';
import { composeReply, type ComposedReply } from './compose/composeReply.ts';
import type { Reply } from './draft.ts';
import type { SimulatorSettings } from './settings.ts';

const usualReasoning =
	'The user wants a reply to the last message. I keep it short and to the point.';

/** The reply of the settings; what they leave open is composed from the request. */
export function chooseReply(
	request: ChatRequest,
	settings: SimulatorSettings,
	newToolCallId: (index: number) => string,
	random: () => number,
): Reply {
	const isFixed = settings.reply !== null || settings.toolCalls !== null;
	const composed: ComposedReply = isFixed
		? { answer: '', reasoning: usualReasoning, toolCalls: [] }
		: composeReply(request, settings.rowFaults, random);
	const toolCalls: ToolCall[] = (settings.toolCalls ?? composed.toolCalls).map((call, index) => ({
		id: call.id ?? newToolCallId(index),
		name: call.name,
		arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
	}));
	const answer = settings.reply ?? composed.answer;
	const ending = composed.isCut === true ? 'length' : 'stop';
	return {
		answer: settings.replyCharacters === null ? answer : fill(answer, settings.replyCharacters),
		reasoning: request.thinks ? (settings.reasoningText ?? composed.reasoning) : '',
		toolCalls,
		finishReason: toolCalls.length > 0 ? 'tool_calls' : ending,
	};
}

function fill(text: string, characters: number): string {
	const unit = text === '' ? 'word ' : `${text} `;
	return unit.repeat(Math.ceil(characters / unit.length)).slice(0, characters);
}
