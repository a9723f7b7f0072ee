import type { IExecutePaginationFunctions } from 'n8n-workflow';

import type { Access } from '../n8n/readAccess';
import type { Answer, Obtained } from './answer';
import { answerAsJson, readAnswer, type Ask } from './answerAsJson';
import { asksForJson } from './buildBody';
import type { PreparedItem } from './chatItem';
import { hashRequest } from './hashRequest';
import { requestCompletion } from './requestCompletion';

/**
 * The item's answer, paid for once: what an earlier run has left, what an identical row got if rows share
 * their answers, or else a new one.
 *
 * @throws FailureError, InvalidInput, or what ended a stopped execution
 */
export async function obtainAnswer(
	context: IExecutePaginationFunctions,
	item: PreparedItem,
	access: Access,
): Promise<Obtained> {
	const { run, live, prepared } = item;
	const { reuseAnswers, sharesAnswers } = prepared.settings;
	let hashing: Promise<string> | undefined;
	// Costs something, so that a run which succeeds and shares nothing never asks for it.
	const hash = async (): Promise<string> =>
		await (hashing ??= hashRequest(context, run.scope, access, prepared));

	const obtain = async (): Promise<Obtained> => {
		const kept = reuseAnswers && !run.kept.isEmpty ? run.kept.take(await hash()) : undefined;
		const answer = kept && readAnswer(kept, prepared);
		return answer === undefined
			? { answer: await askModel(context, item, access), isReused: false }
			: { answer, isReused: true };
	};
	const obtained = sharesAnswers
		? await shareAnswer(run.shared, await hash(), obtain)
		: await obtain();

	const { answer, isReused } = obtained;
	if (reuseAnswers) run.kept.add(answer.completion, hash);
	if (isReused) {
		run.reused += 1;
		await live?.write(answer.completion.content);
	}
	return obtained;
}

async function askModel(
	context: IExecutePaginationFunctions,
	item: PreparedItem,
	access: Access,
): Promise<Answer> {
	const { settings, body } = item.prepared;
	const ask: Ask = async (request, read) =>
		await requestCompletion(context, item, access, request, read);
	return asksForJson(settings)
		? await answerAsJson(ask, item, [access.apiKey])
		: await ask(body, (completion): Answer => ({ completion }));
}

/** The first item with a request obtains the answer for all. */
async function shareAnswer(
	shared: Map<string, Promise<Obtained>>,
	request: string,
	obtain: () => Promise<Obtained>,
): Promise<Obtained> {
	const first = shared.get(request);
	if (first !== undefined) return { ...(await first), isReused: true };
	const own = obtain();
	shared.set(request, own);
	return await own;
}
