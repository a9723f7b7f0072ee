import type { WireContentPart, WireRequestMessage } from '../wireTypes';

/**
 * All system messages as one in the first place, their texts joined by blank lines. The API answers two
 * of them with "invalid chat setting (2013)" (https://github.com/MiniMax-AI/MiniMax-M2/issues/51).
 * Empty ones are left out. Fields other than the content come from the first.
 */
export function mergeSystemMessages(messages: readonly WireRequestMessage[]): WireRequestMessage[] {
	const system = messages.filter(({ role, content }) => role === 'system' && !isBlank(content));
	const others = messages.filter(({ role }) => role !== 'system');
	const [first, second] = system;
	if (first === undefined) return others;
	if (second === undefined) return [first, ...others];
	return [{ ...first, content: joinContents(system) }, ...others];
}

/** Whether there is nothing to read or see in a message's content. */
export function isBlank(content: WireRequestMessage['content']): boolean {
	if (typeof content === 'string') return content.trim() === '';
	return (content ?? []).every((part) => part.type === 'text' && part.text.trim() === '');
}

function joinContents(messages: readonly WireRequestMessage[]): string | WireContentPart[] {
	const parts = messages.flatMap(({ content }): WireContentPart[] =>
		typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []),
	);
	const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
	return texts.length === parts.length ? texts.join('\n\n') : parts;
}
