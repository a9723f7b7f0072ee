import type {
	IExecutePaginationFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	ISupplyDataFunctions,
} from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import type { ReadOptions } from '../minimax/reply/readCompletion';
import { watchSilence } from '../minimax/reply/watchSilence';
import type { WireRequest } from '../minimax/wireTypes';
import { asFailure } from './asFailure';
import { clock } from './clock';
import type { Access } from './readAccess';
import { readTimeout } from './readTimeout';
import { receive } from './receive';
import { withSignal } from './withSignal';
import type { Panel } from './words/panels';

/** What n8n's HTTP helper is given for every request for a completion. */
export const completionRequest = {
	method: 'POST',
	url: '/chat/completions',
	encoding: 'stream',
	ignoreHttpStatusErrors: true,
	// n8n sends the key along on redirects, also to another host.
	disableFollowRedirect: true,
} as const satisfies IHttpRequestOptions;

export interface Exchange {
	access: Access;
	body: WireRequest;
	/** `completionRequest` and what belongs to the node: its timeout in milliseconds, its proxy. */
	requestOptions: IHttpRequestOptions;
	/** Of the node that shows a failure; MiniMax Chat's by default. */
	panel?: Panel;
	/** Ends the exchange. */
	signal: AbortSignal | undefined;
	/** Called when the API begins to answer. */
	accepted: () => void;
	/** Called when a reply has come, whatever it says, or the connection has failed. */
	onConnection?: (state: 'answered' | 'lost') => void;
	/** Takes the answer as it comes, never the thinking. */
	onAnswer?: ReadOptions['onAnswer'];
}

/**
 * Sends one request by n8n's HTTP helper, so that its proxy and address rules apply, and reads the reply
 * into a completion.
 *
 * @throws FailureError with what had arrived, or what n8n throws for a stopped execution
 */
export async function exchange(
	context: IExecutePaginationFunctions | ISupplyDataFunctions,
	{ access, body, requestOptions, panel, signal, accepted, onConnection, onAnswer }: Exchange,
): Promise<Completion> {
	const { baseUrl: baseURL, credentialsDecrypted } = access;
	const connection = new AbortController();
	const signals = signal === undefined ? [connection.signal] : [connection.signal, signal];
	const silence = watchSilence({
		timeoutMs: readTimeout(requestOptions.timeout),
		timer: clock,
		hangUp: () => connection.abort(),
	});
	let response: IN8nHttpFullResponse;
	try {
		// n8n's HTTP client waits for ever for the reply that HTTP 101 announces.
		response = await silence.wait<IN8nHttpFullResponse>(
			context.helpers.httpRequestWithAuthentication.call(
				withSignal(context, AbortSignal.any(signals)),
				credentialsDecrypted.type,
				// A copy: n8n writes headers and flags into the options it sends.
				{ ...requestOptions, baseURL, body, returnFullResponse: true },
				{ credentialsDecrypted },
			),
		);
	} catch (error) {
		onConnection?.('lost');
		return await Promise.reject(asFailure(error, access, body.model, signal, panel));
	}
	silence.moved();
	onConnection?.('answered');
	return await receive(response, {
		access,
		request: body,
		panel,
		silence,
		accepted,
		onAnswer,
	});
}
