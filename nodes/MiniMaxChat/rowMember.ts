import type { IExecutePaginationFunctions } from 'n8n-workflow';

import type { Completion, TokenUsage } from '../minimax/completion';
import type { RowPlan } from '../minimax/rows/planRow';
import type { Access } from '../n8n/readAccess';
import type { PreparedItem } from './chatItem';

/** An item that shares its request with others. */
export interface RowMember {
	context: IExecutePaginationFunctions;
	item: PreparedItem;
	access: Access;
	plan: RowPlan;
	/** What it has cost in requests that gave no answer for it. */
	spent: TokenUsage | null;
}

/** What a request with several rows came to for one of them. */
export type RowOutcome =
	| { type: 'answered'; completion: Completion }
	| { type: 'failed'; error: unknown }
	/** The request was answered, but not for this row: it may be asked for with others once more. */
	| { type: 'missing'; spent: TokenUsage | null }
	/** It has to be asked for alone. */
	| { type: 'alone'; spent: TokenUsage | null };
