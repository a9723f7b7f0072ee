import type { JsonObject } from '../json.ts';
import type { Rejection } from '../rejection.ts';
import type { ServerMode } from '../settings.ts';

/** An error body as the played server writes it. */
export function writeError(mode: ServerMode, rejection: Rejection, requestId: string): JsonObject {
	const { message, status, code, type } = rejection;
	if (mode === 'minimax') {
		return {
			type: 'error',
			error: { type, message: `${message} (${code})`, http_code: String(status) },
			request_id: requestId,
		};
	}
	if (mode === 'sglang') {
		return { object: 'error', message, type: selfHostedType(status), param: null, code: status };
	}
	return { error: { message, type: selfHostedType(status), param: null, code: status } };
}

function selfHostedType(status: number): string {
	if (status === 404) return 'NotFoundError';
	if (status === 401) return 'Unauthorized';
	return status < 500 ? 'BadRequestError' : 'InternalServerError';
}

/** HTTP 200 that is none: what the native endpoints answer, and some gateways here as well. */
export function writeBaseResp(code: number, message: string): JsonObject {
	return { base_resp: { status_code: code, status_msg: message } };
}
