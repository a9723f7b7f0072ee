import type { IExecuteSingleFunctions } from 'n8n-workflow';

import type { TokenUsage } from '../minimax/completion';
import { NotSentError, type Failure } from '../minimax/failure/failure';
import { isRecord } from '../minimax/json/isRecord';
import { paceFor } from '../n8n/paceFor';
import { TokenCount } from '../minimax/tokenCount';
import { findSendChunk } from '../n8n/findSendChunk';
import type { Access } from '../n8n/readAccess';
import { budgetReached } from '../n8n/tokenBudget';
import type { Obtained } from './answer';
import { answersChat } from './answersChat';
import { KeptAnswers, openPlaces, scopeOf } from './keptAnswers';
import { LiveOutput } from './liveOutput';
import { SharedAccess } from './sharedAccess';

/** Items in a row that lost their connection. With 2 % of connections reset at random, three in a row are rare. */
const OUTAGE_AFTER = 3;

/**
 * What the items of one node run share. n8n gives each item hooks of its own and sends all items
 * at once; sharing is what lets bad input stop the sending, and one item know how many succeeded.
 */
export class ChatRun {
	/** Parameters without an expression, read once. */
	readonly fixed = new Map<string, unknown>();
	readonly itemCount: number;
	readonly live: LiveOutput;
	/** Where its requests go. */
	readonly access = new SharedAccess();
	/** Whether an agent uses the node as its tool. */
	readonly isTool: boolean;
	/** Whether n8n's chat shows the item. */
	readonly answersChat: boolean;
	/** Whether a failing item ends the workflow: 'On Error' is Stop. */
	readonly stopsAtFailure: boolean;
	/** Whether an item's input cannot be sent. */
	hasInvalidItem = false;
	succeeded = 0;
	/** Items that got an answer which this run has not paid for. */
	reused = 0;
	/** What the run has paid for, earlier tries of Retry On Fail included. */
	readonly tokens: TokenCount;
	/** Names the workflow and the node that kept answers belong to. */
	readonly scope: string;
	/** Answers that the next run takes if this one does not succeed. */
	readonly kept: KeptAnswers;
	/** Answers for items with the same request, by its hash. */
	readonly shared = new Map<string, Promise<Obtained>>();
	/** Of the item that entered last. */
	private lastIndex = -1;
	/** Whether Batching lets time pass between the items. */
	private readonly isSpread: boolean;
	/** Why nothing further is sent, with any key or with one of them. */
	private ending: Failure | undefined;
	private readonly endings = new Map<string, Failure>();
	/** Items that lost their connection since the API last answered. */
	private readonly lost = new Set<number>();
	private readonly signal: AbortSignal | undefined;
	private open = 0;
	private left = 0;
	private hasFailed = false;
	private readonly idle: Array<() => void> = [];

	/** @param previous run of the same execution of the node */
	constructor(context: IExecuteSingleFunctions, previous: ChatRun | undefined) {
		// As an agent's tool it answers the agent, not the chat, and gets the data of the agent's execution.
		const isTool = context.getNode().type.endsWith('Tool');
		this.itemCount = isTool ? 1 : countItems(context);
		this.isTool = isTool;
		this.stopsAtFailure = !context.continueOnFail();
		this.tokens = previous?.tokens ?? new TokenCount();
		this.scope = scopeOf(context);
		this.kept = new KeptAnswers(openPlaces(context));
		this.signal = context.getExecutionCancelSignal();
		this.live = new LiveOutput({
			sendChunk: isTool ? undefined : findSendChunk(context),
			signal: this.signal,
			stopsAtFailure: this.stopsAtFailure,
			lastTry: previous?.live,
		});
		this.answersChat = !isTool && answersChat(context);
		this.isSpread = isSpread(context.getNodeParameter('requestOptions', {}), this.itemCount);
	}

	/**
	 * Whether n8n stopped preparing at an item whose expression throws. It prepares all items before the first
	 * is sent, unless Batching spreads them, and reports that item itself.
	 */
	get wasCutShort(): boolean {
		return !this.isSpread && this.lastIndex < this.itemCount - 1;
	}

