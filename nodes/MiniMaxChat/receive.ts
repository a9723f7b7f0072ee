import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import { readHeader } from '../minimax/parseRetryAfter';
import { readCompletion } from '../minimax/readCompletion';
import { clock } from '../n8n/clock';
import { endSilence } from '../n8n/endSilence';
import { toReply } from '../n8n/toReply';
import type { ChatItem } from './chatRun';

/**
 * Reads the reply into the item's completion, passing the answer on as it comes where somebody listens.
 *
 * @param accepted is called when the API begins to answer
 * @param hangUp closes the connection
 * @throws FailureError with what had arrived
 */
export async function receive(
	{ access, body, live, timeoutMs }: ChatItem,
	response: IN8nHttpFullResponse,
	accepted: () => void,
	hangUp: () => void,
): Promise<Completion> {
	if (access === undefined || body === undefined) throw new TypeError('receive ran before send');
	if (beginsToAnswer(response)) accepted();
	const reply = toReply(response);
	const watched = timeoutMs ? endSilence(reply, { timeoutMs, clock, hangUp }) : reply;
	return await readCompletion(watched, {
		openerMayBeMissing: access.openerMayBeMissing,
		describe: { region: access.region, model: body.model, secrets: [access.apiKey] },
		timeoutMs,
		onAnswer: live && ((text) => live.write(text)),
	});
}

/** Refusals come in one piece, also with HTTP 200; of a whole answer `send` learns soon enough. */
function beginsToAnswer({ statusCode, headers }: IN8nHttpFullResponse): boolean {
	const type = readHeader(headers, 'content-type') ?? '';
	return statusCode === 200 && type.startsWith('text/event-stream');
}
