/**
 * What the API offers, with its limits:
 * https://platform.minimax.io/docs/api-reference/text-chat-openai
 */
export interface Model {
	id: string;
	created: number;
	contextTokens: number;
	maxOutputTokens: number;
	/** `temperature` must be above this (M2) or at least this (M3, where zero is allowed). */
	zeroAllowed: boolean;
	maxTemperature: number;
	thinking: 'always' | 'adaptive-only' | 'switchable' | 'none';
	/** Whether `reasoning_effort` is obeyed. */
	hasEffort: boolean;
	seesMedia: boolean;
	/** Thinking comes in reasoning_content without being asked for. */
	splitsByItself: boolean;
	/** M2.5 and older leave out `name`, `audio_content` and the line ends inside think tags. */
	bare: boolean;
	/** M3 leaves reasoning_tokens out of usage, M3.1-Flash reports 0. */
	reasoningTokens: 'counted' | 'zero' | 'missing';
	/** A preamble of the server that each prompt is charged with, and how much of it is cached. */
	preambleTokens: number;
	preambleCached: number;
	listed: boolean;
}

const m2: Omit<Model, 'id' | 'created'> = {
	contextTokens: 204_800,
	maxOutputTokens: 204_800,
	zeroAllowed: false,
	maxTemperature: 1,
	thinking: 'always',
	hasEffort: false,
	seesMedia: false,
	splitsByItself: false,
	bare: false,
	reasoningTokens: 'counted',
	preambleTokens: 24,
	preambleCached: 0,
	listed: true,
};

const olderM2: Omit<Model, 'id' | 'created'> = { ...m2, bare: true, reasoningTokens: 'missing' };

const m3: Omit<Model, 'id' | 'created'> = {
	...m2,
	contextTokens: 1_000_000,
	maxOutputTokens: 524_288,
	zeroAllowed: true,
	maxTemperature: 2,
	thinking: 'switchable',
	seesMedia: true,
	reasoningTokens: 'missing',
	preambleTokens: 170,
	preambleCached: 114,
};

const m31: Omit<Model, 'id' | 'created'> = {
	...m3,
	thinking: 'adaptive-only',
	hasEffort: true,
	splitsByItself: true,
	reasoningTokens: 'zero',
};

const her: Omit<Model, 'id' | 'created'> = {
	...m2,
	contextTokens: 65_536,
	maxOutputTokens: 2_048,
	thinking: 'none',
};

export const models: readonly Model[] = [
	{ ...m31, id: 'MiniMax-M3.1-Flash', created: 1_791_820_800 },
	// Callable, but absent from the list of the real API.
	{ ...m31, id: 'MiniMax-M3.1-Flash-Preview', created: 1_790_784_000, listed: false },
	{ ...m3, id: 'MiniMax-M3', created: 1_780_185_600 },
	{ ...m2, id: 'MiniMax-M2.7', created: 1_773_792_000 },
	{ ...m2, id: 'MiniMax-M2.7-highspeed', created: 1_773_792_000 },
	{ ...olderM2, id: 'MiniMax-M2.5', created: 1_770_940_800 },
	{ ...olderM2, id: 'MiniMax-M2.5-highspeed', created: 1_770_940_800 },
	{ ...olderM2, id: 'MiniMax-M2.1', created: 1_766_448_000 },
	{ ...olderM2, id: 'MiniMax-M2.1-highspeed', created: 1_766_448_000 },
	{ ...olderM2, id: 'MiniMax-M2', created: 1_761_523_200 },
	{ ...her, id: 'M2-her', created: 1_769_126_400 },
];

const byId = new Map(models.map((model) => [model.id, model]));

export function findModel(id: string): Model | undefined {
	return byId.get(id);
}

/** A model under a free name, as vLLM and SGLang serve it. */
export function selfHostedModel(id: string): Model {
	return {
		...m2,
		id,
		created: 0,
		zeroAllowed: true,
		maxTemperature: 2,
		thinking: 'switchable',
		seesMedia: true,
		reasoningTokens: 'missing',
		preambleTokens: 12,
	};
}
