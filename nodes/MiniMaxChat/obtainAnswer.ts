import type { IExecutePaginationFunctions } from 'n8n-workflow';

import { FailureError } from '../minimax/failure/failure';
import { addUsage } from '../minimax/jsonAnswer/addUsage';
import type { RowPlan } from '../minimax/rows/planRow';
import type { WireRequest } from '../minimax/wireTypes';
import type { Access } from '../n8n/readAccess';
import type { Answer, Obtained } from './answer';
import { answerAsJson, readAnswer, type Ask, type DraftKeeper } from './answerAsJson';
import { asksForJson } from './buildBody';
import type { PreparedItem } from './chatItem';
import { hashRequest } from './hashRequest';
import { requestCompletion } from './requestCompletion';
import { groupsOf } from './rowGroups';
import { withSpent } from './withSpent';

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
	// Only when needed: a run that succeeds and shares no answers never pays for a hash.
	const hash = async (): Promise<string> =>
		await (hashing ??= hashRequest(context, run.scope, access, prepared));

	const obtain = async (): Promise<Obtained> => {
		const left = reuseAnswers && !run.kept.isEmpty ? run.kept.take(await hash()) : undefined;
		const answer = left && readAnswer(left, prepared);
		if (answer !== undefined) {
			groupsOf(run).excuse(item.index);
			return { answer, isReused: true };
		}
		const drafts: DraftKeeper = {
			left: prepared.settings.options.repairJson === true ? left : undefined,
			keep: (draft) => reuseAnswers && run.kept.addDraft(draft, hash),
			drop: (draft) => run.kept.dropDraft(draft),
		};
		return { answer: await askFor(context, item, access, drafts), isReused: false };
	};
	const obtained = sharesAnswers ? await shareAnswer(item, await hash(), obtain) : await obtain();

	const { answer, isReused } = obtained;
	if (reuseAnswers) run.kept.add(answer.completion, hash);
	if (isReused) {
		run.reused += 1;
		await live?.write(answer.completion.content);
	}
	return obtained;
}

/** Together with other rows, where the item may share a request; else, or where that gave none, alone. */
async function askFor(
	context: IExecutePaginationFunctions,
	item: PreparedItem,
	access: Access,
	drafts: DraftKeeper,
): Promise<Answer> {
	const { run, live, prepared } = item;
	const { plan } = prepared;
	if (plan === undefined || drafts.left !== undefined) {
		groupsOf(run).excuse(item.index);
		return await askModel(context, item, access, drafts);
	}
	const key = keyOfRequest(access, prepared.body, plan);
	const outcome = await groupsOf(run).ask(key, { context, item, access, plan, spent: null });
	if (outcome.type === 'failed') return await Promise.reject(outcome.error);
	if (outcome.type === 'answered') {
		const answer = readAnswer(outcome.completion, prepared);
		await live?.write(outcome.completion.content);
		if (answer !== undefined) return answer;
	}
	const spent = outcome.type === 'alone' ? outcome.spent : null;
	const answer = await askModel(context, item, access, drafts).catch((error: unknown) => {
		const partial = error instanceof FailureError ? error.failure.partial : null;
		const all = partial === null || spent === null ? spent : addUsage(spent, partial.usage);
		return Promise.reject(withSpent(error, all));
	});
	const { completion } = answer;
	if (spent === null) return answer;
	return { ...answer, completion: { ...completion, usage: addUsage(spent, completion.usage) } };
}

/** Rows with the same instructions, model and settings may share a request. */
function keyOfRequest({ paceKey }: Access, body: WireRequest, plan: RowPlan): string {
	const { system, schema, mostRows } = plan;
	return JSON.stringify([paceKey, { ...body, messages: [] }, system, schema, mostRows]);
}

async function askModel(
	context: IExecutePaginationFunctions,
	item: PreparedItem,
	access: Access,
	drafts: DraftKeeper,
): Promise<Answer> {
	const { settings, body } = item.prepared;
	const ask: Ask = async (request, read) =>
		await requestCompletion(context, item, access, request, read);
	return asksForJson(settings)
		? await answerAsJson(ask, item, [access.apiKey], drafts)
		: await ask(body, (completion): Answer => ({ completion }));
}

/** The first item with a request obtains the answer for all. */
async function shareAnswer(
	{ run, index }: PreparedItem,
	request: string,
	obtain: () => Promise<Obtained>,
): Promise<Obtained> {
	const first = run.shared.get(request);
	if (first !== undefined) {
		groupsOf(run).excuse(index);
		return { ...(await first), isReused: true };
	}
	const own = obtain();
	run.shared.set(request, own);
	return await own;
}
