import type { Message } from '@n8n/ai-node-sdk';

import type { WireTool } from '../minimax/request/checkTools';
import type { Completion, ToolCall } from '../minimax/completion';
import { FailureError } from '../minimax/failure/failure';
import { InvalidInput } from '../minimax/failure/invalidInput';
import { finishBody } from '../minimax/request/finishBody';
import { mergeSystemMessages } from '../minimax/request/mergeSystemMessages';
import { findModel } from '../minimax/models';
import { paceFor } from '../n8n/paceFor';
import { sendInTime } from './sendInTime';
import type { WireAssistantMessage, WireRequest, WireRequestMessage } from '../minimax/wireTypes';
import { clock } from '../n8n/clock';
import { completionRequest, exchange } from '../n8n/exchange';
import { DEFAULT_TIMEOUT_MS } from '../n8n/readTimeout';
import { budgetReached, meter } from '../n8n/tokenBudget';
import { failureToNodeError, invalidInputToNodeError } from '../n8n/toNodeError';
import { checkTurn } from './checkTurn';
import { describeWait } from './describeWait';
import type { ModelSetup } from './readSetup';
import { restoreTurns } from './restoreTurns';
import { toToolChoice } from './toToolChoice';
import { toWireMessages } from './toWireMessages';
import { turnMemory, type TurnScope } from './turnMemory';

export interface TurnRequest {
	messages: Message[];
	tools: WireTool[];
	/** As LangChain's callers say it. */
	toolChoice?: unknown;
	/** Any of them ends the request, besides n8n's own. */
	signals: Array<AbortSignal | undefined>;
	/** Takes the answer as it comes, never the thinking. */
	onAnswer?: (text: string) => void;
}

/** What the model said, and its tool calls under the ids that n8n gets to see. */
export interface ShownTurn {
	completion: Completion;
	toolCalls: ToolCall[];
}

/**
 * One assistant turn: at the credential's pace, with retries, by n8n's HTTP helper.
 *
 * @throws NodeApiError, NodeOperationError, or the reason of the signal that ended it
 */
export async function requestTurn(setup: ModelSetup, request: TurnRequest): Promise<ShownTurn> {
	const signal = joinSignals([setup.context.getExecutionCancelSignal(), ...request.signals]);
	return await askForTurn(setup, request, signal).catch((error: unknown) =>
		Promise.reject(signal?.aborted ? error : toNodeError(error, setup)),
	);
}

async function askForTurn(
	setup: ModelSetup,
	request: TurnRequest,
	signal: AbortSignal | undefined,
): Promise<ShownTurn> {
	const { context, access } = setup;
	const scope: TurnScope = { access: access.paceKey, execution: context.getExecutionId() };
	const messages = toWireMessages(request.messages, seenBy(setup.request.model));
	const body = composeBody(setup, request, restore(messages, scope));
	const completion = await send(setup, body, signal, request.onAnswer);
	const { message, toolCalls } = completion;
	if (toolCalls.length === 0) return { completion, toolCalls };

	const taken = new Set(
		messages.flatMap(({ tool_calls: calls = [] }) => calls.map(({ id }) => id)),
	);
	const { calls } = turnMemory.keep(scope, asSent(message), toolCalls, taken);
	return { completion, toolCalls: calls.map(({ shownId, ...call }) => ({ ...call, id: shownId })) };
}

function toNodeError(error: unknown, { context, itemIndex }: ModelSetup): unknown {
	const node = context.getNode();
	const nodeError =
		error instanceof FailureError
			? failureToNodeError(node, error.failure, { itemIndex, remark: describeWait(error.failure) })
			: error instanceof InvalidInput && invalidInputToNodeError(node, error, { itemIndex });
	if (!nodeError) return error;
	nodeError.functionality = 'configuration-node';
	return nodeError;
}

/** Without the nulls of servers that list every field they know; some do not take them back. */
function asSent(message: WireAssistantMessage): WireRequestMessage {
	const fields: Array<[string, unknown]> = Object.entries(message);
	const sent = Object.fromEntries(fields.filter(([, value]) => value !== null));
	return { ...sent, role: 'assistant' };
}

function restore(messages: WireRequestMessage[], scope: TurnScope): WireRequestMessage[] {
	return restoreTurns(mergeSystemMessages(messages), (id, call) =>
		turnMemory.find(scope, id, call),
	);
}

function composeBody(
	{ request, additionalBody, access }: ModelSetup,
	{ tools, toolChoice }: TurnRequest,
	messages: WireRequestMessage[],
): WireRequest {
	const chosen = { tools, ...toToolChoice(toolChoice, access.baseUrl) };
	const asked = { ...request, messages, ...(tools.length > 0 && chosen) };
	return finishBody(asked, { streams: true, additional: additionalBody });
}

async function send(
	setup: ModelSetup,
	body: WireRequest,
	signal: AbortSignal | undefined,
	onAnswer: TurnRequest['onAnswer'],
): Promise<Completion> {
	const { context, access, tokens, tokenBudget } = setup;
	let hasAnswered = false;
	return await sendInTime(
		{
			pace: paceFor(access.paceKey),
			model: body.model,
			owner: setup,
			maxConcurrency: 0,
			maxRetries: setup.maxRetries,
			clock,
			signal,
			mayRetry: () => !hasAnswered,
			shouldStop: () =>
				tokens.hasReached(tokenBudget)
					? new FailureError(budgetReached(tokenBudget, tokens, 'execution'))
					: undefined,
			async attempt(_attempt, accepted) {
				const reply = exchange(context, {
					access,
					body,
					// A chat model has no Request Options to change it.
					requestOptions: { ...completionRequest, timeout: DEFAULT_TIMEOUT_MS },
					panel: 'model',
					signal,
					accepted,
					onAnswer:
						onAnswer &&
						((text) => {
							hasAnswered = true;
							onAnswer(text);
						}),
				});
				const completion = await meter(reply, (usage) => tokens.add(usage));
				checkTurn(completion, [access.apiKey]);
				return completion;
			},
		},
		setup.patienceMs,
	);
}

/** Models that are not known get everything: other servers have models of their own. */
function seenBy(model: string): { images: boolean; video: boolean } {
	return findModel(model) ?? { images: true, video: true };
}

function joinSignals(signals: Array<AbortSignal | undefined>): AbortSignal | undefined {
	const given = [...new Set(signals)].filter((signal) => signal !== undefined);
	return given.length > 1 ? AbortSignal.any(given) : given[0];
}
