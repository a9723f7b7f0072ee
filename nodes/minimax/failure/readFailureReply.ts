import { isKnownCode } from './causeOfCode';
import { collectReports, type Report } from './collectReports';
import { isRecord } from '../json/isRecord';
import { parseShallowJson } from '../json/parseShallowJson';
import { impliedStatus, namedStatus } from './namedStatus';
import { readRequestId } from './readRequestId';
import { shorten } from './shorten';

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
	/** The HTTP status that the reply names beside the one it came with. */
	namedStatus: number | null;
	/** The one that its names and words stand for, where it names none. */
	impliedStatus: number | null;
	/** The vendors' names for the failure, e.g. `insufficient_balance_error`. */
	types: string[];
	apiMessage: string | null;
	requestId: string | null;
	isHtml: boolean;
	isEmpty: boolean;
}

/** Bodies are read up to here; a failure's JSON is far shorter, an error page may not be. */
const BODY_LENGTH = 100_000;
const SMALLEST_CODE = 1000;

/**
 * Reads the error envelope of /v1/chat/completions, `base_resp` of the older endpoints, the shapes of
 * other servers and of gateways, a stream that consists of one failure, plain text and HTML.
 */
export function readFailureReply(reply: FailureReply, secrets: readonly string[]): FailureFacts {
	const text = reply.bodyText
		.slice(0, BODY_LENGTH)
		.replace(/^\ufeff/, '')
		.trim();
	const body = readObject(text);
	const reports = body === null ? [] : collectReports(body);
	const isHtml = body === null && /^<(?:!doctype|html|head|body|\?xml|center|h1)/i.test(text);
	const plain = isHtml ? readHtmlTitle(text) : text;
	const words = body === null ? plain : readWords(body, reports);
	const types = reports.flatMap(readTypes);

	return {
		code: readCode(reports) ?? trailingCode(words) ?? quotedCode(text),
		namedStatus: first(reports, namedStatus),
		impliedStatus: impliedStatus(types, words ?? ''),
		types,
		apiMessage: shorten(words, secrets),
		requestId: readRequestId(reports, reply.headers, secrets),
		isHtml,
		isEmpty: text === '',
	};
}

function readObject(text: string): Report | null {
	// A stream may consist of nothing but the failure.
	const frame = /^(?:data|error):[ \t]{0,9}([{[][^\r\n]*)/m.exec(text)?.[1];
	const parsed = parseShallowJson(frame ?? text);
	if (!parsed.ok) return null;
	const value: unknown = Array.isArray(parsed.value) ? parsed.value[0] : parsed.value;
	return isRecord(value) ? value : null;
}

/** The words of the innermost failure that has some: a gateway's own are "Provider returned error". */
function readWords(body: Report, reports: readonly Report[]): string | null {
	const inner = first([...reports].reverse(), wordsOf);
	if (inner !== null) return inner;
	return isRecord(body.error) ? JSON.stringify(body.error) : null;
}

function wordsOf(report: Report): string | null {
	const { message, error_message: errorMessage, error, status_msg: statusMessage } = report;
	const { msg, detail, errors, raw } = report;
	const texts = [message, errorMessage, error, statusMessage, msg, detail, errors, raw];
	return first(texts, (value) => {
		if (typeof value === 'string' && value.trim() !== '') return value;
		return Array.isArray(value) && value.length > 0 ? JSON.stringify(value) : null;
	});
}

/** Names in the fields that servers use for them, the outermost first. */
function readTypes(report: Report): string[] {
	const { type, error_type: errorType, code, status, error, __type: awsType } = report;
	return [type, errorType, code, status, awsType, isRecord(error) ? null : error].filter(
		(value): value is string => typeof value === 'string' && /[a-z]/i.test(value),
	);
}

/** The innermost code that is known; else one that stands where codes do. */
function readCode(reports: readonly Report[]): number | null {
	const codes = [...reports]
		.reverse()
		.flatMap((report) => [
			trailingCode(wordsOf(report)),
			apiCode(report.code),
			apiCode(report.status_code),
		])
		.filter((code) => code !== null);
	return codes.find(isKnownCode) ?? codes[0] ?? null;
}

/** `login fail: … (1004)`; `unknown error, 999 (1000)`; gateways add `(request id: …)`. */
function trailingCode(words: string | null): number | null {
	const end = (words ?? '').slice(-200);
	return apiCode(
		/\((\d{4,6})\)[\s.]{0,5}(?:\(request id: [\w-]{1,64}\))?[\s.]{0,5}$/i.exec(end)?.[1],
	);
}

/** At the end of a text that another one quotes: `{'message': 'insufficient balance (1008)', …`. */
function quotedCode(text: string): number | null {
	const code = apiCode(/\((\d{4,6})\)\\{0,3}['"]/.exec(text)?.[1]);
	return isKnownCode(code) ? code : null;
}

function apiCode(value: unknown): number | null {
	const code = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
	return typeof code === 'number' && Number.isInteger(code) && code >= SMALLEST_CODE ? code : null;
}

/** Attributes are short; a bound keeps the search linear in a page of opening tags. */
function readHtmlTitle(html: string): string | null {
	return /<(?:title|h1)(?:\s[^<>]{0,200})?>([^<]{1,300})</i.exec(html)?.[1] ?? null;
}

function first<Value, Found>(
	values: readonly Value[],
	find: (value: Value) => Found | null,
): Found | null {
	for (const value of values) {
		const found = find(value);
		if (found !== null) return found;
	}
	return null;
}
