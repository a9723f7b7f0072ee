import type { FailureCause } from './causes';

type Sign = RegExp | ((words: string) => boolean);

/**
 * What is wrong with a request, by the server's words. Code 2013 stands for all of these, and self-hosted
 * servers send no code at all. The first that fits counts.
 */
const CAUSE_OF_WORDS: ReadonlyArray<[Sign, FailureCause]> = [
	// vLLM subtracts the prompt from the context, so what is left for the answer may be negative.
	[/max_(?:completion_)?tokens must be at least 1, got -/i, 'context-exceeded'],
	[
		/context[_ ](?:window|length|size)|prompt is too long|longer than the model's|max_new_tokens` must be <=|maximum (?:input|prompt|sequence) length/i,
		'context-exceeded',
	],
	[/reasoning[_ ]effort/i, 'effort-refused'],
	[/unknown model|model_not_found/i, 'model-unknown'],
	[saysModelIsUnknown, 'model-unknown'],
	[/max[_ ](?:completion[_ ])?tokens/i, 'max-tokens-too-high'],
	[/function arguments/i, 'tool-arguments-invalid'],
	[/tool (?:call )?result|tool[_ ]?(?:call[_ ])?id/i, 'tool-result-stray'],
	[/invalid tool type|function name or parameters|tool_choice|\btools?\b/i, 'tools-unusable'],
	[/message role/i, 'role-refused'],
	[/invalid chat setting/i, 'message-order-refused'],
	[/thinking/i, 'thinking-refused'],
	[/content is empty|messages? (?:is|are) empty|empty messages?/i, 'messages-empty'],
	[/temperature/i, 'temperature-refused'],
	[/top_p/i, 'top-p-refused'],
	[/image|video|media|mm_file|multimodal/i, 'media-unusable'],
];

/** What the server does not take, as far as its own words tell; null when they do not. */
export function causeOfWords(apiMessage: string): FailureCause | null {
	const says = (sign: Sign): boolean =>
		typeof sign === 'function' ? sign(apiMessage) : sign.test(apiMessage);
	return CAUSE_OF_WORDS.find(([sign]) => says(sign))?.[1] ?? null;
}

/** ``The model `…` does not exist.`` In two steps, as one expression would take long on a long text. */
function saysModelIsUnknown(words: string): boolean {
	const at = words.search(/\bmodel\b/i);
	return at !== -1 && /not exist|not found|not supported/i.test(words.slice(at));
}
