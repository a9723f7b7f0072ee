import { askForJson } from '../minimax/request/askForJson';
import { messagesFromFields, messagesFromJson } from '../minimax/request/buildMessages';
import { checkRequest } from '../minimax/request/checkRequest';
import {
	compileColumns,
	compileQuickColumns,
	type ColumnPlan,
} from '../minimax/columns/compileColumns';
import { inferSchema } from '../minimax/jsonAnswer/inferSchema';
import { readSchema, type AnswerSchema } from '../minimax/jsonAnswer/readSchema';
import { checkTools } from '../minimax/request/checkTools';
import { effortFor } from '../minimax/request/effortFor';
import { finishBody } from '../minimax/request/finishBody';
import { isRecord } from '../minimax/json/isRecord';
import { planRow, type RowPlan } from '../minimax/rows/planRow';
import { readAdditionalBody } from '../minimax/request/readAdditionalBody';
import { thinkingFor } from '../minimax/request/thinkingFor';
import type { WireRequest } from '../minimax/wireTypes';
import type { ChatSettings } from './readSettings';

export interface BuiltRequest {
	body: WireRequest;
	columns: ColumnPlan | undefined;
	/** What a JSON answer is checked against, if anything. */
	schema: AnswerSchema | undefined;
	/** How the item may share a request with others, if it may. */
	plan: RowPlan | undefined;
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
	const model = typeof fields.model === 'string' ? fields.model : '';
	const request = checkRequest({ ...fields, messages: readMessages(settings, model) });
	const columns = readColumnPlan(settings);
	const schema = columns?.schema ?? readJsonShape(settings);
	const asked: WireRequest = {
		...(asksForJson(settings) ? askForJson(request, schema?.json) : request),
		...thinkingFor(options.thinking, request.model),
		...effortFor(options.reasoningEffort, request.model),
		...toolsOf(options),
	};
	const additional = readAdditionalBody(options.additionalBody, asked.model);
	const body = finishBody(asked, { streams: options.streaming !== 'off', additional });
	const plan =
		settings.rowsPerRequest > 1
			? planRow(settings.rowsPerRequest, request.messages, body, schema?.json, additional)
			: undefined;
	return { body, columns, schema, plan };
}

/** Whether the model is to answer in JSON. */
export function asksForJson({ responseFormat }: ChatSettings): boolean {
	return responseFormat !== 'text';
}

function readColumnPlan({ responseFormat, columns, quickColumns }: ChatSettings) {
	if (responseFormat !== 'columns') return undefined;
	return quickColumns === '' ? compileColumns(columns) : compileQuickColumns(quickColumns);
}

/** What a JSON answer has to look like; undefined where any will do. */
function readJsonShape(settings: ChatSettings): AnswerSchema | undefined {
	if (settings.responseFormat !== 'json') return undefined;
	switch (settings.jsonFrom) {
		case 'example':
			return readSchema(inferSchema(settings.jsonExample));
		case 'schema':
			return readSchema(settings.jsonSchema);
		case 'any':
			return undefined;
	}
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
