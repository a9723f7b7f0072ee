import { abnormalFinish } from './abnormalFinish';
import { classifyInterruption } from './classifyInterruption';
import type { Completion } from '../completion';
import { classifyReply } from '../failure/classifyReply';
import { verdictOf, type PartialReply, type Verdict } from '../failure/failure';
import { readRequestId } from '../failure/readRequestId';
import { redactPartial } from '../failure/redactPartial';
import { reportsFailure } from '../failure/reportsFailure';
import { isRecord } from '../json/isRecord';
import { parseShallowJson } from '../json/parseShallowJson';
import { unwrapList } from '../json/unwrapList';
import { normalizeCompletion } from './normalizeCompletion';
import { readEvents, LONGEST_EVENT } from './readEvents';
import { readHeader } from '../readHeader';
import { createStreamReceiver, partialOf } from './receiveStream';
import { recoverPartial } from './recoverPartial';
import { bytesOf, LONGEST_FAILURE_BODY, peekBody, readText, type ReplyBody } from './replyBody';
import type { ThinkingOptions } from './splitThinking';
import { watchBytes, type WatchedBytes } from './watchBytes';
import type { SilenceWatch } from './watchSilence';
import type { WireCompletion } from '../wireTypes';

/** A reply as n8n's HTTP helper hands it over, whole or as a stream of bytes. */
export interface Reply {
	status: number;
	headers: Readonly<Record<string, unknown>>;
	body: ReplyBody;
}

export interface ReadOptions extends ThinkingOptions {
	/** Takes the answer as it comes, never the thinking; the pieces add up to `content`. */
	onAnswer?: (text: string) => Promise<void> | void;
	/** Keys that must not show up in a failure. */
	secrets?: readonly string[];
	/** Ends the reply when nothing comes for too long. */
	silence?: SilenceWatch;
}

/** Behind a finished answer nothing but its usage is waited for. */
const LAST_WORDS_MS = 10_000;

/** A failure comes with what had arrived. */
export type ReadResult = { completion: Completion } | { failure: Verdict };

/**
 * Reads a reply, JSON or server-sent events whichever was asked for, into one completion.
 * Throws only what `onAnswer` throws, and cancellations.
 */
export async function readCompletion(reply: Reply, options: ReadOptions): Promise<ReadResult> {
	const watched = watchBytes(bytesOf(reply.body), options.silence);
	const result = await readBody(reply, watched, options);
	return 'completion' in result
		? result
		: { failure: complete(result.failure, reply, options.secrets ?? []) };
}

async function readBody(
	reply: Reply,
	watched: WatchedBytes,
	options: ReadOptions,
): Promise<ReadResult> {
	if (!isSuccess(reply)) return await readRefusal(reply, watched, options);
	const contentType = readHeader(reply.headers, 'content-type') ?? '';
	const { kind, bytes } = await peekBody(watched.bytes, contentType);
	const body = { ...watched, bytes };
	if (kind === 'events') return await readStream(reply, body, options);
	if (kind === 'json') return await readJson(reply, body, options);
	return await readRefusal(reply, body, options);
}

async function readStream(
	reply: Reply,
	{ bytes, moved, interruption }: WatchedBytes,
	options: ReadOptions,
): Promise<ReadResult> {
	const receiver = createStreamReceiver(options);
	let size = 0;
	const onPause = (): Promise<void> | void => {
		// Comments, pings and half an event do not move the answer on.
		const before = size;
		size = receiver.size();
		if (size > before) moved();
		if (receiver.isFinished()) options.silence?.hurry(LAST_WORDS_MS);
		return receiver.onPause();
	};
	const end = await readEvents(bytes, receiver.onData, { onPause });
	const trouble = receiver.trouble();
	// Whatever happened behind the finish reason, the answer is whole; only the usage may be missing. Some
	// servers say with the end sign alone that it is.
	const isWhole = receiver.isFinished() || (end === 'end sign' && !receiver.isEmpty());
	if (trouble === null && isWhole) return { completion: await receiver.finish() };
	const failure = { ...findFault(), partial: receiver.partial() };
	return { failure };

	function findFault(): Verdict {
		if (trouble?.type === 'malformed') return verdictOf('event-malformed');
		if (trouble?.type === 'reported') return classify(reply, trouble.data, options, true);
		if (trouble?.type === 'gave up') return gaveUp(trouble.finishReason);
		if (trouble?.type === 'too long') return verdictOf('reply-too-long');
		if (end === 'event too long') return verdictOf('event-too-long');
		const broken = interruption();
		return broken === null ? verdictOf('ended-early') : classifyInterruption(broken.error);
	}
}

