import type { FailureCause } from '../../../nodes/minimax/failure/causes';
import { classifyReply } from '../../../nodes/minimax/failure/classifyReply';
import { readFailureReply } from '../../../nodes/minimax/failure/readFailureReply';

function classify(status: number, body: unknown, isReport = false) {
	const bodyText = typeof body === 'string' ? body : JSON.stringify(body);
	return classifyReply({ status, headers: {}, bodyText }, [], isReport);
}

const read = (bodyText: string, headers: Record<string, unknown> = {}) =>
	readFailureReply({ status: 500, headers, bodyText }, []);

const noBalance = { error: { message: 'no balance', code: '1008' } };
const quoted = JSON.stringify(noBalance);

describe('what a provider said is found', () => {
	it.each<[string, unknown]>([
		['alone in the message', { error: { message: quoted } }],
		['behind other words', { error: { message: `The provider said: ${quoted}` } }],
		['in front of other words', { error: { message: `${quoted} (3 tries) {` } }],
		[
			'in the middle of them, with a blank behind its bracket',
			{
				error: { message: `Oh: { "code": "1008", "message": "no balance", "of": {"a": 1} } again` },
			},
		],
		[
			'with its quotation marks escaped once more',
			{ error: { message: `Oh: ${quoted.replaceAll('"', '\\"')} again` } },
		],
		[
			'with quotation marks of its own, in front of other words',
			{
				error: { message: `Oh: {"message": "no balance", "code": "1008", "by": "\\"us\\""} again` },
			},
		],
		['as a text in a field', { detail: 'Failed', raw: quoted }],
		['in a list', { errors: [noBalance] }],
		['in the error of a choice', { choices: [null, { error: noBalance }] }],
		['three levels deep', { error: { metadata: { raw: { body: noBalance } } } }],
	])('%s', (_where, body) => {
		expect(classify(500, body)).toMatchObject({
			cause: 'balance-exhausted',
			code: 1008,
			apiMessage: 'no balance',
		});
	});

	it.each<[string, unknown, string]>([
		['words in brackets', { error: { message: 'It said {no} balance' } }, 'It said {no} balance'],
		['JSON that is cut', { error: { message: `Oh: ${quoted.slice(0, -9)}` } }, quoted.slice(0, -9)],
		[
			'quotation marks without JSON',
			{ error: { message: 'Oh: {"no balance"}' } },
			'{"no balance"}',
		],
	])('but nothing in %s', (_what, body, words) => {
		const verdict = classify(500, body);
		expect(verdict).toMatchObject({ cause: 'internal-fault', code: null });
		expect(verdict.apiMessage).toContain(words);
	});

	it('in the first four of a list and no further', () => {
		const choices = (before: number) => [
			...Array.from({ length: before }, () => ({ index: 0 })),
			{ error: noBalance },
		];
		expect(classify(500, { choices: choices(3) }).code).toBe(1008);
		expect(classify(500, { choices: choices(4) }).code).toBeNull();
		const errors = (before: number) => [...Array.from({ length: before }, () => ({})), noBalance];
		expect(classify(500, { errors: errors(3) }).code).toBe(1008);
		expect(classify(500, { errors: errors(4) }).code).toBeNull();
	});

	it('in the first 20,000 characters of a text and no further', () => {
		const said = (before: number) => ({ message: `${'.'.repeat(before)}${quoted}` });
		expect(classify(500, said(19_000)).code).toBe(1008);
		expect(classify(500, said(20_000)).code).toBeNull();
	});

	it('in 24 reports and no more', () => {
		const wrapped = (depth: number): object =>
			depth === 0 ? { message: 'inmost' } : { message: `of ${depth}`, error: wrapped(depth - 1) };
		expect(classify(500, wrapped(23)).apiMessage).toBe('inmost');
		expect(classify(500, wrapped(24)).apiMessage).toBe('of 1');
		expect(classify(500, wrapped(500)).apiMessage).toBe('of 477');
	});
});

