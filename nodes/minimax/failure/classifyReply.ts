import type { FailureCause } from './causes';
import { causeOfCode } from './codes';
import { verdictOf, type Verdict } from './failure';
import { parseRetryAfter } from './parseRetryAfter';
import { readFailureReply, type FailureFacts, type FailureReply } from './readFailureReply';
import { causeOfWords } from './refusals';

/**
 * What a reply that is no completion means, whatever it consists of: the error envelope with any status,
 * `base_resp` with HTTP 200, a frame of a stream, HTML, text or nothing. MiniMax's own code counts more
 * than the HTTP status: 1008 was seen with 402, 429 and 500.
 *
 * @param secrets keys that must not show up in the API's words
 */
export function classifyReply(reply: FailureReply, secrets: readonly string[]): Verdict {
	const facts = readFailureReply(reply, secrets);
	const { code, apiMessage, requestId } = facts;
	return verdictOf(findCause(facts, reply.status), {
		httpStatus: reply.status,
		code,
		apiMessage,
		requestId,
		retryAfterMs: parseRetryAfter(reply.headers),
	});
}

function findCause(facts: FailureFacts, status: number): FailureCause {
	const words = facts.apiMessage ?? '';
	const cause = causeOfCode(facts.code, words, status) ?? causeOfType(facts, words, status);
	const saysWhat = cause === 'value-refused' || (cause === null && isRefusal(status));
	return (saysWhat ? causeOfWords(words) : null) ?? cause ?? causeOfStatus(facts, status);
}

/** Some gateways keep MiniMax's error type, or its words, and lose the code. */
function causeOfType(
	{ code, type }: FailureFacts,
	words: string,
	status: number,
): FailureCause | null {
	if (type === 'insufficient_balance_error') return 'balance-exhausted';
	if (code === null && /usage limit exceeded/i.test(words)) return causeOfCode(2056, words, status);
	return null;
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
	503: 'overloaded',
	504: 'gateway-timeout',
	529: 'overloaded',
};

function causeOfStatus(facts: FailureFacts, status: number): FailureCause {
	const known = CAUSE_OF_STATUS[status];
	if (known !== undefined) return known;
	if (status >= 500) return 'internal-fault';
	if (status >= 400) return 'request-refused';
	if (status >= 300) return 'redirected';
	if (facts.code !== null) return 'code-unknown';
	if (facts.isEmpty) return 'reply-empty';
	return facts.isHtml ? 'reply-is-web-page' : 'reply-is-no-completion';
}
