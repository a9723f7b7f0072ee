import type { TokenUsage } from '../completion';
import { CAUSES, type FailureCause, type Outlook } from './causes';

export type { FailureKind } from './causes';

/** What had arrived when a reply broke off. It was paid for, so it travels with the failure. */
export interface PartialReply {
	content: string;
	reasoning: string | null;
	usage: TokenUsage;
	id: string | null;
	model: string | null;
	/** What is certain of JSON that was asked for and cut off: whole members and items. */
	json?: unknown;
}

/** What is known of a failed request besides what follows from it. */
interface Circumstances {
	/** HTTP status, null when no reply came. */
	httpStatus: number | null;
	/** MiniMax's own code, e.g. 1004. */
	code: number | null;
	/** The API's own words, shortened and free of secrets. */
	apiMessage: string | null;
	requestId: string | null;
	/** How long the API asked to wait, in milliseconds. */
	retryAfterMs: number | null;
	partial: PartialReply | null;
	/** Milliseconds without a sign of the answer that ended the reply, where that is the cause. */
	silenceMs?: number | null;
	/** What the HTTP client said, free of secrets, where nothing better is known. */
	reported?: string | null;
}

/** A failed request as data, without a word for people. */
export interface Verdict extends Outlook, Circumstances {
	cause: FailureCause;
}

/** A failed request and its words; the n8n error is made from it at the edge. */
export interface Failure extends Outlook, Circumstances {
	/** Undefined for an answer that came whole and is refused here, e.g. for not being the JSON asked for. */
	cause?: FailureCause;
	/** What happened, in words; one sentence without a final period. */
	message: string;
	/** What to do about it; sentences. */
	description: string;
	/** How often the request was sent, when more than once. */
	attempts?: number;
	/** After how many milliseconds without success it was given up, where that is why it failed. */
	waitedMs?: number;
}

const NOTHING_KNOWN: Circumstances = {
	httpStatus: null,
	code: null,
	apiMessage: null,
	requestId: null,
	retryAfterMs: null,
	partial: null,
};

/** The verdict that a cause leads to. */
export function verdictOf(cause: FailureCause, known: Partial<Circumstances> = {}): Verdict {
	return { ...NOTHING_KNOWN, cause, ...CAUSES[cause], ...known };
}

/** A failure of which only some things are known; it is final unless it says otherwise. */
export function failureOf(
	known: Partial<Failure> & Pick<Failure, 'kind' | 'message' | 'description'>,
): Failure {
	return { ...NOTHING_KNOWN, retryable: false, hopeless: false, ...known };
}

/** Carries a Failure through code that has to throw. */
export class FailureError extends Error {
	constructor(readonly failure: Failure) {
		super(failure.message);
		this.name = 'FailureError';
	}
}

/** A request was not sent, as another one of its node run met this failure. */
export class NotSentError extends FailureError {
	constructor(failure: Failure) {
		super(failure);
		this.name = 'NotSentError';
	}
}

/** The same error with what had arrived of the reply. */
export function withPartial(error: FailureError, partial: PartialReply | null): FailureError {
	const failure = { ...error.failure, partial };
	return error instanceof NotSentError ? new NotSentError(failure) : new FailureError(failure);
}

/** The same error, which also says how often the request was sent. */
export function afterAttempts(error: FailureError, attempts: number): FailureError {
	if (attempts < 2) return error;
	const { failure } = error;
	const description = `${failure.description} The request was sent ${attempts} times.`.trim();
	return new FailureError({ ...failure, description, attempts });
}
