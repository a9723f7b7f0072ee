import type { IN8nHttpFullResponse } from 'n8n-workflow';

import type { Completion } from '../minimax/completion';
import { FailureError } from '../minimax/failure/failure';
import { findModel } from '../minimax/models';
import { readHeader } from '../minimax/readHeader';
import { readCompletion, type ReadOptions } from '../minimax/reply/readCompletion';
import type { SilenceWatch } from '../minimax/reply/watchSilence';
import type { WireRequest } from '../minimax/wireTypes';
import type { Access } from './readAccess';
import { toReply } from './toReply';
import type { Panel } from './words/panels';
import { putIntoWords } from './words/putIntoWords';

export interface Receiving {
	access: Access;
	/** What was asked. */
	request: WireRequest;
	/** Of the node that shows a failure; MiniMax Chat's by default. */
	panel?: Panel;
	/** Ends the reply when nothing of an answer comes for too long. */
	silence: SilenceWatch;
	/** Called when the API begins to answer. */
	accepted: () => void;
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
	{ access, request, panel = 'chat', silence, accepted, onAnswer }: Receiving,
): Promise<Completion> {
	if (beginsToAnswer(response)) accepted();
	const { region, apiKey } = access;
	const result = await readCompletion(toReply(response), {
		openerMayBeMissing: access.openerMayBeMissing && mayThink(request),
		alwaysThinks: findModel(request.model)?.thinking === 'always',
		secrets: [apiKey],
		silence,
		onAnswer,
	});
	if ('completion' in result) return result.completion;
	throw new FailureError(putIntoWords(result.failure, { region, model: request.model, panel }));
}

/** Where thinking is off, the text is the answer from its first word, so the splitter need not hold it back. */
function mayThink({ model, thinking }: WireRequest): boolean {
	return thinking?.type !== 'disabled' && findModel(model)?.thinking !== 'none';
}

/** Only a stream is an acceptance: a reply in one piece may be a refusal, also with HTTP 200. */
function beginsToAnswer({ statusCode, headers }: IN8nHttpFullResponse): boolean {
	const type = readHeader(headers, 'content-type') ?? '';
	return statusCode === 200 && type.startsWith('text/event-stream');
}
