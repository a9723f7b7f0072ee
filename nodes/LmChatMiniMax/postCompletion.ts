import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { WireRequest } from '../minimax/wireTypes';
import { withSignal } from '../n8n/withSignal';
import type { ModelSetup } from './readSetup';

/** n8n's own default for requests of nodes; a chat model has no Request Options to change it. */
export const TIMEOUT_MS = 300_000;

/** Sends once, by n8n's HTTP helper, so that its proxy and address rules apply. */
export async function postCompletion(
	{ context, access }: ModelSetup,
	body: WireRequest,
	signal: AbortSignal,
): Promise<IN8nHttpFullResponse> {
	const response: IN8nHttpFullResponse = await context.helpers.httpRequestWithAuthentication.call(
		withSignal(context, signal),
		'miniMaxPlatformApi',
		{
			method: 'POST',
			baseURL: access.baseUrl,
			url: '/chat/completions',
			body,
			json: true,
			encoding: 'stream',
			timeout: TIMEOUT_MS,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// n8n sends the key along on redirects, also to another host.
			disableFollowRedirect: true,
		},
	);
	return response;
}
