import { endedEarly, eventTooLong, malformedBody } from '../failure/brokenReply';
import type { Completion } from '../completion';
import { describeFailure } from '../failure/describeFailure';
import { explainInterruption, isCancellation } from '../failure/explainInterruption';
import { FailureError, type Failure, type PartialReply } from '../failure/failure';
import type { FailureContext } from '../failure/failureWords';
import { isRecord } from '../json/isRecord';
import { normalizeCompletion } from './normalizeCompletion';
import { parseShallowJson } from '../json/parseShallowJson';
import { readHeader } from '../readHeader';
import { bytesOf, LONGEST_FAILURE_BODY, peekBody, readText, type ReplyBody } from './readBody';
import { LONGEST_EVENT, readEvents } from './readEvents';
import { recoverPartial } from './recoverPartial';
import { readFailureReply } from '../failure/readFailureReply';
import { redactPartial } from '../failure/redactPartial';
import { createStreamReceiver, partialOf, type StreamReceiver } from './receiveStream';
import { readFailureStatus, reportsFailure } from './reportsFailure';
import type { ThinkingOptions } from './splitThinking';
import { watchBytes } from './watchBytes';
import type { WireCompletion, WireEnvelope } from '../wireTypes';

/** A reply as n8n's HTTP helper hands it over, whole or as a stream of bytes. */
export interface Reply {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	body: ReplyBody;
}

export interface ReadOptions extends ThinkingOptions {
	/** Takes the answer as it comes, never the thinking; the pieces add up to `content`. */
	onAnswer?: (text: string) => Promise<void> | void;
	/** For the words of a failure. */
	describe: FailureContext;
	/** Silence that the HTTP client allows, in milliseconds: tells a timeout from a reset. */
	timeoutMs?: number;
	/** Milliseconds; for tests. */
	now?: () => number;
}

/**
 * Reads a reply, JSON or server-sent events whichever was asked for, into one completion.
 * @throws FailureError with what had arrived. Cancellations, and what `onAnswer` throws, pass through.
 */
export async function readCompletion(reply: Reply, options: ReadOptions): Promise<Completion> {
	const watched = watchBytes(bytesOf(reply.body), options.now ?? Date.now);
	const receiver = createStreamReceiver(options, (chunk, data) => {
		throw new FailureError(describeReported(reply, chunk, data, options, receiver));
	});
	/** What has come of a reply in one piece. */
	const texts: string[] = [];
	let thrown: unknown;
	try {
		return await readBody(reply, watched.bytes, receiver, texts, options);
	} catch (error) {
		thrown = error;
	}

	if (isCancellation(thrown)) throw thrown;
	const interruption = watched.interruption();
	if (interruption !== null && interruption.error === thrown) {
		// A status tells what happened even where its body did not arrive.
		if (!isSuccess(reply)) throw new FailureError(describeText(reply, '', options));
		// The answer is whole by then; only the usage may be missing.
		if (receiver.isFinished()) return await receiver.finish();
		const timeoutMs = options.timeoutMs ?? null;
		const failure = explainInterruption({ ...interruption, timeoutMs }, options.describe);
		const partial = receiver.partial() ?? recoverPartial(texts.join(''), options);
		throw new FailureError(attach(failure, reply, partial, options));
	}
	if (thrown instanceof FailureError) {
		const { failure } = thrown;
		throw new FailureError(attach(failure, reply, failure.partial ?? receiver.partial(), options));
	}
	throw thrown;
}

async function readBody(
	reply: Reply,
	bytes: AsyncIterable<Uint8Array>,
	receiver: StreamReceiver,
	texts: string[],
	options: ReadOptions,
): Promise<Completion> {
	const body = isSuccess(reply)
		? await peekBody(bytes, readHeader(reply.headers, 'content-type') ?? '')
		: { kind: 'other', bytes };
	if (body.kind === 'events') {
		await readEvents(body.bytes, receiver.onData, { onPause: receiver.onPause });
		if (receiver.isFinished()) return await receiver.finish();
		throw new FailureError(endedEarly(options.describe));
	}
	if (body.kind === 'json') return await readJson(reply, body.bytes, texts, options);
	const { text } = await readText(body.bytes, LONGEST_FAILURE_BODY);
	throw new FailureError(describeText(reply, text, options));
}

async function readJson(
	reply: Reply,
	bytes: AsyncIterable<Uint8Array>,
	texts: string[],
	options: ReadOptions,
): Promise<Completion> {
	const { text, isWhole } = await readText(bytes, LONGEST_EVENT, texts);
	if (!isWhole) throw new FailureError(eventTooLong(LONGEST_EVENT));
	const parsed = parseShallowJson(text);
	if (!parsed.ok) {
		throw new FailureError({ ...malformedBody(), partial: recoverPartial(text, options) });
	}
	if (!isRecord(parsed.value)) throw new FailureError(describeText(reply, text, options));

	const wire: WireCompletion = parsed.value;
	const completion = hasMessage(wire) ? normalizeCompletion(wire, options) : null;
	if (reportsFailure(wire) || completion === null) {
		const partial = completion === null ? null : partialOf(completion);
		throw new FailureError({ ...describeText(reply, text, options), partial });
	}
	if (completion.content !== '') await options.onAnswer?.(completion.content);
	return completion;
}

function isSuccess({ status }: Reply): boolean {
	return status >= 200 && status < 300;
}

function hasMessage(wire: WireCompletion): boolean {
	return Array.isArray(wire.choices) && isRecord(wire.choices[0]?.message);
}

function describeText({ status, headers }: Reply, bodyText: string, options: ReadOptions): Failure {
	return describeFailure({ status, headers, bodyText }, options.describe);
}

/** An error that came as a chunk of a stream whose status said success. */
function describeReported(
	{ status, headers }: Reply,
	chunk: WireEnvelope,
	bodyText: string,
	options: ReadOptions,
	receiver: StreamReceiver,
): Failure {
	return describeFailure(
		{ status: readFailureStatus(chunk, status), headers, bodyText },
		{ ...options.describe, replyBegan: receiver.partial() !== null },
	);
}

/** What is known about the reply by whoever read it, and not by whoever found the failure. */
function attach(
	failure: Failure,
	{ status, headers }: Reply,
	received: PartialReply | null,
	options: ReadOptions,
): Failure {
	const secrets = options.describe.secrets ?? [];
	const partial = received && redactPartial(received, secrets);
	const facts = readFailureReply({ status, headers, bodyText: '' }, secrets);
	return {
		...failure,
		httpStatus: failure.httpStatus ?? status,
		requestId: failure.requestId ?? facts.requestId ?? partial?.id ?? null,
		// An answer that began is paid for, and may have gone out to a listener.
		retryable: failure.retryable && partial === null,
		partial,
	};
}
