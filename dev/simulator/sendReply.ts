import { newHexId } from './dialects/newId.ts';
import { writeBaseResp, writeError } from './dialects/writeError.ts';
import type { Exchange } from './exchange.ts';
import type { JsonValue } from './json.ts';
import { Rejection } from './rejection.ts';
import type { Fault, ServerMode, SimulatorSettings } from './settings.ts';

const htmlPage =
	'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n' +
	'<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n';

/** The headers the API sends with each reply. It sends neither x-ratelimit-* nor Retry-After. */
export function replyHeaders(
	exchange: Exchange,
	mode: ServerMode,
	id: string,
	contentType: string,
): Record<string, string | number> {
	if (mode !== 'minimax') return { 'Content-Type': contentType };
	return {
		'Content-Type': contentType,
		'Trace-Id': id,
		'Minimax-Request-Id': newHexId(),
		'X-Session-Id': newHexId(),
		alb_receive_time: (exchange.arrivedAt / 1000).toFixed(3),
		alb_request_id: newHexId(40),
	};
}

export function sendText(
	exchange: Exchange,
	status: number,
	headers: Record<string, string | number>,
	text: string,
): void {
	exchange.start(status, { ...headers, 'Content-Length': Buffer.byteLength(text) });
	exchange.end(text);
}

export function sendJson(
	exchange: Exchange,
	mode: ServerMode,
	status: number,
	value: JsonValue,
	id: string,
	more: Record<string, string | number> = {},
): void {
	const headers = replyHeaders(exchange, mode, id, 'application/json; charset=utf-8');
	sendText(exchange, status, { ...headers, ...more }, JSON.stringify(value));
}

export function sendRejection(
	exchange: Exchange,
	mode: ServerMode,
	rejection: Rejection,
	more: Record<string, string | number> = {},
): void {
	const id = newHexId();
	sendJson(exchange, mode, rejection.status, writeError(mode, rejection, id), id, more);
}

/** Answers with a fault that replaces the whole reply; false when the reply is to go on. */
export async function sendFault(
	exchange: Exchange,
	settings: SimulatorSettings,
	fault: Fault,
): Promise<boolean> {
	if (fault.stream !== undefined) return false;
	if (fault.connection === 'hang') {
		await exchange.wait(Infinity);
		return true;
	}
	if (!(await exchange.wait(settings.latencyMs))) return true;
	if (fault.connection === 'reset') {
		exchange.reset();
		return true;
	}
	const more: Record<string, string | number> = { ...settings.headers };
	if (fault.retryAfter !== undefined) more['Retry-After'] = fault.retryAfter;
	const { mode } = settings;
	if (fault.body !== undefined) {
		const text = fault.body === 'html' ? htmlPage : fault.body === 'empty' ? '' : fault.body.text;
		const type = fault.body === 'html' ? 'text/html' : 'text/plain';
		const headers = { ...replyHeaders(exchange, mode, newHexId(), type), ...more };
		sendText(exchange, fault.status ?? 502, headers, text);
		return true;
	}
	const rejection = new Rejection(fault.message, { ...fault, code: fault.baseResp ?? fault.code });
	if (fault.baseResp === undefined) {
		sendRejection(exchange, mode, rejection, more);
	} else {
		const body = writeBaseResp(rejection.code, rejection.message);
		sendJson(exchange, mode, 200, body, newHexId(), more);
	}
	return true;
}
