import type { INodeProperties } from 'n8n-workflow';

import {
	additionalBodyField,
	DEFAULT_MAX_TOKENS,
	maxRetriesField,
	reasoningEffortField,
	temperatureField,
	THINKING_COUNTS,
	thinkingField,
	tokenBudgetField,
	topPField,
} from '../n8n/requestFields';

const answer: INodeProperties[] = [
	{
		displayName: 'Max Tokens',
		name: 'maxTokens',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: DEFAULT_MAX_TOKENS,
		description: `Upper limit of tokens to generate in one turn. ${THINKING_COUNTS}.`,
	},
	temperatureField,
	topPField,
];

const thinking: INodeProperties[] = [thinkingField, reasoningEffortField];

const patience: INodeProperties[] = [
	maxRetriesField,
	{
		displayName: 'Give Up After',
		name: 'giveUpAfter',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'Seconds to wait for a model that is overloaded or refuses requests for their rate. 0 is automatic: 6 seconds where the agent or chain has its fallback model enabled, else 5 minutes.',
	},
	{
		...tokenBudgetField,
		description:
			'Most tokens, input and output together, that this model may use in one execution. Once they are used nothing more is sent, so that an agent that runs in circles ends. 0 is no limit.',
	},
];

const request: INodeProperties[] = [additionalBodyField];

/** Everything optional, in the order of MiniMax Chat: those that belong together side by side. */
export const modelOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...answer, ...thinking, ...patience, ...request],
};
