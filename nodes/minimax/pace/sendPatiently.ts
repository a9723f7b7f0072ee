/**
 * Decides what becomes of one request, from its failures: a refusal is waited out at the pace, a fault is repeated
 * after a while, and any other failure, or one too many, is final and may end the node run with it.
 */
import { abortReason, type Clock } from '../clock';
import { afterAttempts, FailureError, NotSentError, type Failure } from '../failure/failure';
import { refusalCause, type Outcome } from '../failure/refusalCause';
import { retryDelay } from '../retryDelay';
import type { AcquireOptions, LearnedPace } from './pace';

/** A restarted API is back within two minutes. If connections are lost for five, the request is the reason. */
const OUTAGE_PATIENCE_MS = 5 * 60_000;

export interface SendPatientlyOptions<T> extends Omit<AcquireOptions, 'since' | 'again'> {
	pace: LearnedPace;
	clock: Clock;
	/** How often a request is repeated after a fault; being refused for the rate does not count. */
	maxRetries: number;
	/** Sends once, first as number 1; throws FailureErrors. `accepted`: the API has begun to answer. */
	attempt: (attemptNumber: number, accepted: () => void) => Promise<T>;
	/** False once tokens went out live. */
	mayRetry?: () => boolean;
	/** Whether a lost connection is one of many: then everybody waits for it as for an overload. */
	isOutage?: () => boolean;
	/** Whether its final failure also rejects the node run's waiting requests; by default if it is hopeless. */
	endsRun?: (failure: Failure) => boolean;
	/** What to reject with instead of sending, e.g. a sibling's hopeless failure; undefined to go on. */
	shouldStop?: () => unknown;
}

/**
 * Waits for a slot, sends, and repeats what is worth repeating.
 *
 * @throws FailureError with the last failure, which says how often the request was sent; NotSentError; what
 * else `attempt` threw; or the signal's reason
 */
export async function sendPatiently<T>(options: SendPatientlyOptions<T>): Promise<T> {
	const { pace, owner, clock, signal, maxRetries, patienceMs } = options;
	const { mayRetry, isOutage, endsRun = ({ hopeless }: Failure) => hopeless } = options;
	const usual = { since: pace.now(), patienceMs };
	const shortMs = Math.min(patienceMs ?? Infinity, OUTAGE_PATIENCE_MS);
	/** While its connections are lost, one after the other. */
	let outage: typeof usual | null = null;
	let attempts = 0;
	let faults = 0;
	let lastError: FailureError | undefined;

	for (;;) {
		stopIfAsked();
		const wait = { ...options, ...(outage ?? usual), again: attempts === 1 };
		const slot = await pace.acquire(wait).catch(giveUp);
		let outcome: Outcome = 'abandoned';
		let delayMs = 0;
		try {
			stopIfAsked();
			outcome = 'failed';
			attempts += 1;
			const value = await options.attempt(attempts, () => slot.accepted());
			outcome = 'succeeded';
			return value;
		} catch (error) {
			if (signal?.aborted) outcome = 'abandoned';
			if (outcome === 'abandoned' || !(error instanceof FailureError))
				return await Promise.reject(signal?.aborted ? abortReason(signal) : error);
			lastError = error;
			const { kind, retryable, retryAfterMs } = error.failure;
			const isLost = kind === 'connection-lost' && retryable && isOutage?.() === true;
			outage = isLost ? (outage ?? { since: pace.now(), patienceMs: shortMs }) : null;
			const throttled = isLost ? 'overload' : refusalCause(error.failure);
			if (throttled) outcome = { throttled, retryAfterMs, reason: error };
			else {
				faults += 1;
				delayMs = retryDelay(faults, retryAfterMs, () => clock.random());
			}
			const isGone = outage !== null && pace.now() - outage.since >= OUTAGE_PATIENCE_MS;
			if (!retryable || mayRetry?.() === false || faults > maxRetries || isGone)
				return await Promise.reject(end(error));
		} finally {
			slot.release(outcome);
		}
		if (delayMs > 0) await clock.sleep(delayMs, signal);
	}

	function stopIfAsked(): void {
		if (signal?.aborted) throw abortReason(signal);
		const reason = options.shouldStop?.();
		if (reason !== undefined) throw reason;
	}

	/** When patience ends the pace gives the latest refusal of any request; this one's own says more. */
	async function giveUp(reason: unknown): Promise<never> {
		const isRefusal = reason instanceof FailureError && !(reason instanceof NotSentError);
		return await Promise.reject(isRefusal ? end(lastError ?? reason) : reason);
	}

	/** The error to end with, which may end the node run. */
	function end(error: FailureError): FailureError {
		const last = afterAttempts(error, attempts);
		if (endsRun(last.failure)) pace.dismiss(owner, new NotSentError(last.failure));
		return last;
	}
}
