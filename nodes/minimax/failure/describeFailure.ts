import type { Failure } from './failure';
import type { FailureContext, FailureWords } from './failureWords';
import { parseRetryAfter } from './parseRetryAfter';
import { readFailureReply, type FailureFacts, type FailureReply } from './readFailureReply';
import { wordsForCode } from './wordsForCode';
import { wordsForStatus } from './wordsForStatus';

export type { FailureContext } from './failureWords';
export type { FailureReply } from './readFailureReply';

/**
 * Turns a reply that is no completion into words and advice, whatever it consists of: the error
 * envelope with any status, `base_resp` with HTTP 200, a frame of a stream, HTML, text or nothing.
 * MiniMax's own code counts more than the HTTP status: 1008 was seen with 402, 429 and 500.
 */
export function describeFailure(reply: FailureReply, context: FailureContext): Failure {
	const facts = readFailureReply(reply, context.secrets ?? []);
	const { status } = reply;
	const byCode =
		facts.code === null ? null : wordsForCode(facts.code, facts.apiMessage ?? '', status, context);
	const words =
		byCode ?? wordsForType(facts, status, context) ?? wordsForStatus(facts, status, context);

	return {
		...words,
		description: quote(words.description, facts),
		retryable: words.retryable && context.replyBegan !== true,
		httpStatus: status,
		code: facts.code,
		apiMessage: facts.apiMessage,
		requestId: facts.requestId,
		retryAfterMs: parseRetryAfter(reply.headers),
		partial: null,
	};
}

function quote(description: string, facts: FailureFacts): string {
	const { apiMessage, code } = facts;
	if (apiMessage === null)
		return code === null ? description : `${description} (MiniMax code ${code})`;
	const shown = code === null || apiMessage.includes(`(${code})`) ? '' : ` (${code})`;
	return `${description} The answer was: “${apiMessage}”${shown}`;
}

/** Some gateways keep MiniMax's error type and lose the code. */
function wordsForType(
	facts: FailureFacts,
	status: number,
	context: FailureContext,
): FailureWords | null {
	if (facts.type === 'insufficient_balance_error') {
		return wordsForCode(1008, '', status, context);
	}
	if (facts.code === null && /usage limit exceeded/i.test(facts.apiMessage ?? '')) {
		return wordsForCode(2056, facts.apiMessage ?? '', status, context);
	}
	return null;
}
