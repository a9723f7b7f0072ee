import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import { readHeader } from '../minimax/parseRetryAfter';
import { readCompletion, type ReadOptions } from '../minimax/readCompletion';
import { clock } from './clock';
import { endSilence } from './endSilence';
import type { Access } from './readAccess';
import { toReply } from './toReply';

export interface Receiving {
	access: Access;
	/** The model asked for. */
	model: string;
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
	{ access, model, timeoutMs, accepted, hangUp, onAnswer }: Receiving,
): Promise<Completion> {
	if (beginsToAnswer(response)) accepted();
	const reply = toReply(response);
	const watched = timeoutMs ? endSilence(reply, { timeoutMs, clock, hangUp }) : reply;
	return await readCompletion(watched, {
		openerMayBeMissing: access.openerMayBeMissing,
		describe: { region: access.region, model, secrets: [access.apiKey] },
		timeoutMs,
		onAnswer,
	});
}

/** Refusals come in one piece, also with HTTP 200; of a whole answer `send` learns soon enough. */
function beginsToAnswer({ statusCode, headers }: IN8nHttpFullResponse): boolean {
	const type = readHeader(headers, 'content-type') ?? '';
	return statusCode === 200 && type.startsWith('text/event-stream');
}
