import type { Failure, FailureKind } from './failure';
import type { FailureContext } from './failureWords';
import { wordsFor } from './panelWords';

/**
 * Failures of replies that began as completions. None quotes what was received: it may hold the
 * user's data, and n8n stores and logs messages. A reply that came and cannot be read is paid for, so it
 * is not asked for again; one that stopped coming may be, as long as nothing of it had arrived.
 */

export function eventTooLong(longest: number): Failure {
	const megabytes = Math.round(longest / (1024 * 1024));
	return unreadable(
		`One piece of the reply is longer than ${megabytes} MB`,
		'This is no chat completion. Look for a proxy or gateway that changes replies on their way.',
	);
}

export function malformedEvent(): Failure {
	return unreadable(
		'The reply holds a piece that is not valid JSON',
		'Run the workflow again. If it happens often, a proxy or gateway may be changing the reply.',
	);
}

export function malformedBody(): Failure {
	return unreadable(
		'The reply is not valid JSON, or it was cut short',
		'Run the workflow again. If it happens often, a proxy or gateway may be changing or cutting the reply.',
	);
}

export function endedEarly(context?: FailureContext): Failure {
	return broken(
		'reply-broken',
		'The reply ended before the model was finished',
		wordsFor(context).endedEarly,
	);
}

/** @param timeoutMs the silence that was too long, when it is known */
export function wentSilent(timeoutMs: number | null, context: FailureContext): Failure {
	const span = timeoutMs === null ? 'longer than the timeout' : `for ${describeSpan(timeoutMs)}`;
	return broken(
		'timed-out',
		`${startSentence(nameServer(context))} sent nothing ${span}`,
		wordsFor(context).wentSilent,
	);
}

export function connectionLost(context: FailureContext): Failure {
	return broken(
		'connection-lost',
		`The connection to ${nameServer(context)} broke off in the middle of the reply`,
		wordsFor(context).brokeOff,
	);
}

function unreadable(message: string, description: string): Failure {
	return { ...broken('reply-broken', message, description), retryable: false };
}

function broken(kind: FailureKind, message: string, description: string): Failure {
	return {
		kind,
		message,
		description,
		httpStatus: null,
		code: null,
		apiMessage: null,
		requestId: null,
		retryable: true,
		retryAfterMs: null,
		hopeless: false,
		partial: null,
	};
}

function nameServer(context: FailureContext): string {
	return context.region === 'custom' ? "the server behind 'Base URL'" : 'MiniMax';
}

function startSentence(words: string): string {
	return words.charAt(0).toUpperCase() + words.slice(1);
}

function describeSpan(milliseconds: number): string {
	if (milliseconds < 1000) return `${milliseconds} ms`;
	const seconds = Math.round(milliseconds / 1000);
	return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
