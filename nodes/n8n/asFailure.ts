import { describeConnectionFailure } from '../minimax/failure/describeConnectionFailure';
import { FailureError, InvalidInput } from '../minimax/failure/failure';
import type { Panel } from '../minimax/failure/panelWords';
import type { Access } from './readAccess';

/**
 * What a request threw, as a FailureError: n8n wraps what its HTTP client throws. Our own errors, and
 * whatever ends a stopped execution, come back as they are.
 *
 * @param panel of the node that shows it
 */
export function asFailure(
	error: unknown,
	access: Access,
	model: string,
	signal: AbortSignal | undefined,
	panel: Panel = 'chat',
): unknown {
	const isOurs = error instanceof FailureError || error instanceof InvalidInput;
	if (isOurs || signal?.aborted === true || !(error instanceof Error)) return error;
	const { region, apiKey } = access;
	return new FailureError(
		describeConnectionFailure(error, { region, model, panel, secrets: [apiKey] }),
	);
}
