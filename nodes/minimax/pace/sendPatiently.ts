import { abortReason, type Clock } from '../clock';
import { FailureError, type Failure } from '../failure/failure';
import type { RefusalCause } from './gate';
import type { LearnedPace, SlotOutcome } from './pace';
import { retryDelay } from './retryDelay';

/**
 * How long one request is repeated while its connections are lost. An API that is restarted is back
 * within two minutes; what has been lost for five is rather lost on the way, or by the request itself.
 */
const OUTAGE_PATIENCE_MS = 5 * 60_000;

export interface SendPatientlyOptions<T> {
	pace: LearnedPace;
	/** The node run. */
	owner: object;
	/** Limits are learned for each model by itself. */
	model?: string;
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
	/** Milliseconds to wait while the API refuses everybody; 30 minutes by default. */
	patienceMs?: number;
	/** Whether a lost connection is one of many: then everybody waits for it as for an overload. */
	isOutage?: () => boolean;
	/**
	 * Whether the failure of this request, which will not be repeated, ends the node run, so that what it
	 * has not sent is turned away. Asked before the slot is given back, and anything else is sent.
	 */
	endsRun?: (failure: Failure) => boolean;
	/** What to reject with instead of sending, e.g. a sibling's hopeless failure; undefined to go on. */
	shouldStop?: () => unknown;
}

/** A request was not sent, as another one of its node run met this failure. */
export class NotSentError extends FailureError {
	constructor(failure: Failure) {
		super(failure);
		this.name = 'NotSentError';
	}
}

/** What one request has been through. Times are those of the pace, in milliseconds. */
interface Progress {
	attempts: number;
	faults: number;
	/** Since when it has been waiting: from its beginning, or from its first refusal. */
	since: number;
	/** It was refused. */
	again: boolean;
	/** The first of the connections lost in a row. */
	lostSince: number | null;
	lastError: FailureError | null;
}

/**
 * Waits for a slot, sends, and repeats what is worth repeating. A failure that hopelessly meets all, or
 * that `endsRun`, also turns away what the same node run has not sent yet.
 *
 * @throws FailureError with the last failure, which says how often the request was sent; NotSentError;
 * what else `attempt` threw; or the signal's reason
 */
export async function sendPatiently<T>(options: SendPatientlyOptions<T>): Promise<T> {
	const { pace, clock, signal } = options;
	const nothing = { lostSince: null, lastError: null };
	const progress = { attempts: 0, faults: 0, since: pace.now(), again: false, ...nothing };
	for (;;) {
		const delayMs = await sendOnce(options, progress);
		if (typeof delayMs === 'object') return delayMs.value;
		if (delayMs > 0) await clock.sleep(delayMs, signal);
	}
}

/** @returns the answer, or after how many milliseconds to try again */
async function sendOnce<T>(
	options: SendPatientlyOptions<T>,
	progress: Progress,
): Promise<{ value: T } | number> {
	const { signal } = options;
	stopIfAsked(options);
	const slot = await acquireSlot(options, progress);
	let outcome: SlotOutcome = 'unsent';
	try {
		stopIfAsked(options);
		outcome = 'failed';
		progress.attempts += 1;
		const value = await options.attempt(progress.attempts, () => slot.accepted());
		outcome = 'succeeded';
		return { value };
	} catch (error) {
		if (outcome === 'unsent') return await Promise.reject(error);
		if (signal?.aborted) {
			outcome = 'abandoned';
			return await Promise.reject(abortReason(signal));
		}
		if (!(error instanceof FailureError)) return await Promise.reject(error);
		const { failure } = error;
		const refused = refusalCause(failure, options);
		if (refused)
			outcome = { throttled: refused, retryAfterMs: failure.retryAfterMs, reason: error };
		return decide(error, refused, options, progress);
	} finally {
		slot.release(outcome);
	}
}

async function acquireSlot(options: SendPatientlyOptions<unknown>, progress: Progress) {
	const { pace, owner, model, maxConcurrency, signal } = options;
	const { again, lostSince } = progress;
	const since = lostSince ?? progress.since;
	let { patienceMs } = options;
	if (lostSince !== null) patienceMs = Math.min(patienceMs ?? Infinity, OUTAGE_PATIENCE_MS);
	try {
		return await pace.acquire({ owner, model, maxConcurrency, signal, again, since, patienceMs });
	} catch (reason) {
		const isRefusal = reason instanceof FailureError && !(reason instanceof NotSentError);
		if (!isRefusal) return await Promise.reject(reason);
		// Out of patience the pace names the last refusal of all; a request that met one itself names that.
		const error = withAttempts(progress.lastError ?? reason, progress);
		turnAwaySiblings(error.failure, options);
		return await Promise.reject(error);
	}
}

/**
 * What follows on a failure.
 * @returns after how many milliseconds to try again
 * @throws FailureError where it is final
 */
function decide(
	error: FailureError,
	refused: RefusalCause | null,
	options: SendPatientlyOptions<unknown>,
	progress: Progress,
): number {
	const { failure } = error;
	const now = options.pace.now();
	progress.lastError = error;
	progress.lostSince =
		refused && failure.kind === 'connection-lost' ? (progress.lostSince ?? now) : null;
	if (!refused) progress.faults += 1;
	const delayMs = refused
		? 0
		: retryDelay(progress.faults, failure.retryAfterMs, () => options.clock.random());

	const { mayRetry, maxRetries } = options;
	const isRepeatable = failure.retryable && (mayRetry?.() ?? true) && progress.faults <= maxRetries;
	const isGone = progress.lostSince !== null && now - progress.lostSince >= OUTAGE_PATIENCE_MS;
	if (!isRepeatable || isGone) {
		const last = withAttempts(error, progress);
		turnAwaySiblings(last.failure, options);
		throw last;
	}
	if (refused && !progress.again) progress.since = now;
	progress.again ||= refused !== null;
	return delayMs;
}

function turnAwaySiblings(failure: Failure, options: SendPatientlyOptions<unknown>): void {
	if (options.signal?.aborted) return;
	const ends = options.endsRun?.(failure) ?? false;
	if (ends || failure.hopeless) options.pace.dismiss(options.owner, new NotSentError(failure));
}

function stopIfAsked({ signal, shouldStop }: SendPatientlyOptions<unknown>): void {
	if (signal?.aborted) throw abortReason(signal);
	const reason = shouldStop?.();
	if (reason !== undefined) throw reason;
}

function refusalCause(
	{ kind, code, retryable }: Failure,
	{ isOutage }: SendPatientlyOptions<unknown>,
): RefusalCause | null {
	if (!retryable) return null;
	// MiniMax: too many open connections.
	if (kind === 'rate-limited') return code === 1041 ? 'concurrency' : 'rate';
	if (kind === 'connection-lost') return isOutage?.() === true ? 'overload' : null;
	return kind === 'overloaded' ? 'overload' : null;
}

function withAttempts(error: FailureError, { attempts }: Progress): FailureError {
	if (attempts < 2) return error;
	const { failure } = error;
	const description = `${failure.description} The request was sent ${attempts} times.`.trim();
	return new FailureError({ ...failure, description, attempts });
}
