import { classifyConnection } from '../minimax/failure/classifyConnection';
import { FailureError } from '../minimax/failure/failure';
import { InvalidInput } from '../minimax/failure/invalidInput';
import type { Access } from './readAccess';
import type { Panel } from './words/panels';
import { putIntoWords } from './words/putIntoWords';

/**
 * What a request threw, as a FailureError: n8n wraps what its HTTP client throws. Our own errors, and
 * whatever ends a stopped execution, come back as they are.
 *
 * @param panel of the node that shows it
 */
export function asFailure(
	error: unknown,
	{ region, apiKey }: Access,
	model: string,
	signal: AbortSignal | undefined,
	panel: Panel = 'chat',
): unknown {
	const isOurs = error instanceof FailureError || error instanceof InvalidInput;
	if (isOurs || signal?.aborted === true || !(error instanceof Error)) return error;
	const verdict = classifyConnection(error, {
		hostExists: region !== 'custom',
		secrets: [apiKey],
	});
	return new FailureError(putIntoWords(verdict, { region, model, panel }));
}
