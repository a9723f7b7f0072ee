import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import { findModel } from '../minimax/models';
import type { Panel } from '../minimax/failure/panelWords';
import { readHeader } from '../minimax/readHeader';
import { readCompletion, type ReadOptions } from '../minimax/reply/readCompletion';
import type { WireRequest } from '../minimax/wireTypes';
import { clock } from './clock';
import { endSilence } from './endSilence';
import type { Access } from './readAccess';
import { toReply } from './toReply';

export interface Receiving {
	access: Access;
	/** What was asked. */
	request: WireRequest;
	/** Of the node that shows a failure; MiniMax Chat's by default. */
	panel?: Panel;
	/** Silence that ends the reply, in milliseconds. */
	timeoutMs?: number;
	/** Called when the API begins to answer. */
	accepted: () => void;
	/** Closes the connection. */
	hangUp: () => void;
	/** Takes the answer as it comes. */
	onAnswer?: ReadOptions['onAnswer'];
}

/**
 * Reads a reply of n8n's HTTP helper into a completion, passing the answer on where somebody listens.
 *
 * @throws FailureError with what had arrived
 */
export async function receive(
	response: IN8nHttpFullResponse,
	{ access, request, panel, timeoutMs, accepted, hangUp, onAnswer }: Receiving,
): Promise<Completion> {
	if (beginsToAnswer(response)) accepted();
	const reply = toReply(response);
	const watched = timeoutMs ? endSilence(reply, { timeoutMs, clock, hangUp }) : reply;
	return await readCompletion(watched, {
		openerMayBeMissing: access.openerMayBeMissing && mayThink(request),
		describe: { region: access.region, model: request.model, panel, secrets: [access.apiKey] },
		timeoutMs,
		onAnswer,
	});
}

/** Where thinking is off, the text is the answer from its first word and need not be held back. */
function mayThink({ model, thinking }: WireRequest): boolean {
	return thinking?.type !== 'disabled' && findModel(model)?.thinking !== 'none';
}

/** Refusals come in one piece, also with HTTP 200; of a whole answer `send` learns soon enough. */
function beginsToAnswer({ statusCode, headers }: IN8nHttpFullResponse): boolean {
	const type = readHeader(headers, 'content-type') ?? '';
	return statusCode === 200 && type.startsWith('text/event-stream');
}
