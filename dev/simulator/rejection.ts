/** MiniMax's codes with the HTTP status, type and words they come with on chat completions. */
const byCode: Record<number, { status: number; text: string }> = {
	1000: { status: 500, text: 'unknown error, 999' },
	1001: { status: 500, text: 'request timeout' },
	1002: { status: 429, text: 'rate limit exceeded, please retry later' },
	1004: {
		status: 401,
		text: "login fail: Please carry the API secret key in the 'Authorization' field of the request header",
	},
	1008: { status: 402, text: 'insufficient balance' },
	1013: { status: 500, text: 'internal server error' },
	1024: { status: 500, text: 'internal error' },
	1026: { status: 422, text: 'input new_sensitive' },
	1027: { status: 422, text: 'output new_sensitive' },
	1028: { status: 429, text: 'quota exhausted' },
	1030: { status: 429, text: 'quota exhausted' },
	1033: { status: 500, text: 'system error' },
	1039: { status: 429, text: 'token limit' },
	1041: { status: 429, text: 'conn limit' },
	1042: { status: 400, text: 'invisible character ratio limit' },
	2013: { status: 400, text: 'invalid params' },
	2045: { status: 429, text: 'rate growth limit' },
	2049: { status: 401, text: 'invalid api key' },
	2056: {
		status: 429,
		text: 'usage limit exceeded, Plus plan: 1500/1500 used, resets at 2026-11-24T20:00:00Z',
	},
	2061: { status: 403, text: 'your current plan does not support this model' },
	2062: { status: 429, text: 'plan request rate too high, please retry later' },
	2064: { status: 529, text: 'cluster is busy at peak hours, please retry later' },
};

const usualCode: Record<number, number> = {
	400: 2013,
	401: 1004,
	402: 1008,
	403: 2061,
	422: 1026,
	429: 1002,
	529: 2064,
};

const typeByStatus: Record<number, string> = {
	400: 'bad_request_error',
	401: 'authorized_error',
	402: 'insufficient_balance_error',
	403: 'permission_error',
	413: 'invalid_request_error',
	422: 'unprocessable_entity_error',
	429: 'rate_limit_error',
	529: 'overloaded_error',
};

/** A request that is refused: thrown by the checks, made of a fault, written by the dialect. */
export class Rejection extends Error {
	readonly status: number;
	readonly code: number;
	readonly type: string;

	/** @param words without the code in parentheses that the API puts behind */
	constructor(
		words: string | undefined,
		given: { code?: number; status?: number; type?: string } = {},
	) {
		const code = given.code ?? usualCode[given.status ?? 500] ?? 1000;
		const status = given.status ?? byCode[code]?.status ?? 500;
		super(words ?? byCode[code]?.text ?? 'unknown error');
		this.name = 'Rejection';
		this.code = code;
		this.status = status;
		this.type = given.type ?? typeByStatus[status] ?? 'server_error';
	}
}

/** Parameters the API does not take: HTTP 400, code 2013. */
export function invalidParams(words: string): Rejection {
	return new Rejection(`invalid params, ${words}`, { code: 2013 });
}
