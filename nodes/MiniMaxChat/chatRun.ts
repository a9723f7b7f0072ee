import type {
	ICredentialDataDecryptedObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
} from 'n8n-workflow';

import type { TokenUsage } from '../minimax/completion';
import type { Failure } from '../minimax/failure/failure';
import { isRecord } from '../minimax/json/isRecord';
import type { AnswerSchema } from '../minimax/jsonAnswer/readSchema';
import type { WireRequest } from '../minimax/wireTypes';
import { findSendChunk } from '../n8n/findSendChunk';
import { readAccess, type Access } from '../n8n/readAccess';
import { answersChat } from './answersChat';
import { LiveOutput, type LiveItem } from './liveOutput';
import type { Media } from './planMedia';
import type { ChatSettings } from './readSettings';

/** Items that lost their connection, one after the other: 2 % of random resets come to that once in 100,000 requests. */
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
	/** Whether n8n's chat shows the item. */
	readonly answersChat: boolean;
	/** Whether an item's input cannot be sent. */
	hasInvalidItem = false;
	/** Why nothing further is sent. */
	stopped: Failure | undefined;
	succeeded = 0;
	inputTokens = 0;
	outputTokens = 0;
	lastIndex = -1;
	/** Items that lost their connection since the API last answered. */
	private readonly lost = new Set<number>();
	/** Whether Batching lets time pass between the items. */
	private readonly isSpread: boolean;
	private access: Promise<Access> | undefined;
	private open = 0;
	private readonly idle: Array<() => void> = [];

	constructor(context: IExecuteSingleFunctions) {
		// As an agent's tool it answers the agent, not the chat, and gets the data of the agent's execution.
		const isTool = context.getNode().type.endsWith('Tool');
		this.itemCount = isTool ? 1 : countItems(context);
		this.live = new LiveOutput(
			isTool ? undefined : findSendChunk(context),
			context.getExecutionCancelSignal(),
		);
		this.answersChat = !isTool && answersChat(context);
		this.isSpread = isSpread(context.getNodeParameter('requestOptions', {}), this.itemCount);
	}

	/**
	 * Whether n8n gave up at an item whose expression throws, once all had their chance: it prepares the
	 * items in one go, and reports that one.
	 */
	get wasCutShort(): boolean {
		return !this.isSpread && this.lastIndex < this.itemCount - 1;
	}

	/** The credential, decrypted once per run: n8n reads the database for each call. */
	async readAccess(context: IExecuteSingleFunctions): Promise<Access> {
		this.access ??= context
			.getCredentials<ICredentialDataDecryptedObject>('miniMaxPlatformApi')
			.then(readAccess);
		return await this.access;
	}

	countUsage({ promptTokens, completionTokens }: TokenUsage): void {
		this.inputTokens += promptTokens ?? 0;
		this.outputTokens += completionTokens ?? 0;
	}

	noteAnswered(): void {
		this.lost.clear();
	}

	noteLost(index: number): void {
		this.lost.add(index);
	}

	/** The API has answered before, and now loses the connections of one item after the other. */
	get isOutage(): boolean {
		return this.succeeded > 0 && this.lost.size >= OUTAGE_AFTER;
	}

	enter(): void {
		this.open += 1;
	}

	leave(): void {
		this.open -= 1;
		if (this.open === 0) this.idle.splice(0).forEach((resolve) => resolve());
	}

	/** Resolves when every item that entered has left. */
	async whenIdle(): Promise<void> {
		if (this.open === 0) return;
		await new Promise<void>((resolve) => this.idle.push(resolve));
	}
}

/** One item on its way through prepare, send and receive. */
export interface ChatItem {
	readonly run: ChatRun;
	readonly index: number;
	/** As n8n's routing has put them together. */
	readonly requestOptions: IHttpRequestOptions;
	settings?: ChatSettings;
	/** The checked body; its absence means that `problem` says why. */
	body?: WireRequest;
	/** What a JSON answer is checked against, if anything. */
	schema?: AnswerSchema;
	problem?: unknown;
	media?: Media[];
	access?: Access;
	/** Undefined where nobody listens. */
	readonly live: LiveItem | undefined;
	timeoutMs?: number;
}

/** The newest run of each node execution; n8n hands all items of it the same execute data. */
const runs = new WeakMap<object, ChatRun>();
/** Found by the item's request options. */
const items = new WeakMap<object, ChatItem>();

/** Finds the item's run, or begins one, and takes the item's place in it. */
export function openItem(
	context: IExecuteSingleFunctions,
	requestOptions: IHttpRequestOptions,
): ChatItem {
	const executeData = context.getExecuteData();
	const index = context.getItemIndex();
	let run = runs.get(executeData);
	// Retry On Fail and an agent's next tool call run the node again with the same execute data.
	if (run === undefined || index <= run.lastIndex) {
		run = new ChatRun(context);
		runs.set(executeData, run);
	}
	run.lastIndex = index;
	run.enter();
	const item: ChatItem = { run, index, requestOptions, live: run.live.join(index) };
	items.set(requestOptions, item);
	return item;
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

/** The item that `prepare` opened. */
export function itemOf(requestOptions: object): ChatItem {
	const item = items.get(requestOptions);
	if (item === undefined) throw new TypeError('This request was not prepared by MiniMax Chat');
	return item;
}
