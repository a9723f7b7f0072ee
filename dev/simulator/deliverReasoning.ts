import type { Delivery, Reply } from './draft.ts';
import type { Model } from './models.ts';
import type { ReasoningDelivery, ServerMode } from './settings.ts';

type Fields = Delivery['fields'];
type PlayedDelivery = Exclude<ReasoningDelivery, 'auto'>;

const fieldsByDelivery: Partial<Record<ReasoningDelivery, Fields>> = {
	split: ['reasoning_content', 'reasoning_details'],
	both: ['reasoning_content', 'reasoning_details'],
	'details-only': ['reasoning_details'],
	'content-only': ['reasoning_content'],
	vllm: ['reasoning'],
};

/** What the played server does when no setting says otherwise. */
export function usualDelivery(
	mode: ServerMode,
	model: Model,
	reasoningSplit: boolean,
): PlayedDelivery {
	if (mode === 'vllm') return 'vllm';
	if (mode === 'sglang') return 'content-only';
	return reasoningSplit || model.splitsByItself ? 'split' : 'inline';
}

/** Lays thinking and answer out the way `delivery` says. */
export function deliverReasoning(reply: Reply, delivery: PlayedDelivery, model: Model): Delivery {
	const { reasoning } = reply;
	// Beside tool calls, content is a line end when the thinking is elsewhere.
	const answer = reply.answer === '' && reply.toolCalls.length > 0 ? '\n' : reply.answer;
	if (reasoning === '' || delivery === 'none') {
		return { content: answer, thinkBlock: '', reasoning: '', fields: [] };
	}
	const fields = fieldsByDelivery[delivery] ?? [];
	if (fields.length > 0 && delivery !== 'both') {
		return { content: answer, thinkBlock: '', reasoning, fields };
	}
	const closer = delivery === 'mm-closer' ? '</mm:think>' : '</think>';
	const lineEnd = model.bare ? '' : '\n';
	const opener = delivery === 'missing-opener' ? '' : `<think>${lineEnd}`;
	// Cut off inside the thinking, the API still closes the block, with one line end less.
	const gap = reply.finishReason === 'length' && reply.answer === '' && !model.bare ? '\n' : '\n\n';
	const thinkBlock = `${opener}${reasoning}${lineEnd}${closer}${gap}`;
	return {
		content: thinkBlock + reply.answer,
		thinkBlock,
		reasoning: delivery === 'both' ? reasoning : '',
		fields,
	};
}
