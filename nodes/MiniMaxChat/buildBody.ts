import { askForJson } from '../minimax/request/askForJson';
import { messagesFromFields, messagesFromJson } from '../minimax/request/buildMessages';
import { checkRequest } from '../minimax/request/checkRequest';
import { readSchema, type AnswerSchema } from '../minimax/jsonAnswer/readSchema';
import { checkTools } from '../minimax/request/checkTools';
import { effortFor } from '../minimax/request/effortFor';
import { finishBody } from '../minimax/request/finishBody';
import { isRecord } from '../minimax/json/isRecord';
import { readAdditionalBody } from '../minimax/request/readAdditionalBody';
import { thinkingFor } from '../minimax/request/thinkingFor';
import type { WireRequest } from '../minimax/wireTypes';
import type { ChatSettings } from './readSettings';

export interface BuiltRequest {
	body: WireRequest;
	/** What a JSON answer is checked against, if anything. */
	schema: AnswerSchema | undefined;
}

/**
 * The body of one request from what routing has put together (model, sampling, limits) and the
 * settings that need more than copying.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildBody(settings: ChatSettings, routed: unknown): BuiltRequest {
	const { options } = settings;
	const fields = isRecord(routed) ? routed : {};
	const model = typeof fields.model === 'string' ? fields.model.trim() : '';
	const request = checkRequest({ ...fields, messages: readMessages(settings, model) });
	const asksJson = asksForJson(settings);
	const schema = asksJson ? readSchema(settings.jsonSchema) : undefined;
	const asked: WireRequest = {
		...(asksJson ? askForJson(request, schema?.json) : request),
		...thinkingFor(options.thinking, model),
		...effortFor(options.reasoningEffort, model),
		...toolsOf(options),
	};
	const body = finishBody(asked, {
		streams: options.streaming !== 'off',
		additional: readAdditionalBody(options.additionalBody, asked.model),
	});
	return { body, schema };
}

/** Whether the answer is to be JSON, by 'Response Format'. */
export function asksForJson({ responseFormat }: ChatSettings): boolean {
	return responseFormat === 'json';
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
