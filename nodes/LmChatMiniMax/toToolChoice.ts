import { isRecord } from '../minimax/json/isRecord';
import { isHostedByMiniMax } from '../minimax/request/normalizeBaseUrl';

/**
 * LangChain's `tool_choice` as a field of the request: `auto`, `none`, `any` or `required`, or a tool by
 * its name, alone or in the shape of OpenAI or Anthropic.
 *
 * MiniMax's own API takes no other than `auto` and `none`
 * (https://platform.minimax.io/docs/api-reference/text-chat-openai), so there a forced call is left to the
 * model; vLLM, SGLang and gateways can force one.
 */
export function toToolChoice(choice: unknown, baseUrl: string): { tool_choice?: unknown } {
	const wanted = isRecord(choice) ? (nameOf(choice) ?? choice.type) : choice;
	if (typeof wanted !== 'string' || wanted === '') return {};
	if (wanted === 'auto' || wanted === 'none') return { tool_choice: wanted };
	if (isHostedByMiniMax(baseUrl)) return {};
	if (wanted === 'any' || wanted === 'required') return { tool_choice: 'required' };
	return { tool_choice: { type: 'function', function: { name: wanted } } };
}

function nameOf({ name, function: called }: Record<string, unknown>): unknown {
	return isRecord(called) ? called.name : name;
}
