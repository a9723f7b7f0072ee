import type { Completion } from '../../minimax/completion';
import { isAdapter, type Adapter, type LangChainOptions, type Message } from './adapter';
import { carryReasoning, restoreReasoning } from './carryReasoning';
import { closeLeftStreams } from './closeLeftStreams';
import { countTokensOffline } from './countTokensOffline';
import { giveTextAsString } from './giveTextAsString';
import { nameInTraces, nameModelOfStream } from './nameInTraces';
import { numberToolCalls } from './numberToolCalls';
import { passFiles } from './passFiles';
import { attachUsage, showUsage } from './showUsage';
import { structureOutput } from './structureOutput';

/**
 * Closes the gaps between LangChain's contract and the LangChain model of n8n's SDK, one function a gap.
 * Each says what is missing, as of @n8n/ai-utilities 0.34.1 (n8n 2.41.1); test/LmChatMiniMax/sdkGaps.test.ts
 * holds the bare SDK to it and fails once a gap is closed there, so that its function can go.
 *
 * Anything else than that model comes back as it is.
 */
export function closeSdkGaps(response: unknown): unknown {
	return isAdapter(response) ? close(response, {}) : response;
}

/** @param bound call options that `bindTools` was given */
function close(model: Adapter, bound: Record<string, unknown>): Adapter {
	const generate = model._generate.bind(model);
	const stream = model._streamResponseChunks.bind(model);
	const bindTools = model.bindTools.bind(model);

	model._generate = async (messages, options, manager) => {
		const seen = watchCompletion({ ...bound, ...options });
		const result = await generate(messages.map(prepareMessage), seen.options, manager);
		for (const generation of result.generations) {
			giveTextAsString(generation);
			carryReasoning(generation, seen.completion());
			attachUsage(generation, seen.completion());
		}
		return result;
	};
	model._streamResponseChunks = async function* (messages, options, manager) {
		const seen = watchCompletion({ ...bound, ...options });
		const number = numberToolCalls();
		for await (const piece of stream(messages.map(prepareMessage), seen.options, manager)) {
			const isLast = piece.generationInfo?.finish_reason !== undefined;
			const completion = isLast ? seen.completion() : undefined;
			number(piece);
			giveTextAsString(piece);
			carryReasoning(piece, completion);
			attachUsage(piece, completion);
			nameModelOfStream(piece, completion, model.chatModel);
			yield piece;
		}
	};
	// The SDK drops what LangChain's agents pass on with the tools, above all `tool_choice`.
	model.bindTools = (tools, options) => close(bindTools(tools), { ...bound, ...options });
	closeLeftStreams(model);
	countTokensOffline(model);
	nameInTraces(model, bound);
	showUsage(model);
	structureOutput(model);
	return model;
}

function prepareMessage(message: Message): Message {
	return passFiles(restoreReasoning(message));
}

/** Passes on the settings of a call that the SDK's conversion drops. */
function watchCompletion(options: LangChainOptions) {
	let completion: Completion | undefined;
	return {
		options: { ...options, onCompletion: (received: Completion) => (completion = received) },
		completion: () => completion,
	};
}
