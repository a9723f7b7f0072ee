import type { Completion } from '../../minimax/completion';
import { isRecord } from '../../minimax/json/isRecord';
import type { Adapter, Generation } from './adapter';

/** The SDK leaves the details of the usage out of streamed answers. */
export function attachUsage(generation: Generation, completion?: Completion): void {
	if (completion === undefined) return;
	generation.generationInfo = {
		...generation.generationInfo,
		finish_reason: completion.finishReason,
	};
	const { promptTokens, completionTokens, totalTokens, cachedTokens, reasoningTokens } =
		completion.usage;
	const { message } = generation;
	if (message.usage_metadata === undefined || promptTokens === null) return;
	message.usage_metadata = {
		...message.usage_metadata,
		...(cachedTokens !== null && { input_token_details: { cache_read: cachedTokens } }),
		...(reasoningTokens !== null && { output_token_details: { reasoning: reasoningTokens } }),
	};
	generation.generationInfo.tokenUsage = {
		promptTokens,
		completionTokens: completionTokens ?? 0,
		totalTokens: totalTokens ?? promptTokens + (completionTokens ?? 0),
		...(cachedTokens !== null && { cachedTokens }),
		...(reasoningTokens !== null && { reasoningTokens }),
	};
}

/** n8n's log of the model shows an estimate where the SDK's parser finds no usage, as in every streamed answer. */
export function showUsage({ callbacks }: Pick<Adapter, 'callbacks'>): void {
	for (const callback of Array.isArray(callbacks) ? callbacks : []) {
		if (!isRecord(callback) || !isRecord(callback.options)) continue;
		const { options } = callback;
		const parse = options.tokensUsageParser;
		if (typeof parse !== 'function') continue;
		options.tokensUsageParser = (result: { generations?: Generation[][] }): unknown =>
			result.generations?.[0]?.[0]?.generationInfo?.tokenUsage ?? parse(result);
	}
}
