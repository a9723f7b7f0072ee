import { FailureError, type Failure } from '../failure/failure';
import { abortReason, type Clock, type Pace, type Slot, type SlotOutcome } from './pace';
import type { ThrottleCause } from './paceRate';
import { retryDelay } from './retryDelay';

export interface SendPatientlyOptions<T> {
	pace: Pace;
	/** The node run. */
	owner: object;
	/** Most requests of the node run in flight; 0 leaves it to the pace. */
	maxConcurrency: number;
	/** How often a request is repeated after a fault; being refused for the rate does not count. */
	maxRetries: number;
	clock: Clock;
	signal?: AbortSignal;
	/**
	 * Sends once. Throws a FailureError where the API or the connection failed.
	 * @param attemptNumber from 1
	 * @param accepted may be called as soon as the API has begun to answer
	 */
	attempt: (attemptNumber: number, accepted: () => void) => Promise<T>;
	/** False once tokens went out live. */
	mayRetry?: () => boolean;
	/** How long to wait while the API refuses everybody; 30 minutes by default. */
	patienceMs?: number;
	/**
	 * Whether a lost connection is one of many at an API that was there before. Then everybody waits for it
	 * as for an overload, or a short outage would use up the retries of a whole batch.
	 */
	isOutage?: () => boolean;
	/** What to reject with instead of sending, e.g. a sibling's hopeless failure; undefined to go on. */
	shouldStop?: () => unknown;
}

/** A request was not sent, as another one of its node run met this hopeless failure. */
export class NotSentError extends FailureError {
	constructor(failure: Failure) {
		super(failure);
		this.name = 'NotSentError';
	}
}

/**
 * Waits for a slot, sends, and repeats what is worth repeating. Rejects with the last failure, which
 * then says how often it was tried; with what else `attempt` threw; or with the signal's reason.
 * A hopeless failure also turns away what the same node run has not sent yet (NotSentError).
 */
export async function sendPatiently<T>(options: SendPatientlyOptions<T>): Promise<T> {
	const { pace, owner, maxConcurrency, patienceMs, clock, signal } = options;
	let since = clock.now();
	let again = false;
	let faults = 0;

	for (let attemptNumber = 1; ; attemptNumber += 1) {
		stopIfAsked(options);
		const slot = await pace.acquire({ maxConcurrency, owner, signal, again, since, patienceMs });
		const sent = await sendOnce(options, slot, attemptNumber);
		if ('value' in sent) return sent.value;

		if (signal?.aborted) throw abortReason(signal);
		if (!(sent.error instanceof FailureError)) throw sent.error;
		const { failure } = sent.error;
		const throttled = isThrottled(sent);
		if (!throttled) faults += 1;
		const repeatable = failure.retryable && (options.mayRetry?.() ?? true);
		if (!repeatable || faults > options.maxRetries) {
			throw attemptNumber > 1 ? withAttempts(failure, attemptNumber) : sent.error;
		}
		if (!throttled) {
			await clock.sleep(
				retryDelay(faults, failure.retryAfterMs, () => clock.random()),
				signal,
			);
		} else if (!again) {
			again = true;
			since = clock.now();
		}
	}
}

type Sent<T> = { value: T } | { error: unknown; outcome: SlotOutcome };

function isThrottled({ outcome }: { outcome: SlotOutcome }): boolean {
	return typeof outcome === 'object';
}

/** One attempt as data; the slot is given back whatever happens. */
async function sendOnce<T>(
	options: SendPatientlyOptions<T>,
	slot: Slot,
	attemptNumber: number,
): Promise<Sent<T>> {
	let outcome: SlotOutcome = 'unsent';
	try {
		stopIfAsked(options);
		outcome = 'failed';
		const value = await options.attempt(attemptNumber, () => slot.accepted());
		outcome = 'succeeded';
		return { value };
	} catch (error) {
		if (outcome === 'failed') outcome = judge(error, options);
		// Before the slot is free, or the next one would still be sent.
		if (error instanceof FailureError && error.failure.hopeless) {
			options.pace.dismiss(options.owner, new NotSentError(error.failure));
		}
		return { error, outcome };
	} finally {
		slot.release(outcome);
	}
}

function judge(error: unknown, options: SendPatientlyOptions<unknown>): SlotOutcome {
	const failure = error instanceof FailureError ? error.failure : null;
	const throttled = failure && throttleCause(failure, options);
	if (failure && throttled) return { throttled, retryAfterMs: failure.retryAfterMs, reason: error };
	return options.signal?.aborted ? 'abandoned' : 'failed';
}

function stopIfAsked({ signal, shouldStop }: SendPatientlyOptions<unknown>): void {
	if (signal?.aborted) throw abortReason(signal);
	const reason = shouldStop?.();
	if (reason !== undefined) throw reason;
}

function throttleCause(
	failure: Failure,
	{ isOutage }: SendPatientlyOptions<unknown>,
): ThrottleCause | null {
	if (!failure.retryable) return null;
	if (failure.kind === 'rate-limited') return 'rate';
	if (failure.kind === 'connection-lost' && isOutage?.() === true) return 'overload';
	return failure.kind === 'overloaded' ? 'overload' : null;
}

function withAttempts(failure: Failure, attempts: number): FailureError {
	const description = `${failure.description} The request was sent ${attempts} times.`.trim();
	return new FailureError({ ...failure, description, attempts });
}
