import { wholeCharacters } from './countTokens.ts';
import type { Draft, Piece } from './draft.ts';

/** A reply in the steps in which a stream brings it: thinking, text, tool calls. */
export function* cutPieces(draft: Draft): Generator<Piece> {
	const { delivery, reply, settings } = draft;
	const size = settings.chunkCharacters;
	let { content } = delivery;
	if (delivery.reasoning !== '' && delivery.thinkBlock !== '') {
		yield* cutTogether(delivery.thinkBlock, delivery.reasoning, size);
		content = content.slice(delivery.thinkBlock.length);
	} else {
		for (const reasoning of cutText(delivery.reasoning, size)) yield { reasoning };
	}
	for (const text of cutText(content, size)) yield { content: text };
	for (const [index, call] of reply.toolCalls.entries()) {
		const { id, name } = call;
		const fragments = settings.toolCallFragments;
		if (fragments <= 0 || call.arguments === '') {
			yield { toolCall: { index, id, name, arguments: call.arguments } };
			continue;
		}
		yield { toolCall: { index, id, name, arguments: '' } };
		for (const text of cutText(call.arguments, fragments)) {
			yield { toolCall: { index, arguments: text } };
		}
	}
}

/** The same thinking in content and in the reasoning fields, step by step. */
function* cutTogether(block: string, reasoning: string, size: number): Generator<Piece> {
	const start = block.indexOf(reasoning);
	let at = start;
	let opener = block.slice(0, start);
	for (const text of cutText(reasoning, size)) {
		at += text.length;
		const isLast = at === start + reasoning.length;
		yield { content: opener + text + (isLast ? block.slice(at) : ''), reasoning: text };
		opener = '';
	}
}

function* cutText(text: string, size: number): Generator<string> {
	let at = 0;
	while (at < text.length) {
		const cut = wholeCharacters(text, at + Math.max(1, size));
		const end = cut > at ? cut : at + 2;
		yield text.slice(at, end);
		at = end;
	}
}
