import type { FailureCause, FailureKind } from '../../../nodes/minimax/failure/causes';
import type { ReadOptions } from '../../../nodes/minimax/reply/readCompletion';
import { completionOf, verdictOf } from '../../support/readReply';

/** How servers other than MiniMax's, and MiniMax's behind gateways, say no, end, and call tools. */

const OPTIONS: ReadOptions = { openerMayBeMissing: false };

const STARTED = chunk({ delta: { role: 'assistant', content: 'Half an ans' } });

function chunk(choice: object, rest: object = {}): string {
	return `data: ${JSON.stringify({ id: 'c-1', model: 'm', choices: [{ index: 0, ...choice }], ...rest })}\n\n`;
}

function stream(text: string) {
	return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: text };
}

function whole(body: object, status = 200, headers: Record<string, string> = {}) {
	return { status, headers, body: JSON.stringify(body) };
}

type Row = [
	server: string,
	report: object,
	cause: FailureCause,
	kind: FailureKind,
	retryable: boolean,
	httpStatus: number,
];

// One row a line, so that the table can be read as one.
// prettier-ignore
const REPORTS: Row[] = [
	['vLLM, full', { error: { message: 'Too many requests are waiting.', type: 'ServiceUnavailableError', param: null, code: 503 } }, 'unavailable', 'server-fault', true, 503],
	['vLLM, flat', { object: 'error', message: 'Engine died', type: 'InternalServerError', param: null, code: 500 }, 'internal-fault', 'server-fault', true, 500],
	['vLLM, no images', { error: { message: 'This model is not multimodal; drop the image parts.', type: 'BadRequestError', code: 400 } }, 'media-unusable', 'request-invalid', false, 400],
	['vLLM, prompt too long', { error: { message: 'max_tokens must be at least 1, got -52.', type: 'BadRequestError', code: 400 } }, 'context-exceeded', 'request-invalid', false, 400],
	['SGLang, aborted', { error: { object: 'error', message: 'The request is aborted.', type: 'HTTPStatus.SERVICE_UNAVAILABLE', code: 503 } }, 'unavailable', 'server-fault', true, 503],
	['OpenRouter, 429', { error: { code: 429, message: 'Provider returned error', metadata: { error_type: 'rate_limit_exceeded' } }, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }] }, 'too-many-requests', 'rate-limited', true, 429],
	['OpenRouter, 502 without choices', { choices: [], error: { code: 502, message: 'Upstream worker is at its limit (9/9)' } }, 'internal-fault', 'server-fault', true, 502],
	['OpenRouter, code as a name', { error: { code: 'server_error', message: 'Provider disconnected' } }, 'internal-fault', 'server-fault', true, 200],
	['OpenRouter, an error of a choice', { choices: [{ index: 0, error: { code: 503, message: 'no provider' }, finish_reason: 'error' }] }, 'unavailable', 'server-fault', true, 503],
	['OpenRouter, out of credits', { error: { code: 402, message: 'Insufficient credits' } }, 'payment-required', 'balance-exhausted', false, 402],
	['LiteLLM', { error: { message: 'litellm.RateLimitError: RateLimitError: slow down', type: 'throttling_error', param: 'None', code: '429' } }, 'too-many-requests', 'rate-limited', true, 429],
	['LM Studio', { error: { message: 'Model crashed.' }, message: 'Model crashed.' }, 'internal-fault', 'server-fault', true, 200],
	['llama.cpp', { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }, 'unavailable', 'server-fault', true, 503],
	['llama.cpp, context', { error: { code: 400, message: 'the request exceeds the available context size', type: 'exceed_context_size_error' } }, 'context-exceeded', 'request-invalid', false, 400],
	['TGI', { error: 'Request failed during generation', error_type: 'generation' }, 'internal-fault', 'server-fault', true, 200],
	['TGI, overloaded', { error: 'Model is overloaded', error_type: 'overloaded' }, 'overloaded', 'overloaded', true, 200],
	['fields of their own', { error_type: 'rate_limit', error_message: 'slow down' }, 'too-many-requests', 'rate-limited', true, 200],
	['Ollama', { error: 'model "m" not found, try pulling it first' }, 'model-unknown', 'request-invalid', false, 200],
	['Azure', { error: { code: '429', message: 'Requests to the deployment have exceeded the rate limit.' } }, 'too-many-requests', 'rate-limited', true, 429],
	['Azure, filtered', { error: { code: 'content_filter', status: 400, message: 'The response was filtered.', innererror: { code: 'ResponsibleAIPolicyViolation' } } }, 'messages-rejected', 'content-rejected', false, 400],
	['Anthropic', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'overloaded', 'overloaded', true, 200],
	['Google', { error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Try again later' } }, 'too-many-requests', 'rate-limited', true, 429],
	['Google, by name', { error: { status: 'UNAUTHENTICATED', message: 'Who are you?' } }, 'key-refused', 'credential-invalid', false, 200],
	['AWS', { error: { __type: 'ThrottlingException', message: 'Rate exceeded' } }, 'too-many-requests', 'rate-limited', true, 200],
	['Cloudflare', { success: false, errors: [{ code: 7000, message: 'No route' }], result: null }, 'code-unknown', 'server-fault', false, 200],
	['Portkey', { status: 'failure', message: 'Gateway timed out', provider: 'minimax' }, 'gateway-timeout', 'timed-out', true, 200],
	['new-api, quota', { error: { message: 'no quota left (request id: 2026112800)', type: 'new_api_error', code: 'insufficient_user_quota' } }, 'payment-required', 'balance-exhausted', false, 200],
	['one-api, MiniMax inside', { error: { message: 'login fail (1004) (request id: 2026112801aB)', type: 'upstream_error', code: 401 } }, 'key-refused', 'credential-invalid', false, 401],
	['OpenAI, quota', { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } }, 'payment-required', 'balance-exhausted', false, 200],
	['Google, in a list', [{ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Try later' } }], 'too-many-requests', 'rate-limited', true, 429],
	['Google, a key', { error: { code: 400, status: 'INVALID_ARGUMENT', message: 'API key not valid. Please pass a valid one.' } }, 'key-refused', 'credential-invalid', false, 400],
	['OpenAI, prompt too long', { error: { message: 'Please shorten it.', type: 'invalid_request_error', code: 'context_length_exceeded' } }, 'context-exceeded', 'request-invalid', false, 200],
	['Azure, no such deployment', { error: { message: 'The deployment is missing.', code: 'DeploymentNotFound' } }, 'address-unknown', 'request-invalid', false, 200],
	['OpenAI, no such model', { error: { message: 'You have no access to it.', code: 'model_not_found' } }, 'model-unknown', 'request-invalid', false, 200],
	['Nest', { statusCode: 502, error: 'Bad Gateway', message: 'upstream' }, 'internal-fault', 'server-fault', true, 502],
	['Spring', { timestamp: '2026-11-28', status: 503, error: 'Service Unavailable', path: '/v1/chat/completions' }, 'unavailable', 'server-fault', true, 503],
	['Zhipu', { code: 1305, msg: 'too many' }, 'code-unknown', 'server-fault', false, 200],
	['status as a name and a number', { error: { status_code: 529, message: 'busy' } }, 'overloaded', 'overloaded', true, 529],
	['status in digits', { error: { http_code: '503', message: 'down' } }, 'unavailable', 'server-fault', true, 503],
	['status with words', { error: { status: '429 Too Many Requests', message: 'x' } }, 'too-many-requests', 'rate-limited', true, 429],
	['status at the start of the words', { error: 'Error code: 429 - slow down' }, 'too-many-requests', 'rate-limited', true, 200],
	['FastAPI', { detail: 'Internal Server Error', status_code: 500 }, 'internal-fault', 'server-fault', true, 500],
	['words alone', { message: 'something broke' }, 'internal-fault', 'server-fault', true, 200],
	['a key', { error: { message: 'bad key', code: 401 } }, 'key-refused', 'credential-invalid', false, 401],
];

describe('a failure inside of a reply counts as the status it names', () => {
	test.each(REPORTS)('%s', async (_server, report, cause, kind, retryable, httpStatus) => {
		const expected = { cause, kind, retryable, httpStatus };
		expect(await verdictOf(whole(report), OPTIONS)).toMatchObject(expected);
		for (const end of ['', 'data: [DONE]\n\n']) {
			const event = `data: ${JSON.stringify(report)}\n\n${end}`;
			expect(await verdictOf(stream(event), OPTIONS)).toMatchObject(expected);
			const begun = await verdictOf(stream(STARTED + event), OPTIONS);
			expect(begun).toMatchObject({ ...expected, retryable: false });
			expect(begun.partial?.content).toBe('Half an ans');
		}
	});

	test.each([
		[
			'an event of that name',
			'event: error\ndata: {"message":"No.","code":"provider_error"}\n\n',
			'No.',
		],
		[
			'an event of that name, text',
			'event: error\ndata: upstream went away\n\n',
			'upstream went away',
		],
		['a field of that name', 'error: {"code":500,"message":"out of memory"}\n\n', 'out of memory'],
	])('%s', async (_name, event, apiMessage) => {
		const expected = { cause: 'internal-fault', apiMessage };
		expect(await verdictOf(stream(event), OPTIONS)).toMatchObject({ ...expected, retryable: true });
		expect(await verdictOf(stream(STARTED + event), OPTIONS)).toMatchObject({
			...expected,
			retryable: false,
		});
	});

	test.each([
		['the usual nothings', { error: null, base_resp: { status_code: 0 }, code: 0 }],
		['an empty error', { error: {}, errors: [] }],
		['a status that is no failure', { status: 'completed', code: 200, message: 'ok' }],
	])('not so %s beside an answer', async (_name, rest) => {
		const choice = { message: { role: 'assistant', content: 'Yes.' }, finish_reason: 'stop' };
		expect(await completionOf(whole({ choices: [choice], ...rest }), OPTIONS)).toMatchObject({
			content: 'Yes.',
		});
		const streamed = chunk({ delta: { content: 'Yes.' }, finish_reason: 'stop' }, rest);
		expect(await completionOf(stream(streamed), OPTIONS)).toMatchObject({ content: 'Yes.' });
	});
});

describe('the failure inside of a gateway decides', () => {
	const usedUp =
		'usage limit exceeded, weekly usage limit reached for Token Plan Max (9/9 used), resets at 2026-12-01T00:00:00Z (2056)';
	const inner = (message: string, http_code = '429') => ({
		type: 'error',
		error: { type: 'rate_limit_error', message, http_code },
		request_id: '06ff00aa',
	});

	test.each<[string, object]>([
		[
			'metadata.raw',
			{
				error: {
					code: 429,
					message: 'Provider returned error',
					metadata: { raw: JSON.stringify(inner(usedUp)) },
				},
			},
		],
		[
			'metadata.raw as an object',
			{
				error: { code: 429, message: 'Provider returned error', metadata: { raw: inner(usedUp) } },
			},
		],
		[
			'JSON in a message',
			{
				error: {
					code: '429',
					type: 'throttling_error',
					message: `litellm.RateLimitError: MinimaxException - ${JSON.stringify(inner(usedUp))}. Received Model Group=m`,
				},
			},
		],
		[
			'JSON in JSON in a message',
			{ error: { message: `relay failed: ${JSON.stringify(JSON.stringify(inner(usedUp)))}` } },
		],
		[
			'bytes of Python in a message',
			{ error: { message: `MinimaxException - b'${JSON.stringify(inner(usedUp))}'` } },
		],
		[
			'a record of Python in a message',
			{
				error: {
					message: `Error code: 429 - {'type': 'error', 'error': {'message': '${usedUp}', 'http_code': '429'}}`,
				},
			},
		],
		['detail', { detail: inner(usedUp) }],
		[
			'two gateways',
			{
				error: {
					message: 'x',
					metadata: {
						raw: JSON.stringify({
							error: { message: 'y', metadata: { raw: JSON.stringify(inner(usedUp)) } },
						}),
					},
				},
			},
		],
	])('%s', async (_name, body) => {
		const expected = { cause: 'usage-limit-reached', code: 2056, hopeless: true, retryable: false };
		expect(await verdictOf(whole(body, 429), OPTIONS)).toMatchObject(expected);
		expect(await verdictOf(whole(body, 200), OPTIONS)).toMatchObject(expected);
		const event = `data: ${JSON.stringify(body)}\n\n`;
		expect(await verdictOf(stream(event), OPTIONS)).toMatchObject(expected);
	});

	test('its words and its request ID are the ones to know', async () => {
		const raw = JSON.stringify(inner('invalid params, context window exceeds limit (2013)', '400'));
		const body = { error: { code: 400, message: 'Provider returned error', metadata: { raw } } };
		expect(await verdictOf(whole(body, 400), OPTIONS)).toMatchObject({
			cause: 'context-exceeded',
			apiMessage: 'invalid params, context window exceeds limit (2013)',
			requestId: '06ff00aa',
		});
	});

	test('balance in the base_resp inside of a message', async () => {
		const message =
			'bad response: {"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}';
		expect(await verdictOf(whole({ error: { message } }, 500), OPTIONS)).toMatchObject({
			cause: 'balance-exhausted',
			code: 1008,
		});
	});
});

test('a stream behind a status that is no success', async () => {
	const body = ': ping\n\nevent: error\ndata: {"error":{"message":"no balance (1008)"}}\n\n';
	expect(await verdictOf({ status: 400, headers: {}, body }, OPTIONS)).toMatchObject({
		cause: 'balance-exhausted',
		code: 1008,
	});
});

test.each([
	['without saying when', {}, 'unavailable', 'server-fault'],
	['saying when', { 'Retry-After': '7' }, 'overloaded', 'overloaded'],
])('HTTP 503 %s', async (_name, headers, cause, kind) => {
	const page = { status: 503, headers, body: '<html><h1>503 Service Unavailable</h1></html>' };
	expect(await verdictOf(page, OPTIONS)).toMatchObject({ cause, kind, retryable: true });
});

test('arguments of a tool call that are no JSON', async () => {
	const message =
		'invalid params, invalid function arguments json string, tool_call_id: call_function_x9_2 (2013)';
	const body = { type: 'error', error: { type: 'bad_request_error', message, http_code: '400' } };
	expect(await verdictOf(whole(body, 400), OPTIONS)).toMatchObject({
		cause: 'tool-arguments-invalid',
	});
});

describe('an answer that its server gave up', () => {
	test.each([
		['error', {}],
		['network_error', {}],
		['abort', {}],
		['insufficient_system_resource', {}],
		['stop', { native_finish_reason: 'upstream_error' }],
		['Internal-Error', {}],
	])('finish reason %s %j', async (reason, rest) => {
		const end = chunk({ delta: { content: null }, finish_reason: reason, ...rest });
		const first = await verdictOf(stream(`${end}data: [DONE]\n\n`), OPTIONS);
		expect(first).toMatchObject({ cause: 'ended-abnormally', retryable: true, partial: null });
		const begun = await verdictOf(stream(`${STARTED}${end}data: [DONE]\n\n`), OPTIONS);
		expect(begun).toMatchObject({ cause: 'ended-abnormally', retryable: false });
		expect(begun.partial?.content).toBe('Half an ans');
		const choice = { message: { content: 'Half' }, finish_reason: reason, ...rest };
		expect(await verdictOf(whole({ choices: [choice] }), OPTIONS)).toMatchObject({
			cause: 'ended-abnormally',
			partial: { content: 'Half' },
		});
	});

	test('the usage of what had arrived is still waited for', async () => {
		const usage = { prompt_tokens: 4, completion_tokens: 5, total_tokens: 9 };
		const text =
			STARTED +
			chunk({ delta: {}, finish_reason: 'error' }) +
			`data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`;
		expect((await verdictOf(stream(text), OPTIONS)).partial?.usage).toMatchObject({
			totalTokens: 9,
		});
	});

	test.each(['stop', 'length', 'tool_calls', 'content_filter', 'eos_token', 'max_output'])(
		'not so %s',
		async (reason) => {
			const text = STARTED + chunk({ delta: {}, finish_reason: reason });
			expect(await completionOf(stream(text), OPTIONS)).toMatchObject({ finishReason: reason });
		},
	);
});

describe('the end of a stream', () => {
	test('the end sign alone is an end', async () => {
		const completion = await completionOf(stream(`${STARTED}data: [DONE]\n\n`), OPTIONS);
		expect(completion).toMatchObject({ content: 'Half an ans', finishReason: null });
	});

	test('the end sign behind nothing is none', async () => {
		const empty = chunk({ delta: { role: 'assistant', content: '' } });
		for (const text of ['data: [DONE]\n\n', `${empty}data: [DONE]\n\n`]) {
			expect(await verdictOf(stream(text), OPTIONS)).toMatchObject({
				cause: 'ended-early',
				retryable: true,
			});
		}
	});

	test.each([
		['junk', 'data: {"choices":[\n\ndata: [DONE]\n\n'],
		['text', 'data: bye\n\n'],
		['an error', 'data: {"error":{"code":500,"message":"usage failed"}}\n\n'],
		['an event of that name', 'event: error\ndata: x\n\n'],
		['an abnormal finish reason', chunk({ delta: {}, finish_reason: 'error' })],
		['an event that is too long', `data: ${'x'.repeat(17 * 1024 * 1024)}\n\n`],
		['an end sign with blanks', 'data:  [DONE] \n\ndata: junk\n\n'],
	])('%s behind a finished answer costs nothing', async (_name, rest) => {
		const text = STARTED + chunk({ delta: { content: 'wer.' }, finish_reason: 'stop' }) + rest;
		expect(await completionOf(stream(text), OPTIONS)).toMatchObject({
			content: 'Half an answer.',
			finishReason: 'stop',
		});
	});

	test('comments that come as data are comments', async () => {
		const text = `data: : PROCESSING\n\n${STARTED}data: : PROCESSING\n\n${chunk({ delta: {}, finish_reason: 'stop' })}`;
		expect(await completionOf(stream(text), OPTIONS)).toMatchObject({ content: 'Half an ans' });
	});
});

describe('tool calls', () => {
	const call = (given: object) => chunk({ delta: { tool_calls: [given] } });
	const END = chunk({ delta: {}, finish_reason: 'tool_calls' });
	const callsOf = async (...events: string[]) =>
		(await completionOf(stream(events.join('') + END), OPTIONS)).toolCalls;

	test('an id that changes without a name is the same call', async () => {
		expect(
			await callsOf(
				call({ index: 0, id: 'a', function: { name: 'add', arguments: '' } }),
				call({ index: 0, id: 'b', function: { arguments: '{"x":' } }),
				call({ index: 0, id: 'c', function: { arguments: '1}' } }),
			),
		).toEqual([{ id: 'a', name: 'add', arguments: '{"x":1}' }]);
		expect(
			await callsOf(
				call({ id: 'a', function: { name: 'add', arguments: '{"x"' } }),
				call({ id: 'b', function: { arguments: ':1}' } }),
			),
		).toEqual([{ id: 'a', name: 'add', arguments: '{"x":1}' }]);
	});

	test('with a name it opens another one', async () => {
		expect(
			await callsOf(
				call({ index: 0, id: 'a', function: { name: 'add', arguments: '{}' } }),
				call({ index: 0, id: 'b', function: { name: 'sub', arguments: '{}' } }),
			),
		).toEqual([
			{ id: 'a', name: 'add', arguments: '{}' },
			{ id: 'b', name: 'sub', arguments: '{}' },
		]);
	});

	test('ids that are missing or stand twice are made up, the same in a whole reply', async () => {
		const sent = [
			{ type: 'function', function: { name: 'add', arguments: '{}' } },
			{ id: 'x', type: 'function', function: { name: 'add', arguments: '{}' } },
			{ id: 'x', type: 'function', function: { name: 'add', arguments: '{}' } },
		];
		const streamed = await callsOf(...sent.map((given, index) => call({ index, ...given })));
		expect(streamed.map(({ id }) => id)).toEqual(['call_c-1_1', 'x', 'call_c-1_2']);
		const body = {
			id: 'c-1',
			choices: [{ message: { tool_calls: sent }, finish_reason: 'tool_calls' }],
		};
		const completion = await completionOf(whole(body), OPTIONS);
		expect(completion.toolCalls).toEqual(streamed);
		expect(completion.message.tool_calls?.map(({ id }) => id)).toEqual(
			streamed.map(({ id }) => id),
		);
	});

	test('a call without name and arguments is none', async () => {
		const text = call({ index: 0, id: 'ph', function: { name: '', arguments: '' } }) + STARTED;
		const completion = await completionOf(
			stream(text + chunk({ delta: {}, finish_reason: 'stop' })),
			OPTIONS,
		);
		expect(completion.toolCalls).toEqual([]);
		expect(completion.message).toEqual({ role: 'assistant', content: 'Half an ans' });
		const message = { content: 'a', tool_calls: [{ id: 'ph', function: { name: '' } }] };
		expect((await completionOf(whole({ choices: [{ message }] }), OPTIONS)).message).toEqual({
			content: 'a',
		});
	});

	test('no arguments go back as an empty object', async () => {
		const text = call({ index: 0, id: 'a', function: { name: 'now', arguments: '' } }) + END;
		const { message } = await completionOf(stream(text), OPTIONS);
		expect(message.tool_calls).toEqual([
			{ index: 0, id: 'a', type: 'function', function: { name: 'now', arguments: '{}' } },
		]);
	});
});

describe('thinking', () => {
	test('details as a text', async () => {
		const delta = { content: 'Yes.', reasoning_details: 'I see.' };
		const text = chunk({ delta, finish_reason: 'stop' });
		const streamed = await completionOf(stream(text), OPTIONS);
		const complete = await completionOf(whole({ choices: [{ message: delta }] }), OPTIONS);
		for (const { reasoning, content, message } of [streamed, complete]) {
			expect([reasoning, content]).toEqual(['I see.', 'Yes.']);
			expect(message.reasoning_details).toEqual([{ text: 'I see.' }]);
		}
	});

	const CUSTOM = { openerMayBeMissing: true, alwaysThinks: true };
	const cut = (content: string, rest: object = {}) => {
		const choice = { finish_reason: 'length', message: { content, ...rest } };
		return [
			whole({ choices: [choice] }),
			stream(chunk({ delta: choice.message }) + chunk({ delta: {}, finish_reason: 'length' })),
		];
	};

	test('cut off before its closer, by a model that always thinks', async () => {
		for (const reply of cut('I will begin by')) {
			expect(await completionOf(reply, CUSTOM)).toMatchObject({
				content: '',
				reasoning: 'I will begin by',
			});
			expect(await completionOf(reply, { openerMayBeMissing: true })).toMatchObject({
				content: 'I will begin by',
				reasoning: null,
			});
		}
		for (const reply of cut('The answer is', { reasoning_content: 'Thought.' })) {
			expect(await completionOf(reply, CUSTOM)).toMatchObject({
				content: 'The answer is',
				reasoning: 'Thought.',
			});
		}
	});

	test('a blank field of thinking changes nothing', async () => {
		const message = { content: 'a plan</think>done', reasoning_content: ' \n' };
		const replies = [
			whole({ choices: [{ message, finish_reason: 'stop' }] }),
			stream(
				chunk({ delta: { reasoning_content: ' \n' } }) +
					chunk({ delta: { content: 'a plan</think>done' }, finish_reason: 'stop' }),
			),
		];
		for (const reply of replies) {
			expect(await completionOf(reply, CUSTOM)).toMatchObject({
				content: 'done',
				reasoning: 'a plan',
			});
		}
	});
});
