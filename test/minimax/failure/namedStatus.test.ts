import type { FailureCause } from '../../../nodes/minimax/failure/causes';
import { classifyReply } from '../../../nodes/minimax/failure/classifyReply';

/** What becomes of a failure that comes with HTTP 200, of which only its body tells. */
function classify(body: object) {
	const reply = { status: 200, headers: {}, bodyText: JSON.stringify(body) };
	const { cause, httpStatus } = classifyReply(reply, [], true);
	return { cause, httpStatus };
}

describe('a server that names the HTTP status', () => {
	it.each<[string, object, FailureCause, number]>([
		[
			'MiniMax',
			{ type: 'error', error: { type: 'some_error', message: 'Slow down', http_code: '429' } },
			'too-many-requests',
			429,
		],
		[
			'vLLM',
			{ object: 'error', message: 'Oh no', type: 'BadRequestError', param: null, code: 400 },
			'request-refused',
			400,
		],
		['LiteLLM', { error: { message: 'Oh no', type: 'None', code: '503' } }, 'unavailable', 503],
		[
			'OpenRouter, for its provider',
			{ error: { message: 'Provider returned error', metadata: { raw: { code: 529 } } } },
			'overloaded',
			529,
		],
		[
			'Spring',
			{ timestamp: 1, status: 504, error: 'Gateway Timeout', path: '/v1' },
			'gateway-timeout',
			504,
		],
		['Azure', { statusCode: 401, message: 'Access denied' }, 'key-refused', 401],
		['a gateway in Python', { detail: 'Oh no', status_code: 413 }, 'request-too-large', 413],
		['a gateway in Java', { msg: 'Oh no', httpStatus: '403 FORBIDDEN' }, 'access-denied', 403],
		['another', { error_message: 'Oh no', http_status: ' 502 Bad Gateway' }, 'internal-fault', 502],
		['one of many words', { message: 'Oh no', http_status_code: 404 }, 'address-unknown', 404],
		['an older one', { error_code: 402, error_message: 'Oh no' }, 'payment-required', 402],
	])('%s', (_server, body, cause, httpStatus) => {
		expect(classify(body)).toEqual({ cause, httpStatus });
	});

	it.each<[string, object]>([
		['is a success', { message: 'Oh no', status: 200 }],
		['is below the failures', { message: 'Oh no', status: 399 }],
		['is above them', { message: 'Oh no', status: 600 }],
		['is not whole', { message: 'Oh no', status: 429.5 }],
		['has a digit too many', { message: 'Oh no', status: '4290' }],
		['stands behind other words', { message: 'Oh no', status: 'code 429' }],
		['is empty', { message: 'Oh no', status: '' }],
		['is null', { message: 'Oh no', status: null }],
		['is a flag', { message: 'Oh no', status: true }],
	])('names none where it %s', (_what, body) => {
		expect(classify(body)).toEqual({ cause: 'internal-fault', httpStatus: 200 });
	});

	it.each([
		[400, 'request-refused'],
		[599, 'internal-fault'],
	])('may name any failure, such as %i', (status, cause) => {
		expect(classify({ message: 'Oh no', status })).toEqual({ cause, httpStatus: status });
	});

	it('is believed about the request before it is about itself', () => {
		const both = { message: 'Oh no', code: 500, http_code: '401' };
		expect(classify(both)).toEqual({ cause: 'key-refused', httpStatus: 401 });
		const one = { message: 'Oh no', code: 401, http_code: 'bad' };
		expect(classify(one)).toEqual({ cause: 'key-refused', httpStatus: 401 });
	});
});

