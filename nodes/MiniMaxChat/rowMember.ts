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
}

/** What a request with several rows came to for one of them. */
export type RowOutcome =
	| { type: 'answered'; completion: Completion }
	| { type: 'failed'; error: unknown }
	/** It has to be asked for alone; with its share of the requests that gave no answer for it. */
	| { type: 'alone'; spent: TokenUsage | null };
