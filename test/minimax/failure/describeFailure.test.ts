import type { Failure } from '../../../nodes/minimax/failure/failure';
import {
	describeFailure,
	type FailureContext,
} from '../../../nodes/minimax/failure/describeFailure';

const HERE: FailureContext = { region: 'international', model: 'MiniMax-M2.7' };
const REQUEST_ID = '06aa11bb22cc33dd';

const SLOW_DOWN = "Run the node again in a minute, or lower 'Max Concurrency' in the options.";
const TOP_UP =
	'Top up the account in the MiniMax console. If you have a subscription, use its subscription key: a pay-as-you-go key does not draw on the plan.';
const CHECK_KEY =
	"Check 'API Key' in the credential 'MiniMax Platform API'. A key works only in its own region: this credential uses International (platform.minimax.io), so for a key from platform.minimaxi.com choose Mainland China. A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with.";

const VERDICTS = {
	passing: { retryable: true, hopeless: false },
	final: { retryable: false, hopeless: false },
	hopeless: { retryable: false, hopeless: true },
};

type CodeRow = [
	code: number,
	status: number,
	type: string,
	apiMessage: string,
	kind: Failure['kind'],
	message: string,
	advice: string,
	verdict: keyof typeof VERDICTS,
];

// One row a line, so that the table can be read as one.
// prettier-ignore
const CODES: CodeRow[] = [
	[1000, 500, 'server_error', 'unknown error, 999 (1000)', 'server-fault', 'MiniMax reported an internal fault', 'Run the node again in a moment.', 'passing'],
	[1001, 500, 'server_error', 'request timeout (1001)', 'timed-out', 'MiniMax took too long and gave up on the request', 'Run the node again, with a shorter prompt if it happens often.', 'passing'],
	[1002, 429, 'rate_limit_error', 'rate limit exceeded(RPM) (1002)', 'rate-limited', 'MiniMax received more requests or tokens a minute than this account may send', SLOW_DOWN, 'passing'],
	[1004, 401, 'authorized_error', 'login fail: the Authorization header is not right (1004)', 'credential-invalid', 'MiniMax did not accept the API key', CHECK_KEY, 'hopeless'],
	[1008, 402, 'insufficient_balance_error', 'insufficient balance (1008)', 'balance-exhausted', 'The balance of the MiniMax account is used up', TOP_UP, 'hopeless'],
	[1008, 429, 'rate_limit_error', 'insufficient balance (1008)', 'balance-exhausted', 'The balance of the MiniMax account is used up', TOP_UP, 'hopeless'],
	[1008, 500, 'api_error', 'insufficient balance (1008)', 'balance-exhausted', 'The balance of the MiniMax account is used up', TOP_UP, 'hopeless'],
	[1013, 500, 'server_error', 'internal server error (1013)', 'server-fault', 'MiniMax reported an internal fault', 'Run the node again in a moment.', 'passing'],
	[1024, 500, 'server_error', 'internal error (1024)', 'server-fault', 'MiniMax reported an internal fault', 'Run the node again in a moment.', 'passing'],
	[1026, 422, 'unprocessable_entity_error', 'input new_sensitive (1026)', 'content-rejected', "MiniMax's content check rejected the messages", 'Change what the messages say about sensitive topics, then run the node again.', 'final'],
	[1027, 422, 'unprocessable_entity_error', 'output new_sensitive (1027)', 'content-rejected', "MiniMax's content check rejected the model's answer", 'Ask in other words so that the answer stays clear of sensitive topics, then run the node again.', 'final'],
	[1028, 429, 'rate_limit_error', 'quota exhausted (1028)', 'quota-exhausted', 'The quota of the MiniMax plan is used up', 'Wait until the quota is renewed, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.', 'hopeless'],
	[1030, 429, 'rate_limit_error', 'quota exhausted (1030)', 'quota-exhausted', 'The quota of the MiniMax plan is used up', 'Wait until the quota is renewed, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.', 'hopeless'],
	[1033, 500, 'server_error', 'mysql failed (1033)', 'server-fault', 'A system behind the MiniMax API did not answer', 'Run the node again in a moment.', 'passing'],
	[1039, 429, 'rate_limit_error', 'token limit (1039)', 'rate-limited', 'The request passes the limit on tokens of this account', "Shorten the messages or lower 'Max Tokens'; if many requests run at once, lower 'Max Concurrency' in the options.", 'passing'],
	[1039, 400, 'bad_request_error', 'token limit (1039)', 'request-invalid', 'The request passes the limit on tokens of this account', "Shorten the messages or lower 'Max Tokens'; if many requests run at once, lower 'Max Concurrency' in the options.", 'final'],
	[1041, 429, 'rate_limit_error', 'conn limit (1041)', 'rate-limited', 'MiniMax has too many open connections from this account', SLOW_DOWN, 'passing'],
	[1042, 400, 'bad_request_error', 'invisible character ratio limit (1042)', 'request-invalid', 'The messages hold too many invisible characters', 'Remove control characters, zero-width characters and long runs of blanks from the messages.', 'final'],
	[2045, 429, 'rate_limit_error', 'rate growth limit (2045)', 'rate-limited', 'The number of requests grew faster than MiniMax allows', SLOW_DOWN, 'passing'],
	[2049, 401, 'authorized_error', 'invalid api key (2049)', 'credential-invalid', 'MiniMax does not know this API key', CHECK_KEY, 'hopeless'],
	[2056, 429, 'rate_limit_error', 'usage limit exceeded, 5-hour usage limit reached for Token Plan Max (900/900 used), resets at 2026-11-03T15:00:00+08:00 (2056)', 'quota-exhausted', 'The 5-hour usage limit of the MiniMax plan is used up until 2026-11-03T15:00:00+08:00', 'Run the workflow again after that time, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.', 'hopeless'],
	[2056, 429, 'rate_limit_error', 'usage limit exceeded, weekly usage limit reached for Token Plan Max (7/7 used) (2056)', 'quota-exhausted', 'The weekly usage limit of the MiniMax plan is used up', 'The limit is renewed every 5 hours and every week. Wait for that, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.', 'hopeless'],
	[2056, 429, 'rate_limit_error', 'usage limit exceeded, 5-hour usage limit reached for Token Plan Starter (0/0 used), resets at 2026-11-03T15:00:00Z (2056)', 'plan-lacks-model', 'The MiniMax plan of this key does not include MiniMax-M2.7', "Choose another model in 'Model', get a plan that includes this one, or use a pay-as-you-go key.", 'final'],
	[2061, 403, 'forbidden_error', 'model not in plan (2061)', 'plan-lacks-model', 'The MiniMax plan of this key does not include MiniMax-M2.7', "Choose another model in 'Model', get a plan that includes this one, or use a pay-as-you-go key.", 'final'],
	[2062, 429, 'rate_limit_error', '请求过于频繁 (2062)', 'rate-limited', "The MiniMax plan's rate limit is reached for the moment", SLOW_DOWN, 'passing'],
	[2064, 529, 'overloaded_error', 'cluster is busy (2064)', 'overloaded', 'MiniMax is overloaded at the moment', 'Run the node again in a few minutes.', 'passing'],
	[2064, 200, 'overloaded_error', 'cluster is busy (2064)', 'overloaded', 'MiniMax is overloaded at the moment', 'Run the node again in a few minutes.', 'passing'],
	[20132, 400, 'bad_request_error', 'invalid samples (20132)', 'request-invalid', 'MiniMax answered with a code of its voice cloning service', 'Check whether a proxy or firewall stands between n8n and MiniMax.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, context window exceeds limit (2013)', 'request-invalid', 'The messages do not fit into the context window of MiniMax-M2.7', "Shorten the messages, lower 'Max Tokens', or choose a model with a larger context in 'Model'.", 'final'],
	[2013, 400, 'bad_request_error', "invalid params, unknown model 'minimax-m9' (2013)", 'request-invalid', "MiniMax does not know the model 'MiniMax-M2.7'", "Choose a model from the list in 'Model', or check the spelling of the ID, for example MiniMax-M2.7.", 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, does not support max tokens > 204800 (2013)', 'request-invalid', "'Max Tokens' is more than MiniMax-M2.7 can write", "Lower 'Max Tokens' to at most 204,800.", 'final'],
	[2013, 400, 'bad_request_error', "invalid params, tool result's tool id(call_1) not found (2013)", 'request-invalid', 'A tool result does not belong to any tool call before it', 'Every message with the role tool needs the tool_call_id of a call in the assistant message before it; send both together or leave both out.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, function name or parameters is empty (2013)', 'request-invalid', "MiniMax cannot use what 'Tools' describes", 'Every tool needs the type function and a function with name and parameters; give {"type":"object","properties":{}} for a function without parameters.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, invalid tool type (2013)', 'request-invalid', "MiniMax cannot use what 'Tools' describes", 'Every tool needs the type function and a function with name and parameters; give {"type":"object","properties":{}} for a function without parameters.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, chat content has invalid message role: system (2013)', 'request-invalid', 'MiniMax does not take the role of one of the messages', 'Use the roles system, user, assistant and tool, with one system message, in the first place.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, invalid chat setting (2013)', 'request-invalid', 'MiniMax does not take the order or the number of the messages', 'Send one system message at most, in the first place, followed by user and assistant messages.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, invalid thinking.type: "enabled" (allowed: adaptive, disabled) (2013)', 'request-invalid', "MiniMax-M2.7 does not take this setting of 'Thinking'", "Set 'Thinking' in the options to Default.", 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, chat content is empty (2013)', 'request-invalid', 'MiniMax found no text in the messages', 'Check that the expressions in the messages give a text for this item.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, temperature out of range (2013)', 'request-invalid', "MiniMax-M2.7 does not take this 'Temperature'", "Change 'Temperature', or its value in 'Additional Body Fields': MiniMax-M2.7 takes more than 0 and up to 1.", 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, top_p out of range (2013)', 'request-invalid', "MiniMax-M2.7 does not take this 'Top P'", "Change 'Top P', or its value in 'Additional Body Fields': MiniMax-M2.7 takes more than 0 and up to 1.", 'final'],
	[2013, 400, 'bad_request_error', 'invalid params, image is too large (2013)', 'request-invalid', 'MiniMax cannot use one of the images or videos', 'Images may have up to 10 MB (JPEG, PNG, GIF, WEBP) and videos up to 50 MB (MP4, AVI, MOV, MKV); a URL must be reachable from the internet, and the model must see images.', 'final'],
	[2013, 400, 'bad_request_error', 'invalid params (2013)', 'request-invalid', 'MiniMax does not take one of the values of the request', "Compare the fields and options of the node with MiniMax's own words.", 'final'],
];

type StatusRow = [
	region: FailureContext['region'],
	status: number,
	kind: Failure['kind'],
	message: string,
	advice: string,
	verdict: keyof typeof VERDICTS,
];

// One row a line, so that the table can be read as one.
// prettier-ignore
const STATUSES: StatusRow[] = [
	['international', 200, 'reply-broken', 'MiniMax sent an empty reply', 'Run the node again in a moment.', 'final'],
	['international', 302, 'request-invalid', 'MiniMax redirects to another address', 'Check whether a proxy or firewall stands between n8n and MiniMax.', 'final'],
	['international', 400, 'request-invalid', 'MiniMax does not take the request (HTTP 400)', 'Compare the fields and options of the node with what the server says.', 'final'],
	['international', 401, 'credential-invalid', 'MiniMax did not accept the API key', CHECK_KEY, 'hopeless'],
	['international', 402, 'balance-exhausted', 'MiniMax asks for a payment first', TOP_UP, 'hopeless'],
	['international', 403, 'credential-invalid', 'MiniMax denied access', "The key may lack the right to use MiniMax-M2.7, or a firewall or the provider's rules stop the request. " + CHECK_KEY, 'final'],
	['international', 404, 'request-invalid', 'MiniMax has no chat completions at this address', 'Check whether a proxy or firewall stands between n8n and MiniMax.', 'final'],
	['international', 408, 'timed-out', 'MiniMax waited too long for the request', 'Run the node again in a moment.', 'passing'],
	['international', 413, 'request-invalid', 'MiniMax does not take a request of this size', 'Send shorter messages, fewer or smaller images and videos; MiniMax takes 64 MB in all.', 'final'],
	['international', 418, 'request-invalid', 'MiniMax does not take the request (HTTP 418)', 'Compare the fields and options of the node with what the server says.', 'final'],
	['international', 422, 'request-invalid', 'MiniMax does not take the request (HTTP 422)', 'Compare the fields and options of the node with what the server says.', 'final'],
	['international', 429, 'rate-limited', 'MiniMax received more requests than it takes at the moment', SLOW_DOWN, 'passing'],
	['international', 500, 'server-fault', 'MiniMax reported an internal fault (HTTP 500)', 'Run the node again in a moment.', 'passing'],
	['international', 502, 'server-fault', 'MiniMax reported an internal fault (HTTP 502)', 'Run the node again in a moment.', 'passing'],
	['international', 503, 'overloaded', 'MiniMax is overloaded at the moment', 'Run the node again in a few minutes.', 'passing'],
	['international', 504, 'timed-out', 'MiniMax did not answer in time', 'Run the node again in a moment.', 'passing'],
	['international', 520, 'server-fault', 'MiniMax reported an internal fault (HTTP 520)', 'Run the node again in a moment.', 'passing'],
	['international', 529, 'overloaded', 'MiniMax is overloaded at the moment', 'Run the node again in a few minutes.', 'passing'],
	['custom', 200, 'reply-broken', "The server behind 'Base URL' sent an empty reply", 'Run the node again in a moment.', 'final'],
	['custom', 302, 'request-invalid', "The server behind 'Base URL' redirects to another address", "Check 'Base URL' in the credential 'MiniMax Platform API': it must end in /v1 and lead to a server with a chat completions API.", 'final'],
	['custom', 400, 'request-invalid', "The server behind 'Base URL' does not take the request (HTTP 400)", 'Compare the fields and options of the node with what the server says.', 'final'],
	['custom', 401, 'credential-invalid', "The server behind 'Base URL' did not accept the API key", "Check 'API Key' in the credential 'MiniMax Platform API' and whether it belongs to the server behind 'Base URL'. A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with.", 'hopeless'],
	['custom', 402, 'balance-exhausted', "The server behind 'Base URL' asks for a payment first", TOP_UP, 'hopeless'],
	['custom', 403, 'credential-invalid', "The server behind 'Base URL' denied access", "The key may lack the right to use MiniMax-M2.7, or a firewall or the provider's rules stop the request. Check 'API Key' in the credential 'MiniMax Platform API' and whether it belongs to the server behind 'Base URL'. A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with.", 'final'],
	['custom', 404, 'request-invalid', "The server behind 'Base URL' has no chat completions at this address", "Check 'Base URL' in the credential 'MiniMax Platform API': it must end in /v1 and lead to a server with a chat completions API.", 'final'],
	['custom', 408, 'timed-out', "The server behind 'Base URL' waited too long for the request", 'Run the node again in a moment.', 'passing'],
	['custom', 413, 'request-invalid', "The server behind 'Base URL' does not take a request of this size", 'Send shorter messages, fewer or smaller images and videos; MiniMax takes 64 MB in all.', 'final'],
	['custom', 418, 'request-invalid', "The server behind 'Base URL' does not take the request (HTTP 418)", 'Compare the fields and options of the node with what the server says.', 'final'],
	['custom', 422, 'request-invalid', "The server behind 'Base URL' does not take the request (HTTP 422)", 'Compare the fields and options of the node with what the server says.', 'final'],
	['custom', 429, 'rate-limited', "The server behind 'Base URL' received more requests than it takes at the moment", SLOW_DOWN, 'passing'],
	['custom', 500, 'server-fault', "The server behind 'Base URL' reported an internal fault (HTTP 500)", 'Run the node again in a moment.', 'passing'],
	['custom', 502, 'server-fault', "The server behind 'Base URL' reported an internal fault (HTTP 502)", 'Run the node again in a moment.', 'passing'],
	['custom', 503, 'overloaded', "The server behind 'Base URL' is overloaded at the moment", 'Run the node again in a few minutes.', 'passing'],
	['custom', 504, 'timed-out', "The server behind 'Base URL' did not answer in time", 'Run the node again in a moment.', 'passing'],
	['custom', 520, 'server-fault', "The server behind 'Base URL' reported an internal fault (HTTP 520)", 'Run the node again in a moment.', 'passing'],
	['custom', 529, 'overloaded', "The server behind 'Base URL' is overloaded at the moment", 'Run the node again in a few minutes.', 'passing'],
];

const reply = (status: number, body: unknown, headers: Record<string, unknown> = {}) => ({
	status,
	headers,
	bodyText: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('every code of MiniMax', () => {
	test.each(CODES)(
		'%i with HTTP %i %s: %s',
		(code, status, type, apiMessage, kind, message, advice, verdict) => {
			const expected: Failure = {
				kind,
				message,
				description: `${advice} The answer was: “${apiMessage}”`,
				...VERDICTS[verdict],
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
			expect(describeFailure(reply(status, envelope), HERE)).toEqual(expected);

			const bare = apiMessage.replace(` (${code})`, '');
			const base = { id: REQUEST_ID, base_resp: { status_code: code, status_msg: bare } };
			const native = describeFailure(reply(status, base), HERE);
			expect(native).toEqual({
				...expected,
				apiMessage: bare,
				description: `${advice} The answer was: “${bare}” (${code})`,
			});
		},
	);
});

describe('every status without a code', () => {
	test.each(STATUSES)('%s HTTP %i', (region, status, kind, message, advice, verdict) => {
		expect(describeFailure(reply(status, ''), { region, model: 'MiniMax-M2.7' })).toEqual({
			kind,
			message,
			description: advice,
			...VERDICTS[verdict],
			httpStatus: status,
			code: null,
			apiMessage: null,
			requestId: null,
			retryAfterMs: null,
			partial: null,
		});
	});
});

describe('HTTP 200 with base_resp', () => {
	test('a code is a failure whatever the status', () => {
		const body = { choices: null, base_resp: { status_code: 1002, status_msg: 'rate limit' } };
		expect(describeFailure(reply(200, body), HERE)).toEqual({
			kind: 'rate-limited',
			message: 'MiniMax received more requests or tokens a minute than this account may send',
			description: `${SLOW_DOWN} The answer was: “rate limit” (1002)`,
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

	test('a code that is not known is named', () => {
		const { message, description, kind, retryable } = describeFailure(
			reply(200, { base_resp: { status_code: 4711, status_msg: 'odd' } }),
			HERE,
		);
		expect({ message, description, kind, retryable }).toEqual({
			message: 'MiniMax answered with the code 4711, which is not known here',
			description:
				"Look the code up in MiniMax's documentation, or run the node again. The answer was: “odd” (4711)",
			kind: 'server-fault',
			retryable: false,
		});
	});
});

describe('where the words and the code are', () => {
	test.each<[string, number, unknown, number | null, string | null, string]>([
		[
			'error as text',
			500,
			{ error: 'busy (1000)' },
			1000,
			'busy (1000)',
			'MiniMax reported an internal fault',
		],
		[
			'code beside the message',
			400,
			{ error: { message: 'no balance', code: '1008' } },
			1008,
			'no balance',
			'The balance of the MiniMax account is used up',
		],
		[
			'type without code',
			429,
			{ error: { type: 'insufficient_balance_error', message: 'no money' } },
			null,
			'no money',
			'The balance of the MiniMax account is used up',
		],
		[
			'plan limit without code',
			429,
			{ error: { message: 'usage limit exceeded, daily usage limit reached' } },
			null,
			'usage limit exceeded, daily usage limit reached',
			'The daily usage limit of the MiniMax plan is used up',
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
			'The messages do not fit into the context window of MiniMax-M2.7',
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
			"MiniMax does not know the model 'MiniMax-M2.7'",
		],
		[
			'FastAPI',
			422,
			{ detail: [{ loc: ['body', 'messages'], msg: 'field required' }] },
			null,
			'[{"loc":["body","messages"],"msg":"field required"}]',
			'MiniMax does not take the request (HTTP 422)',
		],
		[
			'FastAPI, text',
			404,
			{ detail: 'Not Found' },
			null,
			'Not Found',
			'MiniMax has no chat completions at this address',
		],
		[
			'an error without words',
			500,
			{ error: { reason: 7 } },
			null,
			'{"reason":7}',
			'MiniMax reported an internal fault (HTTP 500)',
		],
		['nothing of use', 500, {}, null, null, 'MiniMax reported an internal fault (HTTP 500)'],
		[
			'a list',
			429,
			[{ error: { message: 'slow down (1002)' } }],
			1002,
			'slow down (1002)',
			'MiniMax received more requests or tokens a minute than this account may send',
		],
		[
			'a frame of a stream',
			200,
			'data: {"type":"error","error":{"message":"output new_sensitive (1027)"}}\n\ndata: [DONE]\n\n',
			1027,
			'output new_sensitive (1027)',
			"MiniMax's content check rejected the model's answer",
		],
		[
			'plain text',
			503,
			'upstream connect failure',
			null,
			'upstream connect failure',
			'MiniMax is overloaded at the moment',
		],
		[
			'text with line ends',
			400,
			' a\r\n\tb ',
			null,
			'a b',
			'MiniMax does not take the request (HTTP 400)',
		],
		[
			'HTML',
			502,
			'<html><head><title>502 Bad\nGateway</title></head><body>x</body></html>',
			null,
			'502 Bad Gateway',
			'MiniMax reported an internal fault (HTTP 502)',
		],
		[
			'HTML with HTTP 200',
			200,
			'\ufeff<!DOCTYPE html><html><body>Sign in</body></html>',
			null,
			null,
			'MiniMax sent a web page instead of a completion',
		],
		[
			'JSON that is no completion',
			200,
			'null',
			null,
			'null',
			'MiniMax sent a reply that is no completion',
		],
		[
			'broken JSON',
			200,
			'{"error":',
			null,
			'{"error":',
			'MiniMax sent a reply that is no completion',
		],
		[
			'an unknown code goes by its status',
			429,
			{ error: { message: 'new limit (2999)' } },
			2999,
			'new limit (2999)',
			'MiniMax received more requests than it takes at the moment',
		],
		[
			'a number in the text is no code',
			500,
			{ error: { message: 'worker (1000) died' } },
			null,
			'worker (1000) died',
			'MiniMax reported an internal fault (HTTP 500)',
		],
	])('%s', (_, status, body, code, apiMessage, message) => {
		const failure = describeFailure(reply(status, body), HERE);
		expect([failure.code, failure.apiMessage, failure.message]).toEqual([
			code,
			apiMessage,
			message,
		]);
	});

	test('a huge body is read in part and shortened', () => {
		const { apiMessage } = describeFailure(reply(500, 'many words '.repeat(1_000_000)), HERE);
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
	])('%s', (_, body, headers, expected) => {
		const context = { ...HERE, secrets: ['my-secret-key'] };
		expect(describeFailure(reply(500, body, headers), context).requestId).toBe(expected);
	});
});

test('Retry-After is passed on', () => {
	expect(describeFailure(reply(429, '', { 'Retry-After': '12' }), HERE).retryAfterMs).toBe(12_000);
});

test('nothing is sent again once the reply had begun', () => {
	const failure = describeFailure(reply(500, ''), { ...HERE, replyBegan: true });
	expect(failure.retryable).toBe(false);
});

test('advice on the key names the other region', () => {
	const body = { error: { message: 'invalid api key (2049)' } };
	const advice = (region: FailureContext['region']) =>
		describeFailure(reply(401, body), { ...HERE, region }).description;
	expect(advice('china')).toBe(
		"Check 'API Key' in the credential 'MiniMax Platform API'. A key works only in its own region: this credential uses Mainland China (platform.minimaxi.com), so for a key from platform.minimax.io choose International. A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with. The answer was: “invalid api key (2049)”",
	);
	expect(advice('custom')).toBe(
		"Check 'API Key' in the credential 'MiniMax Platform API' and whether it belongs to the server behind 'Base URL'. A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with. The answer was: “invalid api key (2049)”",
	);
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
				const failure = describeFailure(reply(401, body, { 'trace-id': form }), {
					...HERE,
					secrets: [key],
				});
				const text = JSON.stringify(failure);
				expect(
					forms.filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1))),
				).toEqual([]);
			}
		}
	},
);

test('no words of n8n that it replaces, and none that blame', () => {
	const sentences = [...CODES.map((row) => row[5]), ...STATUSES.map((row) => row[3])];
	const taken =
		/ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENOENT|EACCES|EEXIST|EPERM|EISDIR|ENOTDIR|GETADDRINFO|\b(?:error|problem|failure|mistake)\b/i;
	expect(sentences.filter((sentence) => taken.test(sentence))).toEqual([]);
});
