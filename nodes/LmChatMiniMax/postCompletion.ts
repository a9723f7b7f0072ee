import type { IN8nHttpFullResponse, ISupplyDataFunctions } from 'n8n-workflow';

import type { Reply } from '../minimax/readCompletion';
import type { WireRequest } from '../minimax/wireTypes';
import { toReply } from '../n8n/toReply';
import type { ModelSetup } from './readSetup';

/** Sends once, by n8n's HTTP helper, so that its proxy and address rules apply. */
export async function postCompletion(
	{ context, access }: ModelSetup,
	body: WireRequest,
	signal: AbortSignal | undefined,
): Promise<Reply> {
	const caller = withSignal(context, signal);
	const response: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication.call(
		caller,
		'miniMaxPlatformApi',
		{
			method: 'POST',
			baseURL: access.baseUrl,
			url: '/chat/completions',
			body,
			json: true,
			encoding: 'stream',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// n8n sends the key along on redirects, also to another host.
			disableFollowRedirect: true,
		},
	);
	return toReply(response);
}

/**
 * The context with another signal for stopping. The helper takes it from its caller, and overwrites one
 * in the options; closing the reply instead would wait for its next byte, as axios wraps the stream.
 */
function withSignal(
	context: ISupplyDataFunctions,
	signal: AbortSignal | undefined,
): ISupplyDataFunctions {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } });
}
