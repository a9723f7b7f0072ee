import type { INodeProperties } from 'n8n-workflow';

import {
	DEFAULT_MAX_TOKENS,
	maxRetriesField,
	reasoningEffortField,
	temperatureField,
	THINKING_COUNTS,
	thinkingField,
	tokenBudgetField,
	topPField,
} from '../n8n/requestFields';

/** Everything optional; entries in alphabetical order as n8n's guidelines ask. */
export const modelOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Additional Body Fields',
			name: 'additionalBody',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. { "seed": 7 }',
			description: 'Fields to add to the request body. They win over all others, except stream.',
		},
		{
			displayName: 'Give Up After',
			name: 'giveUpAfter',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description:
				'Seconds to wait for a model that is overloaded or refuses requests for their rate. 0 is automatic: 6 seconds where the agent or chain has its fallback model enabled, else 5 minutes.',
		},
		maxRetriesField,
		{
			displayName: 'Max Tokens',
			name: 'maxTokens',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: DEFAULT_MAX_TOKENS,
			description: `Upper limit of tokens to generate in one turn. ${THINKING_COUNTS}.`,
		},
		reasoningEffortField,
		temperatureField,
		thinkingField,
		{
			...tokenBudgetField,
			description:
				'Most tokens, input and output together, that this model may use in one execution. Once they are used nothing more is sent, so that an agent that runs in circles ends. 0 is no limit.',
		},
		topPField,
	],
};
