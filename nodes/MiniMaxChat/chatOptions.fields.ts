import type { INodeProperties } from 'n8n-workflow';

import {
	additionalBodyField,
	maxRetriesField,
	reasoningEffortField,
	thinkingField,
	tokenBudgetField,
} from '../n8n/requestFields';
import { mediaFields } from './media.fields';
import { identicalRowsField, reuseAnswersField, rowsPerRequestField } from './spending.fields';

const thinking: INodeProperties[] = [thinkingField, reasoningEffortField];

const tools: INodeProperties[] = [
	{
		displayName: 'Tools',
		name: 'tools',
		type: 'json',
		typeOptions: { rows: 6 },
		default:
			'[\n  {\n    "type": "function",\n    "function": {\n      "name": "get_weather",\n      "description": "Weather of a city",\n      "parameters": {\n        "type": "object",\n        "properties": { "city": { "type": "string" } },\n        "required": ["city"]\n      }\n    }\n  }\n]',
		description:
			'Functions the model may call, as an array in the API’s shape. Its calls are in toolCalls of the output.',
	},
	{
		displayName: 'Tool Choice',
		name: 'toolChoice',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description: 'The model decides whether to call a tool',
			},
			{ name: 'None', value: 'none', description: 'The model may not call a tool' },
		],
		default: 'auto',
		description: 'Sent only together with Tools',
	},
];

const output: INodeProperties[] = [
	{
		displayName: 'Include Input Fields',
		name: 'includeInput',
		type: 'options',
		options: [
			{ name: 'None', value: 'none', description: 'Only what is new' },
			{ name: 'All', value: 'all', description: 'The whole row comes out again' },
			{ name: 'Selected', value: 'selected', description: 'Those named in Fields to Include' },
		],
		default: 'none',
		description: 'Fields of the input item to pass on. A new field of the same name wins.',
	},
	{
		displayName: 'Fields to Include',
		name: 'includeFields',
		type: 'string',
		// A field that is dragged here gives its name instead of its value.
		requiresDataPath: 'multiple',
		default: '',
		placeholder: 'e.g. row, subject',
		displayOptions: { show: { includeInput: ['selected'] } },
		description: 'Names of input fields, separated by commas',
	},
	{
		displayName: 'Repair JSON',
		name: 'repairJson',
		type: 'boolean',
		default: false,
		description:
			'Whether to ask the model once more when its answer is not the JSON or the columns asked for. Costs a second request, counted in usage.',
	},
	{
		displayName: 'Streaming',
		name: 'streaming',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'auto',
				description:
					'Long answers do not time out, and tokens go on live when the workflow streams its response',
			},
			{
				name: 'Off',
				value: 'off',
				description: 'The API sends the whole answer at once, and nobody hears it',
			},
			{
				name: 'Silent',
				value: 'silent',
				description:
					'As Automatic, but nobody hears it: for steps whose answer is not for the chat',
			},
		],
		default: 'auto',
	},
];

const batches: INodeProperties[] = [
	{
		displayName: 'Max Concurrency',
		name: 'maxConcurrency',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 0,
		description:
			'Most requests of this node at the same time. 0 lets the node find out what the API takes.',
	},
	maxRetriesField,
	reuseAnswersField,
	tokenBudgetField,
	identicalRowsField,
	rowsPerRequestField,
];

const request: INodeProperties[] = [
	{
		displayName: 'Service Tier',
		name: 'serviceTier',
		type: 'options',
		options: [
			{
				name: 'Priority',
				value: 'priority',
				description: 'Served first, at 1.5 times the price',
			},
			{ name: 'Standard', value: 'standard' },
		],
		default: 'standard',
		routing: { send: { type: 'body', property: 'service_tier' } },
	},
	additionalBodyField,
];

/**
 * Everything optional, those that belong together side by side: n8n lists them in this order and knows no
 * headings.
 */
export const chatOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [...output, ...mediaFields, ...thinking, ...tools, ...batches, ...request],
};
