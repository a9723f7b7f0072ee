import type { INodeProperties } from 'n8n-workflow';

import { hideRowsFromRouting } from './hideRowsFromRouting';

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
	typeOptions: {
		multipleValues: true,
		sortable: true,
		// Of a row only what is always needed; Name is added where speakers have to be told apart.
		hideOptionalFields: true,
		addOptionalFieldButtonText: 'Add Name',
	},
	placeholder: 'Add Message',
	// For n8n's AI builder, which copies only what is the property's own and so misses its rows.
	builderHint: {
		propertyHint:
			'{ values: [{ role: "system" | "user" | "assistant", content: string, name?: string }] }, in the order of the conversation',
	},
	default: { values: [{ role: 'user', content: '' }] },
	displayOptions: { show: { messagesFrom: ['fields'] } },
	options: [
		{
			displayName: 'Message',
			name: 'values',
			values: [
				{
					displayName: 'Role',
					name: 'role',
					type: 'options',
					typeOptions: { showEvenWhenOptional: true },
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
					typeOptions: { rows: 4, showEvenWhenOptional: true },
					default: '',
					placeholder: 'e.g. Summarize this in three bullet points: {{ $json.text }}',
				},
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Anna',
					description: 'Tells speakers of the same role apart',
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
	displayOptions: { show: { messagesFrom: ['json'] } },
	description:
		'An array of messages as the API takes them: any role, tool calls and their results, content parts, reasoning_details',
};

const messagesFrom: INodeProperties = {
	displayName: 'Messages From',
	name: 'messagesFrom',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Fields Above',
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

/** What is said to the model: rows, or the API's own JSON. */
export const messageFields: INodeProperties[] = [messages, messagesJson, messagesFrom];
