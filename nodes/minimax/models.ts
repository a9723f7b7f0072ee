/** A span of numbers a parameter may take. */
export interface NumberRange {
	min: number;
	minExclusive: boolean;
	max: number;
}

export interface KnownModel {
	/** As documented; the API takes it in any case. */
	id: string;
	contextTokens: number;
	maxOutputTokens: number;
	temperature: NumberRange;
	topP: NumberRange;
	images: boolean;
	video: boolean;
	/** `always`: cannot be switched off; `switchable`: `thinking.type` is obeyed. */
	thinking: 'always' | 'switchable' | 'none';
	/** Whether the model takes a thinking effort (low, medium, high, xhigh, max). */
	effort: boolean;
	/** Roles on top of system, user, assistant and tool. */
	extraRoles: readonly string[];
	/** When the API began to serve it (ISO date), for the order of the list. */
	released: string;
	/** What it is in a few words, for the model list. */
	summary: string;
}

const ABOVE_ZERO_TO_ONE: NumberRange = { min: 0, minExclusive: true, max: 1 };
const ZERO_TO_ONE: NumberRange = { min: 0, minExclusive: false, max: 1 };
const ZERO_TO_TWO: NumberRange = { min: 0, minExclusive: false, max: 2 };

type ModelFamily = Omit<KnownModel, 'id' | 'released'>;

/**
 * The page says that values outside (0, 1] are rejected. A live probe of April 2026 saw 0 accepted
 * and not deterministic, so nothing is lost by keeping to the page.
 */
const M2: ModelFamily = {
	contextTokens: 204_800,
	maxOutputTokens: 204_800,
	temperature: ABOVE_ZERO_TO_ONE,
	topP: ABOVE_ZERO_TO_ONE,
	images: false,
	video: false,
	thinking: 'always',
	effort: false,
	extraRoles: [],
	summary: '200K context, text only',
};

const M3: ModelFamily = {
	contextTokens: 1_000_000,
	maxOutputTokens: 524_288,
	temperature: ZERO_TO_TWO,
	topP: ZERO_TO_ONE,
	images: true,
	video: true,
	thinking: 'switchable',
	effort: false,
	extraRoles: [],
	summary: '1M context, sees images',
};

/** Rejects `thinking.type: disabled` (400, "requires adaptive thinking"). */
const M3_FLASH: ModelFamily = {
	...M3,
	thinking: 'always',
	effort: true,
	summary: '1M context, sees images, always thinks',
};

/**
 * Roles: https://platform.minimaxi.com/docs/guides/text-chat
 * Output limit: the role-play edition of the chat page, the only one that says 2048.
 */
const M2_HER: ModelFamily = {
	...M2,
	contextTokens: 65_536,
	maxOutputTokens: 2048,
	thinking: 'none',
	extraRoles: ['user_system', 'group', 'sample_message_user', 'sample_message_ai'],
	summary: 'role play, 64K context, short answers',
};

/**
 * M2.7 and M2.5, as dev.to/aihubmix quotes MiniMax's page of models in November 2026. The list shows about 58
 * characters of a name and its summary, and cuts off the rest.
 */
const RETIRED = 'retired for new users in Nov 2026';

/** Where nobody chooses another one. */
export const DEFAULT_MODEL = 'MiniMax-M3';

/** For advice that names a model. */
export const MODELS_OF_TODAY = 'MiniMax-M3 and MiniMax-M3.1-Flash';

/**
 * Models whose limits are known, newest first. Any other id is passed through without limits.
 * Limits: https://platform.minimax.io/docs/api-reference/text-chat-openai
 * Contexts and speeds: https://platform.minimax.io/docs/api-reference/text-openai-api
 */
export const KNOWN_MODELS: readonly KnownModel[] = [
	{ id: 'MiniMax-M3.1-Flash', ...M3_FLASH, released: '2026-10-19' },
	{
		id: 'MiniMax-M3.1-Flash-Preview',
		...M3_FLASH,
		released: '2026-10-01',
		summary: 'now served by M3.1-Flash',
	},
	{ id: 'MiniMax-M3', ...M3, released: '2026-05-31' },
	{ id: 'MiniMax-M2.7', ...M2, released: '2026-03-18', summary: RETIRED },
	{ id: 'MiniMax-M2.7-highspeed', ...M2, released: '2026-03-18', summary: RETIRED },
	{ id: 'MiniMax-M2.5', ...M2, released: '2026-02-13', summary: RETIRED },
	{ id: 'MiniMax-M2.5-highspeed', ...M2, released: '2026-02-13', summary: RETIRED },
	{ id: 'M2-her', ...M2_HER, released: '2026-01-23' },
	{ id: 'MiniMax-M2.1', ...M2, released: '2025-12-23' },
	{
		id: 'MiniMax-M2.1-highspeed',
		...M2,
		released: '2025-12-23',
		summary: `${M2.summary}, fast`,
	},
	{ id: 'MiniMax-M2', ...M2, released: '2025-10-27' },
];

/**
 * The known model of that id in any case, undefined for every other id. Ids of other hosts
 * (`minimax/minimax-m2.7`, `MiniMaxAI/MiniMax-M2`) stay unknown: those servers have their own limits.
 */
export function findModel(id: string): KnownModel | undefined {
	const wanted = id.trim().toLowerCase();
	return KNOWN_MODELS.find((model) => model.id.toLowerCase() === wanted);
}
