import { impliedStatus, namedStatus } from '../../../nodes/minimax/failure/namedStatus';

const fields = [
	'http_code',
	'http_status',
	'http_status_code',
	'httpStatus',
	'status_code',
	'statusCode',
	'status',
	'code',
	'error_code',
];

describe('the status that a report names', () => {
	it.each(fields)('stands in %s', (field) => {
		expect(namedStatus({ message: 'No', [field]: 429 })).toBe(429);
	});

	it.each<[unknown, number | null]>([
		['429', 429],
		[' 503', 503],
		['429 Too Many Requests', 429],
		[400, 400],
		[599, 599],
		[399, null],
		[600, null],
		[429.5, null],
		['4290', null],
		['code 429', null],
		['', null],
		[null, null],
		[true, null],
		[1008, null],
	])('%j is %j', (status, named) => {
		expect(namedStatus({ status })).toBe(named);
	});

	it('is the first of several, leaving out what is none', () => {
		expect(namedStatus({ code: 500, http_code: '401' })).toBe(401);
		expect(namedStatus({ http_code: 'ok', code: 500 })).toBe(500);
		expect(namedStatus({})).toBeNull();
	});
});

describe('the status that names or words imply', () => {
	it.each<[string, number | null]>([
		['rate_limit_error', 429],
		['RateLimitError', 429],
		['tooManyRequests', 429],
		['throttling', 429],
		['resource_exhausted', 429],
		['insufficient_quota', 429],
		['overloaded_error', 529],
		['ServiceUnavailableError', 503],
		['no_available_workers', 503],
		['queue is full', 503],
		['at-capacity', 503],
		['timeout', 504],
		['TimedOut', 504],
		['DeadlineExceeded', 504],
		['authentication_error', 401],
		['Unauthorized', 401],
		['invalid_api_key', 401],
		['permission_denied', 403],
		['Forbidden', 403],
		['NotFoundError', 404],
		['model_does_not_exist', 404],
		['payload', 413],
		['BadRequestError', 400],
		['unprocessable_entity', 400],
		['context_length_exceeded', 400],
		['server_error', 500],
		['disconnected', 500],
		['something', null],
	])('the name %s: %j', (name, status) => {
		expect(impliedStatus([name], '')).toBe(status);
	});

	it.each<[string, number | null]>([
		['Error code: 429 - {', 429],
		['HTTP 503: busy', 503],
		['502 Bad Gateway', 502],
		['status_code=', null],
		['The rate limit is reached', 429],
		['Server overloaded', 529],
		// In a sentence these words may be about anything.
		['The key was not found in the map', null],
		['invalid', null],
		['It took 429 tries', null],
		['4290 tokens', null],
		['302 Found', null],
	])('the words %j: %j', (words, status) => {
		expect(impliedStatus([], words)).toBe(status);
	});

	it('is looked for in the first 300 characters of a name', () => {
		expect(impliedStatus([`${'.'.repeat(290)}rate_limit`], '')).toBe(429);
		expect(impliedStatus([`${'.'.repeat(291)}rate_limit`], '')).toBeNull();
	});

	it('is whatever says more than an internal error', () => {
		expect(impliedStatus(['server_error', 'rate_limit_error'], '')).toBe(429);
		expect(impliedStatus(['api_error'], 'HTTP 503: busy')).toBe(503);
		expect(impliedStatus(['api_error'], 'Oh no')).toBe(500);
		expect(impliedStatus(['something', 'rate_limit'], 'Oh no')).toBe(429);
		expect(impliedStatus(['something'], 'HTTP 503: busy')).toBe(503);
		expect(impliedStatus([], '')).toBeNull();
	});
});
