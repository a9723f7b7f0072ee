import type { INodeProperties } from 'n8n-workflow';

import { modelField } from '../n8n/modelField';
import {
	DEFAULT_MAX_TOKENS,
	temperatureField,
	THINKING_COUNTS,
	topPField,
} from '../n8n/requestFields';
import { answerFields } from './answer.fields';
import { chatOptions } from './chatOptions.fields';
import { messageFields } from './messages.fields';
import { prepare } from './prepare';
import { send } from './send';

/** The only one; hidden, so that a click in the nodes panel adds the node at once. */
const resource: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'hidden',
	default: 'chat',
};

/** Likewise the only one. Brings in the two hooks: prepare → send. */
const operation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'hidden',
	displayOptions: { show: { resource: ['chat'] } },
	// For the description that n8n gives the node's tool: "Ask a MiniMax model in MiniMax Chat".
	options: [{ name: 'Complete', value: 'complete', action: 'Ask a MiniMax model' }],
	default: 'complete',
	routing: {
		send: { preSend: [prepare], paginate: true },
		operations: { pagination: send },
	},
};

const model: INodeProperties = {
	...modelField,
	routing: { send: { type: 'body', property: 'model' } },
};

const maxTokens: INodeProperties = {
	displayName: 'Max Tokens',
	name: 'maxTokens',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: DEFAULT_MAX_TOKENS,
	description: `Upper limit of tokens to generate. ${THINKING_COUNTS}. M2-her stops at 2048.`,
	routing: { send: { type: 'body', property: 'max_completion_tokens' } },
};

const temperature: INodeProperties = {
	...temperatureField,
	routing: { send: { type: 'body', property: 'temperature' } },
};

const topP: INodeProperties = {
	...topPField,
	routing: { send: { type: 'body', property: 'top_p' } },
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** In the order of the panel: what everybody fills in comes first. */
export const chatFields: INodeProperties[] = [
	resource,
	operation,
	model,
	...messageFields,
	...answerFields,
	maxTokens,
	temperature,
	topP,
	simplify,
	chatOptions,
];
