/** Fields in which servers name the HTTP status of a failure; the first that holds one counts. */
const FIELDS = [
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

/** The HTTP status that a report names, as a number or in digits: `429`, `"429"`, `"429 Too Many Requests"`. */
export function namedStatus(report: Readonly<Record<string, unknown>>): number | null {
	for (const field of FIELDS) {
		const value = report[field];
		const digits = typeof value === 'string' ? /^\s*(\d{3})(?!\d)/.exec(value)?.[1] : undefined;
		const status = digits === undefined ? value : Number(digits);
		if (typeof status === 'number' && Number.isInteger(status) && status >= 400 && status < 600) {
			return status;
		}
	}
	return null;
}

/** `Error code: 429 - {…}`, `HTTP 503: …`, `502 Bad Gateway`: as a sentence begins. */
const STATUS_IN_WORDS =
	/^\s*(?:(?:error|status|http)(?:[ _-]?(?:code|status|error))?[ :/]{0,3})?([45]\d\d)\b/i;

/** What is waited for or repeated, by the names of failures and by words; the first that fits counts. */
const STATUS_OF_WORDS: ReadonlyArray<[RegExp, number]> = [
	[/rate_?limit|too_?many_?requests|throttl|resource_?exhausted|quota/i, 429],
	[/overload/i, 529],
	[/unavailable|no_available|queue_(?:is_)?full|at_capacity|loading_model/i, 503],
	[/time_?d?_?out|deadline_?exceeded/i, 504],
];

/** The same by names alone: in a sentence these words may be about anything. */
const STATUS_OF_NAME: ReadonlyArray<[RegExp, number]> = [
	...STATUS_OF_WORDS,
	[/authenticat|authori[sz]ed|invalid_api_key|incorrect_api_key/i, 401],
	[/permission|forbidden|access_denied/i, 403],
	[/not_?found|does_not_exist/i, 404],
	[/too_large|payload/i, 413],
	[/invalid|bad_?request|validation|unprocessable|unsupported|context_length|context_size/i, 400],
	[/error|exception|internal|generation|fail|disconnect|crash/i, 500],
];

/**
 * The HTTP status that the names of a failure stand for, `rate_limit_error` or `ServiceUnavailableError`, or
 * that its words tell; null when they do not.
 */
export function impliedStatus(names: readonly string[], words: string): number | null {
	const named = names.map((name) => find(STATUS_OF_NAME, name));
	const inWords = STATUS_IN_WORDS.exec(words)?.[1];
	const worded = inWords === undefined ? find(STATUS_OF_WORDS, words) : Number(inWords);
	const statuses = [...named, worded].filter((status) => status !== null);
	// "Internal error" says less than whatever else is said.
	return statuses.find((status) => status !== 500) ?? statuses[0] ?? null;
}

function find(table: ReadonlyArray<[RegExp, number]>, text: string): number | null {
	// `RateLimitError`, `rate limit`, `rate-limit` and `rate_limit` are one.
	const snake = text.slice(0, 300).replace(/(?<=[a-z])(?=[A-Z])|[ -]/g, '_');
	return table.find(([pattern]) => pattern.test(snake))?.[1] ?? null;
}
