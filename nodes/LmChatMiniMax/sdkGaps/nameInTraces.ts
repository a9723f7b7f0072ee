import type { Completion } from '../../minimax/completion';
import type { MiniMaxModel } from './model';
import type { Adapter, Generation } from './adapter';

/**
 * The SDK shows tracers (n8n's own, LangSmith, Langfuse) neither model nor settings, and gives LangChain's
 * cache the same key for every model and every set of tools.
 *
 * @param bound call options that hold for every call
 */
export function nameInTraces(model: Adapter, bound: Record<string, unknown>): void {
	const { provider, modelId, parameters } = model.chatModel;
	model.getLsParams = ({ stop }) => ({
		ls_provider: provider,
		ls_model_name: modelId,
		ls_model_type: 'chat',
		ls_temperature: parameters.temperature,
		ls_max_tokens: parameters.max_completion_tokens,
		ls_stop: stop,
	});
	model.invocationParams = ({ stop, tool_choice: choice }) => {
		const { tool_choice: chosen } = {
			...bound,
			...(choice !== undefined && { tool_choice: choice }),
		};
		return {
			...parameters,
			...(stop !== undefined && { stop }),
			...(chosen !== undefined && { tool_choice: chosen }),
		};
	};
	model._identifyingParams = () => ({ ...parameters, ...bound });
}

/** Of a streamed answer the SDK does not say which model gave it; of a whole one it does. */
export function nameModelOfStream(
	{ message }: Generation,
	completion: Completion | undefined,
	{ provider, modelId }: MiniMaxModel,
): void {
	if (completion === undefined) return;
	message.response_metadata = {
		...message.response_metadata,
		id: completion.id,
		model: modelId,
		provider,
		finish_reason: completion.finishReason,
	};
}
