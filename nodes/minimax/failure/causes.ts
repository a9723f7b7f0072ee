/** What somebody who handles failures tells apart. */
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
	| 'reply-broken'
	| 'budget-reached';

/** What follows from a failure for the request that met it, and for all others. */
export interface Outlook {
	kind: FailureKind;
	/** Whether the same request may succeed later. */
	retryable: boolean;
	/** Whether every further request with this credential will fail in the same way. */
	hopeless: boolean;
}

/**
 * Everything that can go wrong with a request once it is sent, and what follows from each. Why it happened
 * and what to do about it is said in words elsewhere; here it is decided whether to wait, to repeat or to
 * stop.
 */
export const CAUSES = {
	// The rate. All of these are waited for.
	'too-many-requests': passing('rate-limited'),
	'account-rate-exceeded': passing('rate-limited'),
	'plan-rate-exceeded': passing('rate-limited'),
	'growth-limited': passing('rate-limited'),
	'concurrency-limited': passing('rate-limited'),
	'token-rate-exceeded': passing('rate-limited'),

	// The server.
	overloaded: passing('overloaded'),
	unavailable: passing('server-fault'),
	'internal-fault': passing('server-fault'),
	'backend-fault': passing('server-fault'),
	'gave-up': passing('timed-out'),
	'gateway-timeout': passing('timed-out'),
	'request-too-slow': passing('timed-out'),
	'code-unknown': final('server-fault'),

	// The account. None of these goes away by itself within a run.
	'key-refused': lasting('credential-invalid'),
	'key-unknown': lasting('credential-invalid'),
	'access-denied': final('credential-invalid'),
	'balance-exhausted': lasting('balance-exhausted'),
	'payment-required': lasting('balance-exhausted'),
	'quota-exhausted': lasting('quota-exhausted'),
	'usage-limit-reached': lasting('quota-exhausted'),
	'plan-lacks-model': final('plan-lacks-model'),

	// The request. Another one may succeed.
	'messages-rejected': final('content-rejected'),
	'answer-rejected': final('content-rejected'),
	'request-refused': final('request-invalid'),
	'value-refused': final('request-invalid'),
	'request-too-large': final('request-invalid'),
	'too-many-tokens': final('request-invalid'),
	'invisible-characters': final('request-invalid'),
	'context-exceeded': final('request-invalid'),
	'model-unknown': final('request-invalid'),
	'max-tokens-too-high': final('request-invalid'),
	'tool-arguments-invalid': final('request-invalid'),
	'tool-result-stray': final('request-invalid'),
	'tools-unusable': final('request-invalid'),
	'role-refused': final('request-invalid'),
	'message-order-refused': final('request-invalid'),
	'thinking-refused': final('request-invalid'),
	'effort-refused': final('request-invalid'),
	'messages-empty': final('request-invalid'),
	'temperature-refused': final('request-invalid'),
	'top-p-refused': final('request-invalid'),
	'media-unusable': final('request-invalid'),
	'address-unknown': final('request-invalid'),
	redirected: final('request-invalid'),

	// The connection. Only what cannot have cost an answer is sent again.
	stopped: final('connection-lost'),
	'reply-too-late': final('timed-out'),
	'connection-refused': passing('connection-lost'),
	'host-unknown': final('connection-lost'),
	'name-service-down': passing('connection-lost'),
	'encryption-failed': final('connection-lost'),
	'connection-cut': final('connection-lost'),
	'connection-closed': passing('connection-lost'),
	'no-reply': final('connection-lost'),

	// The reply. One that came and cannot be read is paid for, so it is not asked for again; one that
	// stopped coming may be, as long as nothing of the answer had arrived.
	'reply-empty': final('reply-broken'),
	'reply-is-web-page': final('reply-broken'),
	'reply-is-no-completion': final('reply-broken'),
	'body-malformed': final('reply-broken'),
	'event-malformed': final('reply-broken'),
	'event-too-long': final('reply-broken'),
	'reply-too-long': final('reply-broken'),
	'ended-early': passing('reply-broken'),
	'ended-abnormally': passing('server-fault'),
	'went-silent': passing('timed-out'),
	'broke-off': passing('connection-lost'),
} satisfies Record<string, Outlook>;

export type FailureCause = keyof typeof CAUSES;

/** Goes away by itself. */
function passing(kind: FailureKind): Outlook {
	return { kind, retryable: true, hopeless: false };
}

/** Hits every request that is made with this credential. */
function lasting(kind: FailureKind): Outlook {
	return { kind, retryable: false, hopeless: true };
}

/** Stays with this very request; another one may succeed. */
function final(kind: FailureKind): Outlook {
	return { kind, retryable: false, hopeless: false };
}