	/** Whether neither the item at that index nor a later one has been prepared in this run. */
	comesBefore(index: number): boolean {
		return this.lastIndex < index;
	}

	enter(index: number): void {
		this.lastIndex = index;
		this.open += 1;
	}

	/**
	 * The last item to leave decides on the answers: a run that fails or is stopped keeps them, one that has come
	 * to its end forgets what an earlier one has kept.
	 */
	async leave(outcome: 'completed' | 'failed'): Promise<void> {
		this.left += 1;
		if (outcome === 'failed' && this.stopsAtFailure) this.hasFailed = true;
		if (this.open === 1) {
			const isBroken = this.hasFailed || this.signal?.aborted === true;
			if (isBroken) await this.kept.keep();
			else if (this.left === this.itemCount) this.kept.forget();
		}
		this.open -= 1;
		if (this.isIdle) this.idle.splice(0).forEach((resolve) => resolve());
	}

	/**
	 * Resolves when every item has left. Where Batching lets time pass between the items it waits for the last
	 * one to enter: n8n listens to none of them before, and an error that comes then goes unhandled.
	 */
	async whenIdle(): Promise<void> {
		if (this.isIdle) return;
		await new Promise<void>((resolve) => this.idle.push(resolve));
	}

	private get isIdle(): boolean {
		const haveEntered = !this.isSpread || this.lastIndex === this.itemCount - 1;
		return this.open === 0 && haveEntered;
	}

	/**
	 * Whether the failure of a request ends the sending: with every key where it ends the workflow, else with
	 * its own key where every further request with that key would fail in the same way.
	 */
	endsAt(failure: Failure, access: Access): boolean {
		if (this.stopsAtFailure) this.stop(failure);
		else if (failure.hopeless) this.stop(failure, access);
		return this.stopsAtFailure || failure.hopeless;
	}

	/** Ends the sending, with every key or with the one that is given: what has not been sent yet never is. */
	stop(failure: Failure, access?: Access): void {
		// A partial answer and the count of attempts belong to the item that failed, not to the others.
		const reason = { ...failure, partial: null, attempts: undefined };
		if (access === undefined) this.ending ??= reason;
		else if (!this.endings.has(access.paceKey)) this.endings.set(access.paceKey, reason);
		const paceKeys = access === undefined ? this.access.paceKeys : [access.paceKey];
		for (const key of paceKeys) paceFor(key).dismiss(this, new NotSentError(reason));
	}

	/** What a request with that key is to fail with in place of being sent. */
	whyStopped({ paceKey }: Access): NotSentError | undefined {
		const reason = this.ending ?? this.endings.get(paceKey);
		return reason && new NotSentError(reason);
	}

	/**
	 * Counts what a request has cost, and ends the sending once the budget is used up.
	 *
	 * @param budget most tokens of the run; 0 is no limit
	 */
	spend(usage: TokenUsage, budget: number): void {
		this.tokens.add(usage);
		this.checkBudget(budget);
	}

	checkBudget(budget: number): void {
		if (!this.tokens.hasReached(budget)) return;
		this.stop(budgetReached(budget, this.tokens, 'run of the node'));
	}

	noteConnection(index: number, state: 'answered' | 'lost'): void {
		if (state === 'answered') this.lost.clear();
		else this.lost.add(index);
	}

	/** The API has answered before, and now loses the connections of one item after the other. */
	get isOutage(): boolean {
		return this.succeeded > 0 && this.lost.size >= OUTAGE_AFTER;
	}
}

function countItems(context: IExecuteSingleFunctions): number {
	if (context.getNode().executeOnce === true) return 1;
	return Object.values(context.getExecuteData().data)[0]?.[0]?.length ?? 1;
}

/** Shape as in n8n's Request Options. */
function isSpread(requestOptions: unknown, itemCount: number): boolean {
	const batching = isRecord(requestOptions) ? requestOptions.batching : undefined;
	const batch = isRecord(batching) ? batching.batch : undefined;
	if (!isRecord(batch)) return false;
	return Number(batch.batchInterval) > 0 && itemCount > Math.max(1, Number(batch.batchSize) || 1);
}
