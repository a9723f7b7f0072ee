import { messagesFromFields, messagesFromJson } from '../minimax/buildMessages';
import { checkRequest } from '../minimax/checkRequest';
import { InvalidInput } from '../minimax/failure';
import { isRecord } from '../minimax/isRecord';
import { parseJson } from '../minimax/parseJson';
import type { WireRequest } from '../minimax/wireTypes';
import type { ChatSettings } from './readSettings';

/**
 * The body of one request from what routing has put together (model, sampling, limits) and the
 * settings that need more than copying.
 *
 * @throws InvalidInput naming the field that cannot be sent
 */
export function buildBody(settings: ChatSettings, routed: unknown): WireRequest {
	const fields = isRecord(routed) ? routed : {};
	const model = typeof fields.model === 'string' ? fields.model : '';
	const body = checkRequest({ ...fields, messages: readMessages(settings, model) });
	// Asks for thinking beside the answer; inline tags are still understood, as not every server obeys.
	body.reasoning_split = true;
	if (settings.options.streaming !== 'off') {
		body.stream = true;
		body.stream_options = { include_usage: true };
	}
	return { ...body, ...readAdditionalBody(settings.options.additionalBody), stream: body.stream };
}

function readMessages({ messagesFrom, messages, messagesJson }: ChatSettings, model: string) {
	if (messagesFrom === 'json') return messagesFromJson(messagesJson, model);
	const rows = isRecord(messages) && Array.isArray(messages.values) ? messages.values : [];
	return messagesFromFields(rows.filter(isRecord), model);
}

function readAdditionalBody(value: unknown): Record<string, unknown> {
	if (value === undefined || value === null || value === '') return {};
	const parsed = typeof value === 'string' ? parseJson(value) : { ok: true, value };
	if (parsed.ok && isRecord(parsed.value)) return parsed.value;
	throw new InvalidInput(
		"'Additional Body Fields' is not a JSON object",
		'Give an object such as {"seed": 7}, as JSON or from an expression.',
	);
}
