import type { TokenUsage } from '../completion';

export type FailureKind =
	| 'rate-limited'
	| 'overloaded'
	| 'quota-exhausted'
	| 'balance-exhausted'
	| 'credential-invalid'
	| 'plan-lacks-model'
	| 'content-rejected'
	| 'request-invalid'
	| 'server-fault'
	| 'connection-lost'
	| 'timed-out'
	| 'reply-broken';

/** What had arrived when a reply broke off. It was paid for, so it travels with the failure. */
export interface PartialReply {
	content: string;
	reasoning: string | null;
	usage: TokenUsage;
	id: string | null;
	model: string | null;
}

/** A failed request as data; the n8n error is made from it at the edge. */
export interface Failure {
	kind: FailureKind;
	/** What happened, in words; one sentence without a final period. */
	message: string;
	/** What to do about it; sentences. */
	description: string;
	/** HTTP status, null when no reply came. */
	httpStatus: number | null;
	/** MiniMax's own code, e.g. 1004. */
	code: number | null;
	/** The API's own words, shortened and free of secrets. */
	apiMessage: string | null;
	requestId: string | null;
	/** Whether the same request may succeed later. */
	retryable: boolean;
	/** How long the API asked to wait, in milliseconds. */
	retryAfterMs: number | null;
	/** Whether every further request with this credential will fail in the same way. */
	hopeless: boolean;
	partial: PartialReply | null;
	/** How often the request was sent, when more than once. */
	attempts?: number;
}

/** Carries a Failure through code that has to throw. */
export class FailureError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
		this.name = 'FailureError';
	}
}

/** What is wrong with the user's input, found before any request is made. */
export class InvalidInput extends Error {
	/**
	 * @param message names the field by its label in single quotes and says what is wrong
	 * @param description says what would be right
	 */
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
		this.name = 'InvalidInput';
	}
}
