import type { INodeProperties } from 'n8n-workflow';

const responseFormat: INodeProperties = {
	displayName: 'Response Format',
	name: 'responseFormat',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Text', value: 'text', description: 'The answer as it is' },
		{ name: 'JSON', value: 'json', description: 'The output also holds the parsed value' },
	],
	default: 'text',
	description: 'What the model is to answer with',
};

const jsonFrom: INodeProperties = {
	displayName: 'JSON Shape',
	name: 'jsonFrom',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { responseFormat: ['json'] } },
	options: [
		{ name: 'Any', value: 'any', description: 'Whatever the messages ask for' },
		{
			name: 'From a JSON Schema',
			value: 'schema',
			description: 'The answer is checked against it',
		},
	],
	default: 'any',
};

const jsonSchema: INodeProperties = {
	displayName: 'JSON Schema',
	name: 'jsonSchema',
	type: 'json',
	typeOptions: { rows: 6 },
	default:
		'{\n  "type": "object",\n  "properties": {\n    "label": { "type": "string" }\n  },\n  "required": ["label"]\n}',
	displayOptions: { show: { responseFormat: ['json'], jsonFrom: ['schema'] } },
	description: 'What the JSON has to look like; the answer is checked against it',
};

/** What the answer is to look like. */
export const answerFields: INodeProperties[] = [responseFormat, jsonFrom, jsonSchema];
