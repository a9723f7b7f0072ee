import type { Message } from './adapter';

/** A copy with other content: messages belong to the agent or its memory, which go on using them. */
export function copyMessage(message: Message, content: unknown[]): Message {
	const copy: Message = Object.create(
		Object.getPrototypeOf(message),
		Object.getOwnPropertyDescriptors(message),
	);
	copy.content = content;
	return copy;
}
