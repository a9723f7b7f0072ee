import type { IDataObject, ISupplyDataFunctions } from 'n8n-workflow';

import { checkRequest } from '../minimax/request/checkRequest';
import { InvalidInput } from '../minimax/failure/invalidInput';
import { effortFor } from '../minimax/request/effortFor';
import { readAdditionalBody } from '../minimax/request/readAdditionalBody';
import { thinkingFor } from '../minimax/request/thinkingFor';
import type { TokenCount } from '../minimax/tokenCount';
import type { WireRequest } from '../minimax/wireTypes';
import { CREDENTIAL_TYPE, readAccess, type Access } from '../n8n/readAccess';
import { readCount } from '../n8n/readCount';
import { readNumberField } from '../n8n/readNumberField';
import { DEFAULT_MAX_RETRIES, DEFAULT_MAX_TOKENS } from '../n8n/requestFields';
import { tokensOfExecution } from '../n8n/tokenBudget';
import { invalidInputToNodeError } from '../n8n/toNodeError';
import { hasFallback } from './hasFallback';

/** What one supplied model needs for its requests. */
export interface ModelSetup {
	context: ISupplyDataFunctions;
	itemIndex: number;
	access: Access;
	/** The body without messages and tools. */
	request: WireRequest;
	additionalBody: Record<string, unknown>;
	maxRetries: number;
	/** Milliseconds without any success after which a request is given up. */
	patienceMs: number;
	/** Most tokens of one execution; 0 is no limit. */
	tokenBudget: number;
	/** What the node has used in this execution. */
	tokens: TokenCount;
}

/** The fallback model answers within ten seconds: the rest is for its own first words. */
const SECONDS_BEFORE_FALLBACK = 6;
const SECONDS_WITHOUT_FALLBACK = 300;

/** The node's parameters and credential, checked. Throws NodeOperationError. */
export async function readSetup(
	context: ISupplyDataFunctions,
	itemIndex: number,
): Promise<ModelSetup> {
	const credential = await context.getCredentials(CREDENTIAL_TYPE, itemIndex);
	const model: unknown = context.getNodeParameter('model', itemIndex, '', { extractValue: true });
	const options = context.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const { maxRetries, maxTokens, temperature, topP } = options;
	try {
		const request = checkRequest({
			model,
			messages: [],
			temperature,
			top_p: topP,
			max_completion_tokens: maxTokens ?? DEFAULT_MAX_TOKENS,
		});
		return {
			context,
			itemIndex,
			access: readAccess(credential),
			request: {
				...request,
				...thinkingFor(options.thinking, request.model),
				...effortFor(options.reasoningEffort, request.model),
			},
			additionalBody: readAdditionalBody(options.additionalBody, request.model),
			maxRetries: readCount(maxRetries, 'Max Retries', DEFAULT_MAX_RETRIES),
			patienceMs: 1000 * readPatience(context, options.giveUpAfter),
			tokenBudget: readCount(options.tokenBudget, 'Token Budget', 0),
			tokens: tokensOfExecution(context.getExecutionId(), context.getNode().id),
		};
	} catch (error) {
		if (!(error instanceof InvalidInput)) return await Promise.reject(error);
		const nodeError = invalidInputToNodeError(context.getNode(), error, { itemIndex });
		nodeError.functionality = 'configuration-node';
		return await Promise.reject(nodeError);
	}
}

/** In seconds. */
function readPatience(context: ISupplyDataFunctions, given: unknown): number {
	const seconds = readNumberField(given, 'Give Up After') ?? 0;
	if (seconds < 0) {
		throw new InvalidInput(
			`'Give Up After' is ${seconds}, but has to be a number of seconds`,
			"Set 'Give Up After' to the seconds a request may wait, or to 0 for automatic.",
		);
	}
	if (seconds > 0) return seconds;
	return hasFallback(context) ? SECONDS_BEFORE_FALLBACK : SECONDS_WITHOUT_FALLBACK;
}
