import { findModel } from '../models';
import { mergeSystemMessages } from './mergeSystemMessages';
import type { WireRequest } from '../wireTypes';

/**
 * The request that makes the model answer in JSON. MiniMax's models before M3 take `response_format` and
 * ignore it, and M3 may still add fences or notes, so the instruction always goes along; the format itself
 * only to models that may obey it, which includes unknown ones (vLLM and SGLang do).
 *
 * @param schema JSON Schema of the answer, if there is one
 */
export function askForJson(request: WireRequest, schema?: Record<string, unknown>): WireRequest {
	const instruction =
		schema === undefined
			? 'Reply with one JSON value and nothing else: no code fence, no explanation.'
			: `Reply with one JSON value that matches this JSON Schema, and nothing else: no code fence, no explanation.\n${JSON.stringify(schema)}`;
	const known = findModel(request.model);
	const obeysFormat = known === undefined || known.thinking === 'switchable' || known.effort;
	return {
		...request,
		messages: mergeSystemMessages([...request.messages, { role: 'system', content: instruction }]),
		...(obeysFormat && { response_format: responseFormat(schema) }),
	};
}

function responseFormat(schema: Record<string, unknown> | undefined) {
	if (schema === undefined) return { type: 'json_object' };
	const name =
		typeof schema.title === 'string' ? schema.title.replace(/[^\w-]+/g, '_').slice(0, 64) : '';
	return { type: 'json_schema', json_schema: { name: name === '' ? 'answer' : name, schema } };
}

/** The request that shows the model its answer and what is wrong with it. */
export function askForRepair(request: WireRequest, answer: string, reasons: string[]): WireRequest {
	return {
		...request,
		messages: [
			...request.messages,
			{ role: 'assistant', content: answer },
			{
				role: 'user',
				content: `This was not the JSON asked for: ${reasons.join('; ')}. Reply with the corrected JSON value only.`,
			},
		],
	};
}
