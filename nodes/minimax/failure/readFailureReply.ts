import { isRecord } from '../json/isRecord';
import { parseJson } from '../json/parseJson';
import { readHeader } from '../readHeader';
import { redactSecrets } from './redactSecrets';

/** A reply that is no completion, as n8n's HTTP helper hands it over. */
export interface FailureReply {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	bodyText: string;
}

/** What a failure reply says about itself, free of secrets. */
export interface FailureFacts {
	/** MiniMax's own code; HTTP statuses which self-hosted servers repeat in `code` are none. */
	code: number | null;
	/** The vendor's name for the failure, e.g. `insufficient_balance_error`. */
	type: string | null;
	apiMessage: string | null;
	requestId: string | null;
	isHtml: boolean;
	isEmpty: boolean;
}

const MESSAGE_LENGTH = 300;
/** Bodies are read up to here; a failure's JSON is far shorter, an error page may not be. */
const BODY_LENGTH = 100_000;
const SMALLEST_CODE = 1000;

/** Named as MiniMax sends them; the last one is what gateways and self-hosted servers use. */
const REQUEST_ID_HEADERS = ['trace-id', 'minimax-request-id', 'x-mm-request-id', 'x-request-id'];

/**
 * Reads the error envelope of /v1/chat/completions, `base_resp` of the older endpoints, the shapes of
 * vLLM, SGLang and FastAPI, a stream that consists of one failure, plain text and HTML.
 */
export function readFailureReply(reply: FailureReply, secrets: readonly string[]): FailureFacts {
	const text = reply.bodyText
		.slice(0, BODY_LENGTH)
		.replace(/^\ufeff/, '')
		.trim();
	const body = readBody(text);
	const error = asRecord(body?.error);
	const base = asRecord(body?.base_resp);
	const isHtml = body === null && /^<(?:!doctype|html|head|body|\?xml|center|h1)/i.test(text);

	const words =
		body === null
			? isHtml
				? readHtmlTitle(text)
				: text
			: (firstText(
					error?.message,
					body.error,
					base?.status_msg,
					body.message,
					body.detail,
					body.errors,
				) ?? (error === null ? null : JSON.stringify(error)));
	const code =
		trailingCode(words) ??
		apiCode(error?.code) ??
		apiCode(base?.status_code) ??
		apiCode(body?.status_code) ??
		apiCode(body?.code);

	return {
		code,
		type: firstText(error?.type, body?.type),
		apiMessage: shorten(words, secrets),
		requestId: readRequestId(body, reply.headers, secrets),
		isHtml,
		isEmpty: text === '',
	};
}

/** One line of at most 300 characters without secrets; null when nothing is left. */
export function shorten(words: string | null, secrets: readonly string[]): string | null {
	// Cut generously before the search for secrets, so that none is halved, and exactly after it.
	const line = (words ?? '')
		.slice(0, 10 * MESSAGE_LENGTH)
		.replace(/\s+/g, ' ')
		.trim();
	const clean = redactSecrets(line, secrets);
	if (clean === '') return null;
	return clean.length > MESSAGE_LENGTH ? `${clean.slice(0, MESSAGE_LENGTH - 1)}…` : clean;
}

function readBody(text: string): Record<string, unknown> | null {
	// A stream may consist of nothing but the failure.
	const frame = /^(?:event:[^\n]*\n)?data:\s*(\{[^\n]*)/.exec(text)?.[1];
	const parsed = parseJson(frame ?? text);
	if (!parsed.ok) return null;
	const value: unknown = Array.isArray(parsed.value) ? parsed.value[0] : parsed.value;
	return asRecord(value);
}

function asRecord(value: unknown): Record<string, unknown> | null {
	return isRecord(value) ? value : null;
}

function firstText(...values: unknown[]): string | null {
	for (const value of values) {
		if (typeof value === 'string' && value.trim() !== '') return value;
		if (Array.isArray(value) && value.length > 0) return JSON.stringify(value);
	}
	return null;
}

function readHtmlTitle(html: string): string | null {
	return /<(?:title|h1)[^>]*>([^<]{1,300})</i.exec(html)?.[1] ?? null;
}

/** `login fail: … (1004)`; `unknown error, 999 (1000)`. */
function trailingCode(words: string | null): number | null {
	return apiCode(/\((\d{4,6})\)[\s.]*$/.exec((words ?? '').slice(-100))?.[1]);
}

function apiCode(value: unknown): number | null {
	const code = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
	return typeof code === 'number' && Number.isInteger(code) && code >= SMALLEST_CODE ? code : null;
}

function readRequestId(
	body: Record<string, unknown> | null,
	headers: Readonly<Record<string, unknown>>,
	secrets: readonly string[],
): string | null {
	const candidates: unknown[] = [body?.request_id, body?.id];
	for (const name of REQUEST_ID_HEADERS) candidates.push(readHeader(headers, name));
	const id = firstText(...candidates.filter((candidate) => typeof candidate === 'string'));
	// Ids look like keys, so only the known secrets are searched for.
	if (id === null || secrets.some((secret) => id.includes(secret))) return null;
	return /^[\w.:-]{1,128}$/.test(id.trim()) ? id.trim() : null;
}
