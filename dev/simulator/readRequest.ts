import type { ChatMessage, ChatRequest, ToolDefinition } from './chatRequest.ts';
import { countTokens } from './countTokens.ts';
import { isObject, type JsonObject } from './json.ts';
import { findModel, type Model, selfHostedModel } from './models.ts';
import { readMessages } from './readMessages.ts';
import { invalidParams, Rejection } from './rejection.ts';
import type { SimulatorSettings } from './settings.ts';

/** Tokens of the chat template around each message. */
const tokensPerMessage = 4;

/**
 * Turns a parsed body into a request, refusing what the API refuses.
 * @throws Rejection
 */
export function readRequest(
	body: unknown,
	settings: Pick<SimulatorSettings, 'mode' | 'models'>,
): ChatRequest {
	if (!isObject(body)) throw invalidParams('request body is not valid JSON');
	const strict = settings.mode === 'minimax';
	const model = readModel(body.model, settings);
	const messages = readMessages(body.messages, model, strict);
	checkSampling(body, model);
	checkEffort(body, model, strict);
	const tools = readTools(body.tools);
	const format = readFormat(body.response_format);
	const promptTokens = countPrompt(messages, tools, body.tools, model);
	if (promptTokens > model.contextTokens) throw invalidParams('context window exceeds limit');
	if (body.stream !== undefined && body.stream !== null && typeof body.stream !== 'boolean') {
		throw invalidParams('stream must be a boolean');
	}
	return {
		model,
		messages,
		tools,
		...format,
		promptTokens,
		stream: body.stream === true,
		includeUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
		reasoningSplit: body.reasoning_split === true,
		thinks: readThinking(body, model, strict),
		maxTokens: readMaxTokens(body, model),
		toolChoice: typeof body.tool_choice === 'string' ? body.tool_choice : undefined,
		serviceTier: body.service_tier === 'priority' ? 'priority' : 'standard',
	};
}

function readModel(
	id: unknown,
	{ mode, models }: Pick<SimulatorSettings, 'mode' | 'models'>,
): Model {
	if (typeof id !== 'string' || id === '') throw invalidParams('model is empty');
	if (mode !== 'minimax') {
		if (models !== null && !models.includes(id)) {
			throw new Rejection(`The model \`${id}\` does not exist.`, {
				status: 404,
				type: 'NotFoundError',
			});
		}
		return selfHostedModel(id);
	}
	const model = findModel(id);
	// The gateway echoes the name in lower case.
	if (!model) throw invalidParams(`unknown model '${id.toLowerCase()}'`);
	return model;
}

function checkSampling(body: JsonObject, model: Model): void {
	const { temperature, top_p: topP } = body;
	const lowest = model.zeroAllowed ? '[0' : '(0';
	if (!inRange(temperature, model.zeroAllowed, model.maxTemperature)) {
		throw invalidParams(`temperature must be in ${lowest}, ${model.maxTemperature}]`);
	}
	if (!inRange(topP, model.zeroAllowed, 1)) throw invalidParams(`top_p must be in ${lowest}, 1]`);
}

const efforts = ['low', 'medium', 'high', 'xhigh', 'max'];

/** M3.1-Flash has levels; M3 is reported to refuse the field (esengine/DeepSeek-Reasonix #3432). */
function checkEffort({ reasoning_effort: effort }: JsonObject, model: Model, strict: boolean): void {
	if (effort === undefined || effort === null || !strict) return;
	if (!model.hasEffort) {
		throw invalidParams(`model[${model.id}] does not support reasoning_effort`);
	}
	if (typeof effort !== 'string' || !efforts.includes(effort)) {
		throw invalidParams(`invalid reasoning_effort (allowed: ${efforts.join(', ')})`);
	}
}

function inRange(value: unknown, zeroAllowed: boolean, highest: number): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value !== 'number') return false;
	return value <= highest && (zeroAllowed ? value >= 0 : value > 0);
}

function readMaxTokens(body: JsonObject, model: Model): number | undefined {
	const name = body.max_completion_tokens == null ? 'max_tokens' : 'max_completion_tokens';
	const value = body[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
		throw invalidParams(`${name} must be an integer of at least 1`);
	}
	if (value > model.maxOutputTokens) {
		throw invalidParams(
			`model[${model.id}] does not support max tokens > ${model.maxOutputTokens}`,
		);
	}
	return value;
}

function readThinking(body: JsonObject, model: Model, strict: boolean): boolean {
	if (!strict) {
		const template = body.chat_template_kwargs;
		return !(isObject(template) && template.thinking_mode === 'disabled');
	}
	const { thinking } = body;
	if (thinking === undefined || thinking === null) return model.thinking !== 'none';
	if (!isObject(thinking)) throw invalidParams('invalid thinking: must be an object');
	const { type } = thinking;
	if (type !== 'adaptive' && type !== 'disabled') {
		throw new Rejection(
			`invalid thinking.type: ${JSON.stringify(type ?? '')} (allowed: adaptive, disabled)`,
			{ code: 2013 },
		);
	}
	if (type === 'disabled' && model.thinking === 'adaptive-only') {
		throw invalidParams(`model[${model.id}] requires adaptive thinking`);
	}
	// M2 accepts `disabled` and thinks all the same.
	return model.thinking === 'none' ? false : type !== 'disabled' || model.thinking === 'always';
}

function readTools(value: unknown): ToolDefinition[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw invalidParams('tools must be an array');
	return value.map((tool: unknown) => {
		if (!isObject(tool) || tool.type !== 'function') throw invalidParams('invalid tool type');
		const { name, description, parameters } = isObject(tool.function) ? tool.function : {};
		if (
			typeof name !== 'string' ||
			name === '' ||
			!isObject(parameters) ||
			Object.keys(parameters).length === 0
		) {
			throw invalidParams('function name or parameters is empty');
		}
		return {
			name,
			parameters,
			description: typeof description === 'string' ? description : '',
		};
	});
}

function readFormat(value: unknown): Pick<ChatRequest, 'wantsJson' | 'jsonSchema'> {
	if (!isObject(value)) return { wantsJson: false, jsonSchema: undefined };
	const wrapped = isObject(value.json_schema) ? value.json_schema : {};
	return {
		wantsJson: value.type === 'json_object' || value.type === 'json_schema',
		jsonSchema: isObject(wrapped.schema) ? wrapped.schema : undefined,
	};
}

function countPrompt(
	messages: ChatMessage[],
	tools: ToolDefinition[],
	rawTools: unknown,
	model: Model,
): number {
	let tokens = model.preambleTokens;
	for (const message of messages) {
		tokens += tokensPerMessage + countTokens(message.text) + message.mediaTokens;
		for (const call of message.toolCalls) tokens += countTokens(call.name + call.arguments);
	}
	return tools.length === 0 ? tokens : tokens + countTokens(JSON.stringify(rawTools));
}