describe('a server that only names the failure', () => {
	it.each<[string, object, FailureCause]>([
		['OpenAI', { error: { type: 'rate_limit_error', message: 'Oh no' } }, 'too-many-requests'],
		['vLLM', { object: 'error', type: 'RateLimitError', message: 'Oh no' }, 'too-many-requests'],
		['Azure', { error: { code: 'TooManyRequests', message: 'Oh no' } }, 'too-many-requests'],
		['AWS', { __type: 'ThrottlingException', message: 'Oh no' }, 'too-many-requests'],
		['Google', { error: { status: 'RESOURCE_EXHAUSTED', message: 'Oh no' } }, 'too-many-requests'],
		['a plan', { error: { type: 'quota_exceeded', message: 'Oh no' } }, 'too-many-requests'],
		['Anthropic', { type: 'error', error: { type: 'overloaded_error' } }, 'overloaded'],
		['TGI', { error: 'Oh no', error_type: 'overloaded' }, 'overloaded'],
		[
			'SGLang',
			{ object: 'error', type: 'ServiceUnavailableError', message: 'Oh no' },
			'unavailable',
		],
		['a router', { error: { code: 'no_available_workers', message: 'Oh no' } }, 'unavailable'],
		['a queue', { error: { type: 'queue is full', message: 'Oh no' } }, 'unavailable'],
		['another queue', { error: { type: 'QueueFull', message: 'Oh no' } }, 'unavailable'],
		['a scheduler', { error: { type: 'at-capacity', message: 'Oh no' } }, 'unavailable'],
		['llama.cpp', { error: { type: 'loading_model', message: 'Oh no' } }, 'unavailable'],
		['LiteLLM', { error: { type: 'Timeout', message: 'Oh no' } }, 'gateway-timeout'],
		['asyncio', { error: { type: 'TimedOut', message: 'Oh no' } }, 'gateway-timeout'],
		['gRPC', { error: { status: 'DEADLINE_EXCEEDED', message: 'Oh no' } }, 'gateway-timeout'],
		['OpenAI', { error: { type: 'authentication_error', message: 'Oh no' } }, 'key-refused'],
		['FastAPI', { error: 'Unauthorized' }, 'key-refused'],
		['a British one', { error: { type: 'unauthorised', message: 'Oh no' } }, 'key-refused'],
		['OpenAI', { error: { code: 'invalid_api_key', message: 'Oh no' } }, 'key-refused'],
		['a gateway', { error: { code: 'incorrect_api_key', message: 'Oh no' } }, 'key-refused'],
		['Google', { error: { status: 'PERMISSION_DENIED', message: 'Oh no' } }, 'access-denied'],
		['a firewall', { error: { type: 'Forbidden', message: 'Oh no' } }, 'access-denied'],
		['AWS', { __type: 'AccessDenied', message: 'Oh no' }, 'access-denied'],
		['vLLM', { object: 'error', type: 'NotFoundError', message: 'Oh no' }, 'address-unknown'],
		['Ollama', { error: { type: 'route does not exist', message: 'Oh no' } }, 'address-unknown'],
		['axum', { error: { type: 'payload', message: 'Oh no' } }, 'request-too-large'],
		['nginx', { error: { type: 'too_large', message: 'Oh no' } }, 'request-too-large'],
		['vLLM', { object: 'error', type: 'BadRequestError', message: 'Oh no' }, 'request-refused'],
		['pydantic', { error: { type: 'validation', message: 'Oh no' } }, 'request-refused'],
		['TGI', { error: 'Oh no', error_type: 'unprocessable_entity' }, 'request-refused'],
		['a gateway', { error: { type: 'unsupported', message: 'Oh no' } }, 'request-refused'],
		['OpenAI', { error: { type: 'invalid_request_error', message: 'Oh no' } }, 'request-refused'],
		['MiniMax', { error: { type: 'server_error', message: 'Oh no' } }, 'internal-fault'],
		['Python', { error: { type: 'Exception', message: 'Oh no' } }, 'internal-fault'],
		['gRPC', { error: { status: 'INTERNAL', message: 'Oh no' } }, 'internal-fault'],
		['TGI', { error: 'Oh no', error_type: 'generation' }, 'internal-fault'],
		['a job', { error: { status: 'failed', message: 'Oh no' } }, 'internal-fault'],
		['a socket', { error: { code: 'disconnected', message: 'Oh no' } }, 'internal-fault'],
		['an engine', { error: { code: 'crashed', message: 'Oh no' } }, 'internal-fault'],
		['nobody known', { error: { code: 'something', message: 'Oh no' } }, 'internal-fault'],
	])('%s: %j is %s', (_server, body, cause) => {
		expect(classify(body)).toEqual({ cause, httpStatus: 200 });
	});

	it('says more by any other name than by that of an internal fault', () => {
		const named = (type: string, code: string) => classify({ error: { type, code } }).cause;
		expect(named('server_error', 'rate_limit_error')).toBe('too-many-requests');
		expect(named('rate_limit_error', 'server_error')).toBe('too-many-requests');
		expect(named('something', 'rate_limit_error')).toBe('too-many-requests');
		// The outermost of two that both say something.
		expect(named('overloaded_error', 'rate_limit_error')).toBe('overloaded');
	});

	it('is not read to the end of a name that has none', () => {
		const named = (dots: number) =>
			classify({ error: { type: `x${'.'.repeat(dots)}rate_limit`, message: 'Oh no' } }).cause;
		expect(named(289)).toBe('too-many-requests');
		expect(named(290)).toBe('internal-fault');
	});
});

describe('a server that only says it in words', () => {
	const say = (message: string, type?: string) => classify({ error: { message, type } }).cause;

	it.each<[string, FailureCause]>([
		['Error code: 429 - {', 'too-many-requests'],
		['HTTP 504: busy', 'gateway-timeout'],
		['status_code 401', 'key-refused'],
		['502 Bad Gateway', 'internal-fault'],
		['The rate limit is reached', 'too-many-requests'],
		['Server overloaded', 'overloaded'],
		['The model is temporarily unavailable', 'unavailable'],
		['Upstream timed out', 'gateway-timeout'],
	])('%s', (words, cause) => {
		expect(say(words)).toBe(cause);
	});

	// In a sentence these words may be about anything, and numbers too.
	it.each([
		'The key was forbidden in the map',
		'It took 429 tries',
		'4290 tokens',
		'429th try',
		'302 Found',
		'status_code=',
		'Oh no',
	])('does not say it by “%s”', (words) => {
		expect(say(words)).toBe('internal-fault');
	});

	it('may say more than its name, or less', () => {
		expect(say('HTTP 504: busy', 'api_error')).toBe('gateway-timeout');
		expect(say('HTTP 504: busy', 'something')).toBe('gateway-timeout');
		expect(say('HTTP 504: busy', 'rate_limit_error')).toBe('too-many-requests');
		expect(say('HTTP 500: busy', 'rate_limit_error')).toBe('too-many-requests');
	});
});
