import type {
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';

import { readCompletion } from '../minimax/readCompletion';
import { itemOf } from './chatRun';

/**
 * postReceive: reads the reply into the item's completion, passing the answer on as it comes where
 * somebody listens. `send` makes the output item of it.
 *
 * @throws FailureError with what had arrived
 */
export async function receive(
	this: IExecuteSingleFunctions,
	_items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
): Promise<INodeExecutionData[]> {
	const item = itemOf(this);
	const { access, body, live } = item;
	if (access === undefined || body === undefined) throw new TypeError('receive ran before send');
	item.accepted?.();
	item.completion = await readCompletion(
		{ status: response.statusCode, headers: response.headers, body: bodyOf(response) },
		{
			openerMayBeMissing: access.openerMayBeMissing,
			describe: { region: access.region, model: body.model, secrets: [access.apiKey] },
			timeoutMs: item.timeoutMs,
			onAnswer: live && ((text) => live.write(text)),
		},
	);
	return [];
}

/** A stream here; text when a proxy node or an older n8n has read it already. */
function bodyOf({ body }: IN8nHttpFullResponse): string | object {
	return typeof body === 'object' && body !== null ? body : String(body ?? '');
}
