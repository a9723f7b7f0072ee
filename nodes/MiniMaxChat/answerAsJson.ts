import type { Completion } from '../minimax/completion';
import { FailureError, NotSentError, withPartial, type Failure } from '../minimax/failure/failure';
import { addUsage } from '../minimax/jsonAnswer/addUsage';
import { notTheJsonAskedFor } from '../n8n/words/notTheJsonAskedFor';
import { askForRepair } from '../minimax/request/askForJson';
import type { WireRequest } from '../minimax/wireTypes';
import type { Answer } from './answer';
import { asksForJson } from './buildBody';
import type { Prepared, PreparedItem } from './chatItem';
import { readValue } from './readValue';

/** The answer that a paid completion comes to; undefined where it is not the JSON asked for. */
export function readAnswer(completion: Completion, prepared: Prepared): Answer | undefined {
	if (!asksForJson(prepared.settings) || callsToolsOnly(completion)) return { completion };
	const answer = readValue(completion, prepared);
	return answer.ok ? { completion, parsed: { json: answer.value } } : undefined;
}

/** Sends a body and makes something of the completion, before another request gets its turn. */
export type Ask = <T>(body: WireRequest, read: (completion: Completion) => T) => Promise<T>;

/** An answer that is not the JSON asked for, and why. */
interface Draft {
	completion: Completion;
	reasons: string[];
	failure: Failure;
}

/** Keeps a draft until its repair, so that a run that ends in between has not paid for it in vain. */
export interface DraftKeeper {
	/** The draft that an earlier run has left. */
	left: Completion | undefined;
	keep(draft: Completion): void;
	drop(draft: Completion): void;
}

/**
 * An answer that is the JSON asked for, also as columns; with 'Repair JSON' the model gets a second try. One
 * that only calls tools is not the answer yet.
 *
 * @param secrets keys that must not show up in a failure
 * @throws FailureError, which keeps what the model wrote
 */
export async function answerAsJson(
	ask: Ask,
	{ prepared, live }: PreparedItem,
	secrets: readonly string[],
	drafts: DraftKeeper,
): Promise<Answer> {
	const { body, settings } = prepared;
	const asked = settings.responseFormat === 'columns' ? 'columns' : 'json';
	// A listener who has heard the first answer must not hear a second one. An answer that was cut off at
	// the token limit would be cut off there again.
	const mayRepair = (isCut: boolean): boolean =>
		settings.options.repairJson === true && !isCut && live?.hasWritten !== true;

	const read = (completion: Completion): Answer | Draft => {
		if (callsToolsOnly(completion)) return { completion };
		const answer = readValue(completion, prepared);
		if (answer.ok) return { completion, parsed: { json: answer.value } };
		const failure = notTheJsonAskedFor(completion, answer, secrets, asked);
		if (!mayRepair(answer.isCut)) throw new FailureError(failure);
		return { completion, reasons: answer.reasons, failure };
	};
	const first = drafts.left === undefined ? await ask(body, read) : read(drafts.left);
	if (!('failure' in first)) return first;

	const { completion, reasons, failure } = first;
	drafts.keep(completion);
	return await ask(askForRepair(body, completion.content, reasons), (second) => {
		drafts.drop(completion);
		const repaired = { ...second, usage: addUsage(completion.usage, second.usage) };
		const answer = readValue(repaired, prepared);
		if (answer.ok) return { completion: repaired, parsed: { json: answer.value } };
		throw new FailureError(notTheJsonAskedFor(repaired, answer, secrets, asked));
	}).catch((error: unknown) => {
		if (isRefused(error)) drafts.drop(completion);
		return Promise.reject(keepFirstAnswer(error, failure));
	});
}

/** Whether the repair was refused for what is in it, and would be again. */
function isRefused(error: unknown): boolean {
	if (!(error instanceof FailureError) || error instanceof NotSentError) return false;
	const { kind } = error.failure;
	return kind === 'content-rejected' || kind === 'request-invalid';
}

function callsToolsOnly({ toolCalls, content }: Completion): boolean {
	return toolCalls.length > 0 && content.trim() === '';
}

/** The first answer was paid for, so it goes along with the failure of asking for a better one. */
function keepFirstAnswer(error: unknown, { partial }: Failure): unknown {
	if (!(error instanceof FailureError) || error.failure.partial !== null) return error;
	return withPartial(error, partial);
}
