import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { type Failure, type FailureKind } from '../minimax/failure/failure';
import { InvalidInput } from '../minimax/failure/invalidInput';
import { nameCredential } from './nameCredential';
import { putInputIntoWords } from './words/putInputIntoWords';

type NodeErrorOptions = NonNullable<ConstructorParameters<typeof NodeApiError>[2]>;
/** Read by n8n 2.37 and later, ignored by older ones. */
type EngineFailure = NodeErrorOptions['failure'];

function engineFailure(kind: FailureKind, retryAfterMs: number | null): EngineFailure {
	const wait = retryAfterMs === null ? {} : { retryAfterMs };
	switch (kind) {
		case 'rate-limited':
			return { cause: 'rate-limited', ...wait };
		case 'overloaded':
		case 'server-fault':
		case 'connection-lost':
		case 'timed-out':
			return { cause: 'temporarily-unavailable', ...wait };
		case 'quota-exhausted':
		case 'balance-exhausted':
			return { cause: 'quota-exhausted' };
		case 'credential-invalid':
			return { cause: 'credential-invalid' };
		case 'request-invalid':
		case 'plan-lacks-model':
			return { cause: 'configuration-invalid' };
		default:
			return undefined;
	}
}

/** Where in a node run something happened, and what to add to its words. */
export interface Occurrence {
	itemIndex: number;
	/** Joined to the message in square brackets. */
	remark?: string;
	/** A further sentence of advice. */
	advice?: string;
}

/** The error n8n shows for a failed request. Built from words only, so no request data gets into it. */
export function failureToNodeError(
	node: INode,
	failure: Failure,
	{ itemIndex, remark, advice }: Occurrence,
): NodeApiError {
	const message = withRemark(failure.message, remark);
	const error = new NodeApiError(
		node,
		{ message },
		{
			message,
			description: nameCredential(adviceOn(failure, advice), node),
			httpCode: failure.httpStatus === null ? undefined : String(failure.httpStatus),
			itemIndex,
			failure: engineFailure(failure.kind, failure.retryAfterMs),
		},
	);
	error.context.data = errorDetails(failure);
	return error;
}

/** What an error item carries besides the message; everything the API said and what was paid for. */
export function errorDetails(failure: Failure) {
	const { httpStatus, code, apiMessage, requestId, attempts, partial } = failure;
	return {
		httpCode: httpStatus,
		code,
		apiMessage,
		requestId,
		...(attempts !== undefined && { attempts }),
		...(partial !== null && { partial: { ...partial, usage: { ...partial.usage } } }),
	};
}

/** The error n8n shows for input that was refused before anything was sent. */
export function invalidInputToNodeError(
	node: INode,
	invalid: InvalidInput,
	{ itemIndex, remark }: Occurrence,
): NodeOperationError {
	const { message, description } = putInputIntoWords(invalid);
	return new NodeOperationError(node, withRemark(message, remark), {
		description: nameCredential(description, node),
		itemIndex,
	});
}

/** What to do, with a further sentence of advice, and the ID by which MiniMax finds the request. */
export function adviceOn({ description, requestId }: Failure, advice = ''): string {
	const request = requestId === null ? '' : `Request ID: ${requestId}.`;
	const advised = /[.!?]$/.test(description) ? description : `${description}.`;
	return [advised, advice, request].filter((sentence) => sentence !== '').join(' ');
}

/** `message [remark]`, or the message alone. */
export function withRemark(message: string, remark?: string): string {
	return remark === undefined ? message : `${message} [${remark}]`;
}
