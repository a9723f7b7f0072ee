import type { Completion } from '../minimax/completion';
import { FailureError, type Failure } from '../minimax/failure/failure';
import { addUsage } from '../minimax/jsonAnswer/addUsage';
import { notTheJsonAskedFor } from '../minimax/jsonAnswer/notTheJsonAskedFor';
import { NotSentError } from '../minimax/pace/sendPatiently';
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
): Promise<Answer> {
	const { body, settings } = prepared;
	const asked = settings.responseFormat === 'columns' ? 'columns' : 'json';
	// A listener has seen the first answer; a second one behind it would confuse more than help. One that
	// was cut off would be again.
	const mayRepair = (isCut: boolean): boolean =>
		settings.options.repairJson === true && !isCut && live?.hasWritten !== true;

	const first = await ask(body, (completion) => {
		if (callsToolsOnly(completion)) return { completion };
		const answer = readValue(completion, prepared);
		if (answer.ok) return { completion, parsed: { json: answer.value } };
		const failure = notTheJsonAskedFor(completion, answer, secrets, asked);
		if (!mayRepair(answer.isCut)) throw new FailureError(failure);
		return { completion, reasons: answer.reasons, failure };
	});
	if (first.failure === undefined) return first;

	const { completion, reasons, failure } = first;
	return await ask(askForRepair(body, completion.content, reasons), (second) => {
		const repaired = { ...second, usage: addUsage(completion.usage, second.usage) };
		const answer = readValue(repaired, prepared);
		if (answer.ok) return { completion: repaired, parsed: { json: answer.value } };
		throw new FailureError(notTheJsonAskedFor(repaired, answer, secrets, asked));
	}).catch((error: unknown) => Promise.reject(keepFirstAnswer(error, failure)));
}

function callsToolsOnly({ toolCalls, content }: Completion): boolean {
	return toolCalls.length > 0 && content.trim() === '';
}

/** The first answer has been paid for, also where asking for a better one came to nothing. */
function keepFirstAnswer(error: unknown, { partial }: Failure): unknown {
	if (!(error instanceof FailureError) || error.failure.partial !== null) return error;
	const failure = { ...error.failure, partial };
	return error instanceof NotSentError ? new NotSentError(failure) : new FailureError(failure);
}
