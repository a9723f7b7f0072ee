import { CAUSES, type FailureCause, type FailureKind } from '../../../nodes/minimax/failure/causes';
import { classifyReply } from '../../../nodes/minimax/failure/classifyReply';

const REQUEST_ID = '06aa11bb22cc33dd';

const OUTLOOKS = {
	passing: { retryable: true, hopeless: false },
	final: { retryable: false, hopeless: false },
	hopeless: { retryable: false, hopeless: true },
};

type CodeRow = [
	code: number,
	status: number,
	type: string,
	apiMessage: string,
	cause: FailureCause,
	kind: FailureKind,
	outlook: keyof typeof OUTLOOKS,
];

// One row a line, so that the table can be read as one.
// prettier-ignore
const CODES: CodeRow[] = [
	[1000, 500, 'server_error', 'unknown error, 999 (1000)', 'internal-fault', 'server-fault', 'passing'],
	[1001, 500, 'server_error', 'request timeout (1001)', 'gave-up', 'timed-out', 'passing'],
	[1002, 429, 'rate_limit_error', 'rate limit exceeded(RPM) (1002)', 'account-rate-exceeded', 'rate-limited', 'passing'],
	[1004, 401, 'authorized_error', 'login fail: the Authorization header is not right (1004)', 'key-refused', 'credential-invalid', 'hopeless'],
	[1008, 402, 'insufficient_balance_error', 'insufficient balance (1008)', 'balance-exhausted', 'balance-exhausted', 'hopeless'],
	[1008, 429, 'rate_limit_error', 'insufficient balance (1008)', 'balance-exhausted', 'balance-exhausted', 'hopeless'],
	[1008, 500, 'api_error', 'insufficient balance (1008)', 'balance-exhausted', 'balance-exhausted', 'hopeless'],
	[1013, 500, 'server_error', 'internal server error (1013)', 'internal-fault', 'server-fault', 'passing'],
	[1024, 500, 'server_error', 'internal error (1024)', 'internal-fault', 'server-fault', 'passing'],
	[1026, 422, 'unprocessable_entity_error', 'input new_sensitive (1026)', 'messages-rejected', 'content-rejected', 'final'],
	[1027, 422, 'unprocessable_entity_error', 'output new_sensitive (1027)', 'answer-rejected', 'content-rejected', 'final'],
	[1028, 429, 'rate_limit_error', 'quota exhausted (1028)', 'quota-exhausted', 'quota-exhausted', 'hopeless'],
	[1030, 429, 'rate_limit_error', 'quota exhausted (1030)', 'quota-exhausted', 'quota-exhausted', 'hopeless'],
	[1033, 500, 'server_error', 'mysql failed (1033)', 'backend-fault', 'server-fault', 'passing'],
	[1039, 429, 'rate_limit_error', 'token limit (1039)', 'token-rate-exceeded', 'rate-limited', 'passing'],
	[1039, 400, 'bad_request_error', 'token limit (1039)', 'too-many-tokens', 'request-invalid', 'final'],
	[1041, 429, 'rate_limit_error', 'conn limit (1041)', 'concurrency-limited', 'rate-limited', 'passing'],
	[1042, 400, 'bad_request_error', 'invisible character ratio limit (1042)', 'invisible-characters', 'request-invalid', 'final'],
	[2045, 429, 'rate_limit_error', 'rate growth limit (2045)', 'growth-limited', 'rate-limited', 'passing'],
	[2049, 401, 'authorized_error', 'invalid api key (2049)', 'key-unknown', 'credential-invalid', 'hopeless'],
	[2056, 429, 'rate_limit_error', 'usage limit exceeded, 5-hour usage limit reached for Token Plan Max (900/900 used), resets at 2026-11-03T15:00:00+08:00 (2056)', 'usage-limit-reached', 'quota-exhausted', 'hopeless'],
	[2056, 429, 'rate_limit_error', 'usage limit exceeded, weekly usage limit reached for Token Plan Max (7/7 used) (2056)', 'usage-limit-reached', 'quota-exhausted', 'hopeless'],
	[2056, 429, 'rate_limit_error', 'usage limit exceeded, 5-hour usage limit reached for Token Plan Starter (0/0 used), resets at 2026-11-03T15:00:00Z (2056)', 'plan-lacks-model', 'plan-lacks-model', 'final'],
	[2061, 403, 'forbidden_error', 'model not in plan (2061)', 'plan-lacks-model', 'plan-lacks-model', 'final'],
	[2062, 429, 'rate_limit_error', '请求过于频繁 (2062)', 'plan-rate-exceeded', 'rate-limited', 'passing'],
	[2064, 529, 'overloaded_error', 'cluster is busy (2064)', 'overloaded', 'overloaded', 'passing'],
	[2064, 200, 'overloaded_error', 'cluster is busy (2064)', 'overloaded', 'overloaded', 'passing'],
	[2013, 400, 'bad_request_error', 'invalid params, context window exceeds limit (2013)', 'context-exceeded', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', "invalid params, unknown model 'minimax-m9' (2013)", 'model-unknown', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, does not support max tokens > 204800 (2013)', 'max-tokens-too-high', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', "invalid params, tool result's tool id(call_1) not found (2013)", 'tool-result-stray', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, function name or parameters is empty (2013)', 'tools-unusable', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, invalid tool type (2013)', 'tools-unusable', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, chat content has invalid message role: system (2013)', 'role-refused', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, invalid chat setting (2013)', 'message-order-refused', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, model[MiniMax-M3] does not support reasoning_effort (2013)', 'effort-refused', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, invalid thinking.type: "enabled" (allowed: adaptive, disabled) (2013)', 'thinking-refused', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, chat content is empty (2013)', 'messages-empty', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, temperature out of range (2013)', 'temperature-refused', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, top_p out of range (2013)', 'top-p-refused', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, image is too large (2013)', 'media-unusable', 'request-invalid', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params (2013)', 'value-refused', 'request-invalid', 'final'],
	// These three stand for anything, so the status says what.
	[1000, 413, 'invalid_request_error', 'unknown error, 999 (1000)', 'request-too-large', 'request-invalid', 'final'],
	[1000, 401, 'authorized_error', 'unknown error (1000)', 'key-refused', 'credential-invalid', 'hopeless'],
	[1000, 400, 'bad_request_error', 'unknown error (1000)', 'internal-fault', 'server-fault', 'passing'],
	[1013, 529, 'overloaded_error', 'internal server error (1013)', 'overloaded', 'overloaded', 'passing'],
	[2013, 413, 'invalid_request_error', 'text or image is too large (2013)', 'request-too-large', 'request-invalid', 'final'],
	[2013, 404, 'not_found_error', "unknown model 'minimax-m9' (2013)", 'model-unknown', 'request-invalid', 'final'],
	[2013, 429, 'rate_limit_error', 'invalid params (2013)', 'too-many-requests', 'rate-limited', 'passing'],
];

type StatusRow = [
	status: number,
	cause: FailureCause,
	kind: FailureKind,
	outlook: keyof typeof OUTLOOKS,
];

// prettier-ignore
const STATUSES: StatusRow[] = [
	[200, 'reply-empty', 'reply-broken', 'final'],
	[302, 'redirected', 'request-invalid', 'final'],
	[400, 'request-refused', 'request-invalid', 'final'],
	[401, 'key-refused', 'credential-invalid', 'hopeless'],
	[402, 'payment-required', 'balance-exhausted', 'hopeless'],
	[403, 'access-denied', 'credential-invalid', 'final'],
	[404, 'address-unknown', 'request-invalid', 'final'],
	[405, 'address-unknown', 'request-invalid', 'final'],
	[408, 'request-too-slow', 'timed-out', 'passing'],
	[413, 'request-too-large', 'request-invalid', 'final'],
	[418, 'request-refused', 'request-invalid', 'final'],
	[422, 'request-refused', 'request-invalid', 'final'],
	[429, 'too-many-requests', 'rate-limited', 'passing'],
	[500, 'internal-fault', 'server-fault', 'passing'],
	[502, 'internal-fault', 'server-fault', 'passing'],
	[503, 'unavailable', 'server-fault', 'passing'],
	[504, 'gateway-timeout', 'timed-out', 'passing'],
	[520, 'internal-fault', 'server-fault', 'passing'],
	[529, 'overloaded', 'overloaded', 'passing'],
];

const reply = (status: number, body: unknown, headers: Record<string, unknown> = {}) => ({
	status,
	headers,
	bodyText: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('every code of MiniMax', () => {
	test.each(CODES)(
		'%i with HTTP %i %s: %s',
		(code, status, type, apiMessage, cause, kind, outlook) => {
			const expected = {
				cause,
				kind,
				...OUTLOOKS[outlook],
				httpStatus: status,
				code,
				apiMessage,
				requestId: REQUEST_ID,
				retryAfterMs: null,
				partial: null,
			};
			const envelope = {
				type: 'error',
				error: { type, message: apiMessage, http_code: String(status) },
				request_id: REQUEST_ID,
			};
			expect(classifyReply(reply(status, envelope), [])).toEqual(expected);

			const bare = apiMessage.replace(` (${code})`, '');
			const base = { id: REQUEST_ID, base_resp: { status_code: code, status_msg: bare } };
			expect(classifyReply(reply(status, base), [])).toEqual({ ...expected, apiMessage: bare });
		},
	);
});

test.each(STATUSES)('HTTP %i without a code', (status, cause, kind, outlook) => {
	expect(classifyReply(reply(status, ''), [])).toEqual({
		cause,
		kind,
		...OUTLOOKS[outlook],
		httpStatus: status,
		code: null,
		apiMessage: null,
		requestId: null,
		retryAfterMs: null,
		partial: null,
	});
});

describe('HTTP 200 with base_resp', () => {
	test('a code is a failure whatever the status', () => {
		const body = { choices: null, base_resp: { status_code: 1002, status_msg: 'rate limit' } };
		expect(classifyReply(reply(200, body), [])).toEqual({
			cause: 'account-rate-exceeded',
			kind: 'rate-limited',
			retryable: true,
			hopeless: false,
			httpStatus: 200,
			code: 1002,
			apiMessage: 'rate limit',
			requestId: null,
			retryAfterMs: null,
			partial: null,
		});
	});

	test('a code that is not known', () => {
		const body = { base_resp: { status_code: 4711, status_msg: 'odd' } };
		expect(classifyReply(reply(200, body), [])).toMatchObject({
			cause: 'code-unknown',
			kind: 'server-fault',
			code: 4711,
			retryable: false,
		});
	});
});

describe('where the words and the code are', () => {
	test.each<[string, number, unknown, number | null, string | null, FailureCause]>([
		['error as text', 500, { error: 'busy (1000)' }, 1000, 'busy (1000)', 'internal-fault'],
		[
			'code beside the message',
			400,
			{ error: { message: 'no balance', code: '1008' } },
			1008,
			'no balance',
			'balance-exhausted',
		],
		[
			'type without code',
			429,
			{ error: { type: 'insufficient_balance_error', message: 'no money' } },
			null,
			'no money',
			'balance-exhausted',
		],
		[
			'plan limit without code',
			429,
			{ error: { message: 'usage limit exceeded, daily usage limit reached' } },
			null,
			'usage limit exceeded, daily usage limit reached',
			'usage-limit-reached',
		],
		[
			'vLLM, flat',
			400,
			{
				object: 'error',
				message: "This model's maximum context length is 8192 tokens.",
				type: 'BadRequestError',
				code: 400,
			},
			null,
			"This model's maximum context length is 8192 tokens.",
			'context-exceeded',
		],
		[
			'vLLM, nested',
			404,
			{
				error: {
					message: 'The model `MiniMax-M2.7` does not exist.',
					type: 'NotFoundError',
					code: 404,
				},
			},
			null,
			'The model `MiniMax-M2.7` does not exist.',
			'model-unknown',
		],
		[
			'FastAPI',
			422,
			{ detail: [{ loc: ['body', 'messages'], msg: 'field required' }] },
			null,
			'[{"loc":["body","messages"],"msg":"field required"}]',
			'request-refused',
		],
		['FastAPI, text', 404, { detail: 'Not Found' }, null, 'Not Found', 'address-unknown'],
		[
			'an error without words',
			500,
			{ error: { reason: 7 } },
			null,
			'{"reason":7}',
			'internal-fault',
		],
		['nothing of use', 500, {}, null, null, 'internal-fault'],
		[
			'a list',
			429,
			[{ error: { message: 'slow down (1002)' } }],
			1002,
			'slow down (1002)',
			'account-rate-exceeded',
		],
		[
			'a frame of a stream',
			200,
			'data: {"type":"error","error":{"message":"output new_sensitive (1027)"}}\n\ndata: [DONE]\n\n',
			1027,
			'output new_sensitive (1027)',
			'answer-rejected',
		],
		[
			'plain text',
			503,
			'upstream connect failure',
			null,
			'upstream connect failure',
			'unavailable',
		],
		['text with line ends', 400, ' a\r\n\tb ', null, 'a b', 'request-refused'],
		[
			'HTML',
			502,
			'<html><head><title>502 Bad\nGateway</title></head><body>x</body></html>',
			null,
			'502 Bad Gateway',
			'internal-fault',
		],
		[
			'HTML with HTTP 200',
			200,
			'\ufeff<!DOCTYPE html><html><body>Sign in</body></html>',
			null,
			null,
			'reply-is-web-page',
		],
		['JSON that is no completion', 200, 'null', null, 'null', 'reply-is-no-completion'],
		['broken JSON', 200, '{"error":', null, '{"error":', 'reply-is-no-completion'],
		[
			'an unknown code goes by its status',
			429,
			{ error: { message: 'new limit (2999)' } },
			2999,
			'new limit (2999)',
			'too-many-requests',
		],
		[
			'a number in the text is no code',
			500,
			{ error: { message: 'worker (1000) died' } },
			null,
			'worker (1000) died',
			'internal-fault',
		],
	])('%s', (_, status, body, code, apiMessage, cause) => {
		expect(classifyReply(reply(status, body), [])).toMatchObject({ code, apiMessage, cause });
	});

	test('a huge body is read in part and shortened', () => {
		const { apiMessage } = classifyReply(reply(500, 'many words '.repeat(1_000_000)), []);
		expect(apiMessage).toBe(`${'many words '.repeat(28).slice(0, 299)}…`);
	});
});

describe('the request id', () => {
	test.each<[string, unknown, Record<string, unknown>, string | null]>([
		['request_id of the body', { request_id: 'a1', id: 'b2' }, { 'trace-id': 'c3' }, 'a1'],
		['id of the body', { id: 'b2' }, { 'trace-id': 'c3' }, 'b2'],
		['Trace-Id', '', { 'Minimax-Request-Id': 'd4', 'Trace-Id': 'c3' }, 'c3'],
		['Minimax-Request-Id', '', { 'x-mm-request-id': 'e5', 'MINIMAX-REQUEST-ID': ['d4'] }, 'd4'],
		['X-Mm-Request-Id', '', { 'X-Mm-Request-Id': 'e5' }, 'e5'],
		['X-Request-Id of a gateway', '', { 'x-request-id': 'f6' }, 'f6'],
		['none', '', { date: 'x' }, null],
		['a number in the body is none', { id: 7 }, {}, null],
		['not something else in its place', { request_id: '<script>' }, {}, null],
		['not the key', { request_id: 'my-secret-key' }, {}, null],
		['without the key in it', '', { 'trace-id': 'a1-my-secret-key-b2' }, 'a1-[hidden]-b2'],
		['without pieces of the key', '', { 'trace-id': 'my-secret-k' }, null],
		['without the key in other letters', '', { 'trace-id': 'MY-SECRET-KEY' }, null],
		[
			'without the key in base64',
			'',
			{ 'trace-id': btoa('Bearer my-secret-key').replace(/=/g, '') },
			'QmVhcmVyIG[hidden]k',
		],
	])('%s', (_, body, headers, expected) => {
		const verdict = classifyReply(reply(500, body, headers), ['my-secret-key']);
		expect(verdict.requestId).toBe(expected);
	});
});

test('Retry-After is passed on', () => {
	expect(classifyReply(reply(429, '', { 'Retry-After': '12' }), []).retryAfterMs).toBe(12_000);
});

test.each(['sk-cp-1234567890abcdef', 'pässwort mit Blank', 'a"b\\c/d+e=f'])(
	'the key %s is in no part of the failure',
	(key) => {
		const forms = [
			key,
			encodeURIComponent(key),
			Buffer.from(key).toString('base64'),
			`${key.slice(0, 4)}****${key.slice(-4)}`,
		];
		for (const form of forms) {
			for (const body of [
				form,
				{ error: { message: `bad ${form} (1004)` } },
				`<title>${form}</title>`,
				{ detail: [form] },
				{ request_id: form },
			]) {
				const verdict = classifyReply(reply(401, body, { 'trace-id': form }), [key]);
				const text = JSON.stringify(verdict);
				expect(
					forms.filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1))),
				).toEqual([]);
			}
		}
	},
);

test('every cause comes with what follows from it', () => {
	const lasting = Object.entries(CAUSES).filter(([, { hopeless }]) => hopeless);
	expect(lasting.map(([cause]) => cause)).toEqual([
		'key-refused',
		'key-unknown',
		'balance-exhausted',
		'payment-required',
		'quota-exhausted',
		'usage-limit-reached',
	]);
	expect(lasting.filter(([, { retryable }]) => retryable)).toEqual([]);
});
