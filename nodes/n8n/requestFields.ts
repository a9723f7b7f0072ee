import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_MAX_RETRIES = 5;
export const DEFAULT_MAX_TOKENS = 8192;

/** Fields that mean the same in both nodes; each adds where they show and how they are sent. */
export const temperatureField: INodeProperties = {
	displayName: 'Temperature',
	name: 'temperature',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 2 },
	default: 1,
	description:
		'How varied the answers are. M2 models take more than 0 up to 1, M3 models 0 to 2. For the steadiest answers use 0.01.',
};

export const topPField: INodeProperties = {
	displayName: 'Top P',
	name: 'topP',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: 0.95,
	description:
		'Share of the likeliest words the model chooses from, up to 1. Change this or Temperature, not both.',
};

/** How thinking weighs on the limit, for both nodes: 6,400 tokens were seen on a simple task. */
export const THINKING_COUNTS =
	"Thinking counts against it, so keep it above 2000. MiniMax-M3.1-Flash thinks for 6000 tokens and more: give it 16000, or lower 'Reasoning Effort'";

export const maxRetriesField: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: DEFAULT_MAX_RETRIES,
	description:
		'How often a request is repeated after a fault of the server or the connection. Waiting for a rate limit does not count.',
};

export const thinkingField: INodeProperties = {
	displayName: 'Thinking',
	name: 'thinking',
	type: 'options',
	options: [
		{ name: 'Adaptive', value: 'adaptive', description: 'The model decides how much to think' },
		{ name: 'Default', value: 'default', description: 'As the API does by itself' },
		{ name: 'Disabled', value: 'disabled', description: 'Answer at once' },
	],
	default: 'default',
	description:
		'MiniMax-M3 obeys this. M2 models and M3.1-Flash always think, so it is not sent to them.',
};

const EFFORTS: Array<[value: string, name: string, description: string]> = [
	['default', 'Default', 'As the API does by itself; M3.1-Flash then thinks as much as it can'],
	['low', 'Low', 'Quick answers: about 600 tokens of thinking where Max takes 6,400'],
	['medium', 'Medium', ''],
	['high', 'High', ''],
	['xhigh', 'Extra High', ''],
	['max', 'Max', 'As thorough as the model can be'],
];

export const reasoningEffortField: INodeProperties = {
	displayName: 'Reasoning Effort',
	name: 'reasoningEffort',
	type: 'options',
	// From the least to the most.
	options: EFFORTS.map(([value, name, description]) => ({
		name,
		value,
		...(description !== '' && { description }),
	})),
	default: 'default',
	description:
		'How much the model thinks before it answers. MiniMax-M3.1-Flash obeys this; it is not sent to models that are known to have no levels.',
};

export const tokenBudgetField: INodeProperties = {
	displayName: 'Token Budget',
	name: 'tokenBudget',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
	description:
		'Most tokens, input and output together, that one run of this node may use. Once they are used nothing more is sent, and the items left over fail. 0 is no limit.',
};

export const additionalBodyField: INodeProperties = {
	displayName: 'Additional Body Fields',
	name: 'additionalBody',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "seed": 7 }',
	description: 'Fields to add to the request body. They win over all others, except stream.',
};
