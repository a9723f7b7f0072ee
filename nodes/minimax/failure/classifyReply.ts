import type { FailureCause } from './causes';
import { causeOfCode } from './causeOfCode';
import { verdictOf, type Verdict } from './failure';
import { parseRetryAfter } from './parseRetryAfter';
import { readFailureReply, type FailureFacts, type FailureReply } from './readFailureReply';
import { causeOfWords } from './causeOfWords';

/**
 * What a reply that is no completion means, whatever it consists of: the error envelope with any status,
 * `base_resp` with HTTP 200, a frame of a stream, HTML, text or nothing. MiniMax's own code counts more
 * than the HTTP status: 1008 was seen with 402, 429 and 500. A code that may mean anything counts less:
 * "unknown error" (1000) with 413 is a request that is too large.
 *
 * @param secrets keys that must not show up in the API's words
 * @param isReport whether the body reports a failure while HTTP reports success; then the status that the
 * body names, if any, stands in place of HTTP's
 */
export function classifyReply(
	reply: FailureReply,
	secrets: readonly string[],
	isReport = false,
): Verdict {
	const facts = readFailureReply(reply, secrets);
	const { code, apiMessage, requestId } = facts;
	const retryAfterMs = parseRetryAfter(reply.headers);
	const status = isReport ? (facts.namedStatus ?? reply.status) : reply.status;
	return verdictOf(findCause(facts, status, isReport, retryAfterMs !== null), {
		httpStatus: status,
		code,
		apiMessage,
		requestId,
		retryAfterMs,
	});
}

function findCause(
	facts: FailureFacts,
	httpStatus: number,
	isReport: boolean,
	saysWhen: boolean,
): FailureCause {
	const words = facts.apiMessage ?? '';
	const cause = causeOfCode(facts.code, words, httpStatus) ?? causeOfType(facts, words, httpStatus);
	const standsForAnything = cause === 'internal-fault' || cause === 'value-refused';
	const isLeftToStatus = standsForAnything && httpStatus in CAUSE_OF_STATUS;
	if (cause === 'value-refused' && !isLeftToStatus) return causeOfWords(words) ?? cause;
	if (cause !== null && !isLeftToStatus) return cause;

	const isSilent = isReport && httpStatus < 400 && facts.code === null;
	const status = isSilent ? (facts.impliedStatus ?? 500) : httpStatus;
	const mayBeRefusal = isRefusal(status) || (isSilent && status === 500);
	return (mayBeRefusal ? causeOfWords(words) : null) ?? causeOfStatus(facts, status, saysWhen);
}

/** Gateways keep MiniMax's error type, or its words, and lose the code; other servers have none. */
function causeOfType(
	{ code, types }: FailureFacts,
	words: string,
	status: number,
): FailureCause | null {
	const named = (pattern: RegExp): boolean => types.some((type) => pattern.test(type));
	if (named(/^insufficient_balance_error$/)) return 'balance-exhausted';
	if (code !== null) return null;
	if (/usage limit exceeded/i.test(words)) return causeOfCode(2056, words, status);
	// Used up is not the same as too fast, although both come with 429.
	const isUsedUp =
		named(/insufficient_?(?:user_?)?(?:quota|balance|funds|credits?)|billing|current_quota/i) ||
		/insufficient (?:account )?(?:balance|credits?|funds)/i.test(words);
	if (isUsedUp) return 'payment-required';
	if (named(/context_?length|context_?size/i)) return 'context-exceeded';
	if (named(/model_?not_?(?:found|exist)/i)) return 'model-unknown';
	if (
		/api key (?:is )?(?:not valid|invalid|incorrect|expired)|(?:invalid|incorrect) api key/i.test(
			words,
		)
	) {
		return 'key-refused';
	}
	const isFiltered =
		named(/content_?filter|content_?policy|moderation|data_?inspection/i) ||
		(status === 403 && /\bflagged\b/i.test(words));
	return isFiltered ? 'messages-rejected' : null;
}

function isRefusal(status: number): boolean {
	return status === 400 || status === 404 || status === 422;
}

const CAUSE_OF_STATUS: Readonly<Record<number, FailureCause>> = {
	401: 'key-refused',
	402: 'payment-required',
	403: 'access-denied',
	404: 'address-unknown',
	405: 'address-unknown',
	408: 'request-too-slow',
	413: 'request-too-large',
	429: 'too-many-requests',
	504: 'gateway-timeout',
	529: 'overloaded',
};

/** @param saysWhen whether the server says how long to wait */
function causeOfStatus(facts: FailureFacts, status: number, saysWhen: boolean): FailureCause {
	const known = CAUSE_OF_STATUS[status];
	if (known !== undefined) return known;
	// A server that is down says 503 as well, and waiting for it must have an end.
	if (status === 503) return saysWhen ? 'overloaded' : 'unavailable';
	if (status >= 500) return 'internal-fault';
	if (status >= 400) return 'request-refused';
	if (status >= 300) return 'redirected';
	if (facts.code !== null) return 'code-unknown';
	if (facts.isEmpty) return 'reply-empty';
	return facts.isHtml ? 'reply-is-web-page' : 'reply-is-no-completion';
}
