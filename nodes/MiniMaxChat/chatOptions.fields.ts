import type { INodeProperties } from 'n8n-workflow';

/** Everything optional; entries in alphabetical order as n8n's guidelines ask. */
export const chatOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	displayOptions: { show: { resource: ['chat'], operation: ['complete'] } },
	options: [
		{
			displayName: 'Additional Body Fields',
			name: 'additionalBody',
			type: 'json',
			default: '{}',
			placeholder: 'e.g. { "seed": 7 }',
			description:
				'Fields to add to the request body. They win over the fields above, except stream.',
		},
	],
};
