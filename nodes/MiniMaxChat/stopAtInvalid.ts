import { failureOf } from '../minimax/failure/failure';
import { InvalidInput } from '../minimax/failure/invalidInput';
import { putInputIntoWords } from '../n8n/words/putInputIntoWords';
import type { ChatRun } from './chatRun';

/** Ends the sending where an item's input cannot be sent and a failing item ends the workflow. */
export function stopAtInvalid(run: ChatRun, error: unknown): void {
	if (!(error instanceof InvalidInput) || !run.stopsAtFailure) return;
	run.stop(failureOf({ kind: 'request-invalid', ...putInputIntoWords(error) }));
}