async function readJson(
	reply: Reply,
	{ bytes, moved, interruption }: WatchedBytes,
	options: ReadOptions,
): Promise<ReadResult> {
	const { text, isWhole } = await readText(bytes, LONGEST_EVENT, moved);
	const broken = interruption();
	if (broken !== null)
		return fail(classifyInterruption(broken.error), recoverPartial(text, options));
	if (!isWhole) return fail(verdictOf('event-too-long'));
	const parsed = parseShallowJson(text);
	if (!parsed.ok) return fail(verdictOf('body-malformed'), recoverPartial(text, options));
	const value = unwrapList(parsed.value);
	if (!isRecord(value)) return fail(classify(reply, text, options));
	const wire: WireCompletion = value;

	const completion = hasMessage(wire) ? normalizeCompletion(wire, options) : null;
	const isReport = reportsFailure(wire);
	if (completion === null || isReport) {
		return fail(classify(reply, text, options, isReport), completion && partialOf(completion));
	}
	const reason = abnormalFinish(wire.choices?.[0] ?? {});
	if (reason !== null) return fail(gaveUp(reason), partialOf(completion));
	if (completion.content !== '') await options.onAnswer?.(completion.content);
	return { completion };
}

/** Of what is no completion, and of a status that says so, the beginning tells enough. */
async function readRefusal(
	reply: Reply,
	{ bytes, moved, interruption }: WatchedBytes,
	options: ReadOptions,
): Promise<ReadResult> {
	const { text } = await readText(bytes, LONGEST_FAILURE_BODY, moved);
	const broken = interruption();
	if (broken === null) return fail(classify(reply, text, options));
	// A status tells what happened even where its body did not arrive.
	return fail(isSuccess(reply) ? classifyInterruption(broken.error) : classify(reply, '', options));
}

function fail(failure: Verdict, partial: PartialReply | null = null): ReadResult {
	return { failure: { ...failure, partial } };
}

function classify(
	{ status, headers }: Reply,
	bodyText: string,
	options: ReadOptions,
	isReport = false,
): Verdict {
	return classifyReply({ status, headers, bodyText }, options.secrets ?? [], isReport);
}

/** The server gave the answer up, and said so by the finish reason. */
function gaveUp(finishReason: string): Verdict {
	return verdictOf('ended-abnormally', { reported: finishReason });
}

/** Adds to a failure what only the reader of the reply knows. */
function complete(
	failure: Verdict,
	{ status, headers }: Reply,
	secrets: readonly string[],
): Verdict {
	const partial = failure.partial && redactPartial(failure.partial, secrets);
	return {
		...failure,
		httpStatus: failure.httpStatus ?? status,
		requestId: failure.requestId ?? readRequestId([], headers, secrets) ?? partial?.id ?? null,
		// An answer that began is paid for, and may have gone out to a listener.
		retryable: failure.retryable && partial === null,
		partial,
	};
}

function isSuccess({ status }: Reply): boolean {
	return status >= 200 && status < 300;
}

function hasMessage(wire: WireCompletion): boolean {
	return Array.isArray(wire.choices) && isRecord(wire.choices[0]?.message);
}
