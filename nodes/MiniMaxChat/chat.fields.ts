import type { INodeProperties } from 'n8n-workflow';

import { modelField } from '../n8n/modelField';
import { DEFAULT_MAX_TOKENS, temperatureField, topPField } from '../n8n/requestFields';
import { hideRowsFromRouting } from './hideRowsFromRouting';
import { prepare } from './prepare';
import { send } from './send';

const showForCompletion = { resource: ['chat'], operation: ['complete'] };

/** Selecting the operation brings in the two hooks: prepare → send. */
export const chatOperation: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['chat'] } },
	options: [
		{
			name: 'Complete',
			value: 'complete',
			action: 'Complete a chat',
			description: 'Send messages to a model and get its answer',
			routing: {
				send: { preSend: [prepare], paginate: true },
				operations: { pagination: send },
			},
		},
	],
	default: 'complete',
};

const model: INodeProperties = {
	...modelField,
	displayOptions: { show: showForCompletion },
	routing: { send: { type: 'body', property: 'model' } },
};

const messagesFrom: INodeProperties = {
	displayName: 'Messages From',
	name: 'messagesFrom',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: showForCompletion },
	options: [
		{
			name: 'Fields Below',
			value: 'fields',
			description: 'Write the messages here',
		},
		{
			name: 'JSON',
			value: 'json',
			description: 'Pass a whole conversation, including tool calls and reasoning',
		},
	],
	default: 'fields',
};

const showForRolePlay = { show: { '/model': ['M2-her'] } };

/** Extra roles of the role-play model, see https://platform.minimaxi.com/docs/guides/text-chat */
const rolePlayRoles = [
	{
		name: 'Group (M2-Her)',
		value: 'group',
		description: 'Describes the scene or the group in a role-play',
		displayOptions: showForRolePlay,
	},
	{
		name: 'Sample AI Message (M2-Her)',
		value: 'sample_message_ai',
		description: 'An example of how the character speaks',
		displayOptions: showForRolePlay,
	},
	{
		name: 'Sample User Message (M2-Her)',
		value: 'sample_message_user',
		description: 'An example of how the user speaks',
		displayOptions: showForRolePlay,
	},
];

const messages = hideRowsFromRouting({
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true },
	placeholder: 'Add Message',
	// For n8n's AI builder, which copies only what is the property's own and so misses its rows.
	builderHint: {
		propertyHint:
			'{ values: [{ role: "system" | "user" | "assistant", content: string, name?: string }] }, in the order of the conversation',
	},
	default: { values: [{ role: 'user', content: '' }] },
	displayOptions: { show: { ...showForCompletion, messagesFrom: ['fields'] } },
	options: [
		{
			displayName: 'Message',
			name: 'values',
			values: [
				{
					displayName: 'Role',
					name: 'role',
					type: 'options',
					options: [
						{
							name: 'Assistant',
							value: 'assistant',
							description: 'An earlier answer, to show the tone or continue a conversation',
						},
						...rolePlayRoles,
						{
							name: 'System',
							value: 'system',
							description: 'How the model should behave; several are sent as one',
						},
						{
							name: 'User',
							value: 'user',
							description: 'What you want to know or have done',
						},
						{
							name: 'User Profile (M2-Her)',
							value: 'user_system',
							description: 'Describes the user in a role-play',
							displayOptions: showForRolePlay,
						},
					],
					default: 'user',
				},
				{
					displayName: 'Content',
					name: 'content',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					placeholder: 'e.g. Summarize this in three bullet points: {{ $json.text }}',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Anna',
					description: 'Tells speakers of the same role apart. Leave empty if there is only one.',
				},
			],
		},
	],
});

const messagesJson: INodeProperties = {
	displayName: 'Messages (JSON)',
	name: 'messagesJson',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '[\n  { "role": "user", "content": "Hello" }\n]',
	displayOptions: { show: { ...showForCompletion, messagesFrom: ['json'] } },
	description:
		'An array of messages as the API takes them: any role, tool calls and their results, content parts, reasoning_details',
};

const temperature: INodeProperties = {
	...temperatureField,
	displayOptions: { show: showForCompletion },
	routing: { send: { type: 'body', property: 'temperature' } },
};

const topP: INodeProperties = {
	...topPField,
	displayOptions: { show: showForCompletion },
	routing: { send: { type: 'body', property: 'top_p' } },
};

const maxTokens: INodeProperties = {
	displayName: 'Max Tokens',
	name: 'maxTokens',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: DEFAULT_MAX_TOKENS,
	displayOptions: { show: showForCompletion },
	description:
		'Upper limit of tokens to generate. Thinking counts against it, so keep it above 2000. M2-her stops at 2048.',
	routing: { send: { type: 'body', property: 'max_completion_tokens' } },
};

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	displayOptions: { show: showForCompletion },
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const chatFields: INodeProperties[] = [
	model,
	messagesFrom,
	messages,
	messagesJson,
	temperature,
	topP,
	maxTokens,
	simplify,
];