describe('words', () => {
	it.each<[string, unknown, string | null]>([
		['are those of the first field that has some', { message: ' ', msg: 'slow' }, 'slow'],
		['are the list of what is wrong', { errors: ['slow', 'busy'] }, '["slow","busy"]'],
		['are not an empty list', { errors: [], detail: 'slow' }, 'slow'],
		['are not an empty list alone', { errors: [] }, null],
		['are an error without any, as it is', { error: { reason: 7 } }, '{"reason":7}'],
		['are no number', { error: 7 }, null],
	])('%s', (_how, body, words) => {
		expect(classify(500, body).apiMessage).toBe(words);
	});

	it.each([
		['<title>Gone</title>', 'Gone'],
		['<h1 class="big">Gone</h1>', 'Gone'],
		[`<h1 class="${'b'.repeat(300)}">Gone</h1>`, null],
		['<h1title>Gone</h1title>', null],
		['<title></title><h1>Gone</h1>', 'Gone'],
		['<p>Gone</p>', null],
	])('of a page with %s are %s', (part, words) => {
		const facts = read(`<html><body>${part}</body></html>`);
		expect(facts).toMatchObject({ apiMessage: words, isHtml: true });
	});

	it.each([
		['<!DOCTYPE html>', true],
		['<HTML>', true],
		['<head>', true],
		['<body>', true],
		['<?xml version="1.0"?>', true],
		['<center>', true],
		['<h1>', true],
		['<p>', false],
		['<html>\ndata: {"message":"slow"}', false],
		['See <html>', false],
		['{"message":"<html>"}', false],
	])('%s is a web page: %s', (text, isHtml) => {
		expect(read(text).isHtml).toBe(isHtml);
	});

	it.each<[string, string | null]>([
		['data: {"message":"slow"}', 'slow'],
		['data:{"message":"slow"}', 'slow'],
		['data:\t \t{"message":"slow"}\n\ndata: [DONE]', 'slow'],
		['error: {"message":"slow"}', 'slow'],
		['event: error\ndata: {"message":"slow"}', 'slow'],
		['data: [{"message":"slow"}]', 'slow'],
		['metadata: {"message":"slow"}', 'metadata: {"message":"slow"}'],
		['data: slow', 'data: slow'],
		['data: {"message":', 'data: {"message":'],
	])('of the stream %j are %j', (text, words) => {
		expect(read(text).apiMessage).toBe(words);
	});

	it('are read behind a byte order mark, and without the blanks around them', () => {
		expect(read('\ufeff {"message":"slow"} ').apiMessage).toBe('slow');
		expect(read(' \n ')).toMatchObject({ apiMessage: null, isEmpty: true });
		expect(read('no\ufeffbalance').apiMessage).toBe('no balance');
		expect(read('{}')).toMatchObject({ apiMessage: null, isEmpty: false });
	});

	it('are looked for in the first 100,000 characters of a body', () => {
		const body = (length: number) => JSON.stringify({ message: 'slow', more: '.'.repeat(length) });
		expect(read(body(90_000)).apiMessage).toBe('slow');
		expect(read(body(100_000)).apiMessage).toMatch(/^\{"message":"slow","more":"\.+…$/);
	});

	it('are no more than 300 characters', () => {
		expect(read('a b '.repeat(74) + 'abcd').apiMessage).toHaveLength(300);
		expect(read('a b '.repeat(74) + 'abcde').apiMessage).toBe(`${'a b '.repeat(74)}abc…`);
	});
});

describe('the code', () => {
	it.each<[string, unknown, number | null]>([
		['at the end of the words', 'no balance (1008)', 1008],
		['in front of a period', 'no balance (1008) .', 1008],
		['in front of the ID of a request', 'no balance (1008) (request id: 2026-a_7).', 1008],
		['in the middle', 'no (1008) balance', null],
		['in front of other brackets', 'no balance (1008) (again)', null],
		['too short', 'no balance (999)', null],
		['far from the end', `(1008)${' '.repeat(210)}`, 1008],
		['quoted', `{'message': 'no balance (1008)', 'type': 'x'}`, 1008],
		['quoted, but none that is known', `{'message': 'no balance (9999)', 'type': 'x'}`, null],
		['as text', { code: '1008' }, 1008],
		['as text with other signs', { code: '1008x' }, null],
		['as text behind other signs', { code: 'x1008' }, null],
		['as text that stands for a number', { code: '1e4' }, null],
		['as a number', { code: 1008 }, 1008],
		['as a fraction', { code: 1008.5 }, null],
		['as the smallest that may be one', { code: 1000 }, 1000],
		['as a status', { code: 503 }, null],
		['as none at all', { code: true, status_code: null }, null],
		['beside one that is not known', { code: 9999, error: { code: 1008 } }, 1008],
		['outside of one that is not known', { code: 1008, error: { code: 9999 } }, 1008],
		['as one that is not known', { code: 9999, error: { code: 8888 } }, 8888],
	])('%s', (_where, body, code) => {
		expect(classify(500, body).code).toBe(code);
	});

	it.each<[unknown, FailureCause]>([
		[{ base_resp: { status_code: 2056, status_msg: '0/0 used' } }, 'plan-lacks-model'],
		[{ base_resp: { status_code: 2056, status_msg: '10/0 used' } }, 'usage-limit-reached'],
		[{ base_resp: { status_code: 1002, status_msg: '0/0 used' } }, 'account-rate-exceeded'],
	])('%j means %s', (body, cause) => {
		expect(classify(429, body).cause).toBe(cause);
	});
});

describe('the request ID', () => {
	const idOf = (body: unknown) =>
		readFailureReply(
			{ status: 500, headers: { 'x-request-id': 'of-header' }, bodyText: JSON.stringify(body) },
			['my-secret-key'],
		).requestId;

	it.each<[string, unknown, string | null]>([
		['is that of the inmost failure', { request_id: 'outer', error: { request_id: 'in' } }, 'in'],
		['is no ID of something inside', { error: { id: 'of-a-message' } }, 'of-header'],
		['is not an empty one', { request_id: '', id: 'body' }, 'body'],
		['stands without blanks around it', { request_id: ' a-1 ' }, 'a-1'],
		['is not taken with other signs behind it', { request_id: 'a-1 <b>' }, null],
		['is not taken with other signs in front of it', { request_id: '<b> a-1' }, null],
		['is not taken when it is long', { request_id: 'a'.repeat(129) }, null],
		['is taken up to 128 characters', { request_id: 'a'.repeat(128) }, 'a'.repeat(128)],
	])('%s', (_how, body, id) => {
		expect(idOf(body)).toBe(id);
	});
});

describe('names', () => {
	it.each<[string, FailureCause]>([
		['insufficient_balance_error', 'balance-exhausted'],
		['no_insufficient_balance_error', 'payment-required'],
		['insufficient_balance_error_2', 'payment-required'],
		['insufficient_quota', 'payment-required'],
		['InsufficientQuota', 'payment-required'],
		['insufficient_user_quota', 'payment-required'],
		['insufficient_userquota', 'payment-required'],
		['insufficient_credit', 'payment-required'],
		['insufficient_credits', 'payment-required'],
		['insufficientFunds', 'payment-required'],
		['billing_hard_limit_reached', 'payment-required'],
		['exceeded_current_quota_error', 'payment-required'],
		['context_length_exceeded', 'context-exceeded'],
		['ContextLengthExceeded', 'context-exceeded'],
		['contextSize', 'context-exceeded'],
		['exceed_context_size_error', 'context-exceeded'],
		['model_not_found', 'model-unknown'],
		['ModelNotFound', 'model-unknown'],
		['model_notfound', 'model-unknown'],
		['modelNotExist', 'model-unknown'],
		['content_filter', 'messages-rejected'],
		['ContentFilter', 'messages-rejected'],
		['content_policy_violation', 'messages-rejected'],
		['ContentPolicyViolation', 'messages-rejected'],
		['moderation_blocked', 'messages-rejected'],
		['data_inspection_failed', 'messages-rejected'],
		['DataInspectionFailed', 'messages-rejected'],
		['server_error', 'request-refused'],
	])('%s', (type, cause) => {
		expect(classify(400, { error: { type, message: 'No.' } }).cause).toBe(cause);
	});

	it.each<[number, string, FailureCause]>([
		[429, 'Insufficient balance.', 'payment-required'],
		[429, 'insufficient account balance', 'payment-required'],
		[429, 'insufficient credit', 'payment-required'],
		[429, 'Insufficient credits left', 'payment-required'],
		[429, 'insufficient funds', 'payment-required'],
		[429, 'insufficient capacity', 'too-many-requests'],
		[400, 'API key not valid.', 'key-refused'],
		[400, 'The API key is invalid', 'key-refused'],
		[400, 'API key expired', 'key-refused'],
		[400, 'Incorrect API key provided', 'key-refused'],
		[400, 'invalid api key', 'key-refused'],
		[400, 'Which API key?', 'request-refused'],
		[403, 'The input was flagged', 'messages-rejected'],
		[403, 'The country is unflagged', 'access-denied'],
		[400, 'The input was flagged', 'request-refused'],
	])('HTTP %d: %s', (status, message, cause) => {
		expect(classify(status, { error: { message } }).cause).toBe(cause);
	});

	it('count less than a code', () => {
		expect(classify(400, { error: { type: 'content_filter', message: 'slow (1002)' } }).cause).toBe(
			'account-rate-exceeded',
		);
		expect(classify(400, { error: { type: 'content_filter', message: 'odd (9999)' } }).cause).toBe(
			'request-refused',
		);
	});

	it('count also where one of them says nothing', () => {
		expect(classify(200, { type: 'error', error: { type: 'rate_limit' } }, true).cause).toBe(
			'too-many-requests',
		);
		expect(classify(200, { type: 'error', message: 'Hm.' }, true).cause).toBe('internal-fault');
	});
});

describe('what is wrong with a request', () => {
	const words = 'max tokens is too high';

	it.each<[number, FailureCause]>([
		[400, 'max-tokens-too-high'],
		[404, 'max-tokens-too-high'],
		[422, 'max-tokens-too-high'],
		[401, 'key-refused'],
		[429, 'too-many-requests'],
		[500, 'internal-fault'],
	])('is looked for in the words of HTTP %d: %s', (status, cause) => {
		expect(classify(status, { error: { message: words } }).cause).toBe(cause);
	});

	it('is looked for where a report names no status, and where it names one of these', () => {
		expect(classify(200, { error: { message: words } }, true).cause).toBe('max-tokens-too-high');
		expect(classify(200, { error: { message: words, code: 400 } }, true).cause).toBe(
			'max-tokens-too-high',
		);
		expect(classify(200, { error: { message: words, code: 500 } }, true).cause).toBe(
			'internal-fault',
		);
		expect(classify(200, { error: { message: words, type: 'overloaded_error' } }, true).cause).toBe(
			'overloaded',
		);
	});

	it.each<[string, FailureCause]>([
		['the model `m` does not exist', 'model-unknown'],
		['model m not found', 'model-unknown'],
		['model m is not supported here', 'model-unknown'],
		['not found: the model', 'request-refused'],
		['remodel not found', 'request-refused'],
		['the file does not exist', 'request-refused'],
	])('%s', (message, cause) => {
		expect(classify(400, { error: { message } }).cause).toBe(cause);
	});
});

it.each<[number, FailureCause]>([
	[299, 'reply-is-no-completion'],
	[300, 'redirected'],
	[399, 'redirected'],
	[499, 'request-refused'],
	[500, 'internal-fault'],
])('HTTP %d with something else in it', (status, cause) => {
	expect(classify(status, '[]').cause).toBe(cause);
});

it('a server that says when to come back is overloaded, else down', () => {
	const down = (headers: Record<string, unknown>) =>
		classifyReply({ status: 503, headers, bodyText: '' }, []).cause;
	expect(down({ 'retry-after': '7' })).toBe('overloaded');
	expect(down({})).toBe('unavailable');
});
