import { askForJson } from '../minimax/request/askForJson';
import { messagesFromFields, messagesFromJson } from '../minimax/request/buildMessages';
import { checkRequest } from '../minimax/request/checkRequest';
import { readSchema, type AnswerSchema } from '../minimax/jsonAnswer/readSchema';
import { checkTools } from '../minimax/request/checkTools';
import { isRecord } from '../minimax/isRecord';
import { readAdditionalBody } from '../minimax/request/readAdditionalBody';
import { thinkingFor } from '../minimax/request/thinkingFor';
import type { WireRequest } from '../minimax/wireTypes';
import type { ChatSettings } from './readSettings';

/**
 * The body of one request from what routing has put together (model, sampling, limits) and the
 * settings that need more than copying.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildBody(settings: ChatSettings, routed: unknown): WireRequest {
	const { options } = settings;
	const fields = isRecord(routed) ? routed : {};
	const model = typeof fields.model === 'string' ? fields.model.trim() : '';
	const request = checkRequest({ ...fields, messages: readMessages(settings, model) });
	const body: WireRequest = {
		...(asksForJson(settings) ? askForJson(request, schemaOf(settings)?.json) : request),
		...thinkingFor(options.thinking, model),
		...toolsOf(options),
		// Asks for thinking beside the answer; inline tags are still understood, as not every server obeys.
		reasoning_split: true,
	};
	const stream =
		options.streaming === 'off' ? {} : { stream: true, stream_options: { include_usage: true } };
	return { ...body, ...stream, ...readAdditionalBody(options.additionalBody, body.model) };
}

/** Whether the answer is to be JSON, by 'Response Format'. */
export function asksForJson({ options }: ChatSettings): boolean {
	return options.responseFormat === 'json';
}

/** By the options they come from: items whose options hold no expression share those. */
const schemas = new WeakMap<ChatSettings['options'], AnswerSchema | undefined>();

/**
 * The JSON Schema for the answer, parsed once; undefined when there is none.
 *
 * @throws InvalidInput for one that cannot be used
 */
export function schemaOf({ options }: ChatSettings): AnswerSchema | undefined {
	if (!schemas.has(options)) schemas.set(options, readSchema(options.jsonSchema));
	return schemas.get(options);
}

function readMessages({ messagesFrom, messages, messagesJson }: ChatSettings, model: string) {
	if (messagesFrom === 'json') return messagesFromJson(messagesJson, model);
	const rows = isRecord(messages) && Array.isArray(messages.values) ? messages.values : [];
	return messagesFromFields(rows.filter(isRecord), model);
}

function toolsOf({ tools: given, toolChoice }: ChatSettings['options']) {
	const tools = checkTools(given);
	if (tools === undefined) return {};
	const isChosen = toolChoice === 'auto' || toolChoice === 'none';
	return { tools, ...(isChosen && { tool_choice: toolChoice }) };
}
