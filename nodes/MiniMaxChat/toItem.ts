import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import { completionToItem, rawItem } from '../minimax/completionToItem';
import type { ChatItem } from './chatRun';

/** The output item: simplified, or the API's own object. */
export function toItem({ index, settings }: ChatItem, completion: Completion): INodeExecutionData {
	const json = settings?.simplify === false ? rawItem(completion) : completionToItem(completion);
	return { json: json as IDataObject, pairedItem: { item: index } };
}
