import type { Completion } from '../../minimax/completion';
import { copyMessage } from './copyMessage';
import type { Generation, Message } from './adapter';

/**
 * The SDK drops thinking on the way out. `additional_kwargs.reasoning_content` is the one form that n8n's
 * agent (2.33 and later) and its chat memories carry through a tool loop, so that another process can go
 * on with it.
 */
export function carryReasoning({ message }: Generation, completion?: Completion): void {
	const reasoning = completion?.reasoning ?? null;
	if (reasoning === null) return;
	message.additional_kwargs = { ...message.additional_kwargs, reasoning_content: reasoning };
}

/** On the way in the SDK knows thinking only as a block; a turn without tool calls goes without it. */
export function restoreReasoning(message: Message): Message {
	const reasoning = message.additional_kwargs?.reasoning_content;
	const callsTools = (message.tool_calls?.length ?? 0) > 0;
	if (!callsTools || typeof reasoning !== 'string' || reasoning === '') return message;
	const { content } = message;
	const blocks: unknown[] = Array.isArray(content) ? content : [{ type: 'text', text: content }];
	return copyMessage(message, [{ type: 'reasoning', reasoning }, ...blocks]);
}
