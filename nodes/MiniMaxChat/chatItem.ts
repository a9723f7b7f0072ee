import type { IHttpRequestOptions } from 'n8n-workflow';

import type { ColumnPlan } from '../minimax/columns/compileColumns';
import type { AnswerSchema } from '../minimax/jsonAnswer/readSchema';
import type { RowPlan } from '../minimax/rows/planRow';
import type { WireRequest } from '../minimax/wireTypes';
import type { ChatRun } from './chatRun';
import type { LiveItem } from './liveOutput';
import type { Media } from './planMedia';
import type { ChatSettings } from './readSettings';

/** What one item asks for, checked. */
export interface Prepared {
	settings: ChatSettings;
	/** The request without its files. */
	body: WireRequest;
	/** The columns that are asked for, if any. */
	columns: ColumnPlan | undefined;
	/** What a JSON answer is checked against, if anything. */
	schema: AnswerSchema | undefined;
	/** How the item may share a request with others, if it may. */
	plan: RowPlan | undefined;
	/** Files and addresses for the last user message. */
	media: Media[];
}

/** One item on its way from `prepare` to `send`. */
export type ChatItem = {
	readonly run: ChatRun;
	readonly index: number;
	/** As n8n's routing has put them together; `timeout` is in milliseconds. */
	readonly requestOptions: IHttpRequestOptions;
	/** Undefined where nobody listens. */
	readonly live: LiveItem | undefined;
} & ({ readonly prepared: Prepared } | { readonly problem: unknown });

/** An item that can be sent. */
export type PreparedItem = Extract<ChatItem, { prepared: Prepared }>;

/** n8n hands the options on from one hook to the next. */
const items = new WeakMap<object, ChatItem>();

/** Called by `prepare`. */
export function keepItem(item: ChatItem): void {
	items.set(item.requestOptions, item);
}

/** The item that `prepare` has kept. */
export function itemOf(requestOptions: object): ChatItem {
	const item = items.get(requestOptions);
	if (item === undefined) throw new TypeError('This request was not prepared by MiniMax Chat');
	return item;
}
