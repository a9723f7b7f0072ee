import { isRecord } from '../../minimax/json/isRecord';
import type { Generation } from './adapter';

/**
 * The SDK gives text as a list of blocks. LangChain's output parsers take a list for JSON text, and the
 * Auto-fixing Output Parser of n8n for "[object Object]" (https://github.com/n8n-io/n8n/issues/35867).
 */
export function giveTextAsString({ message }: Generation): void {
	message.content = joinTexts(message.content);
}

/** Content that is nothing but text, as a string. */
export function joinTexts(content: unknown): unknown {
	if (!Array.isArray(content)) return content;
	const texts = content.map((block: unknown) =>
		isRecord(block) && block.type === 'text' ? block.text : undefined,
	);
	return texts.every((text) => typeof text === 'string') ? texts.join('') : content;
}
