import type { INodeProperties } from 'n8n-workflow';

import type { ColumnType } from '../minimax/columns/column';
import { hideRowsFromRouting } from './hideRowsFromRouting';

const responseFormat: INodeProperties = {
	displayName: 'Response Format',
	name: 'responseFormat',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Text or Quick Columns',
			value: 'text',
			description: 'The answer as it is, unless columns are named below',
		},
		{
			name: 'Columns',
			value: 'columns',
			description: 'New fields for each row, with descriptions for the model',
		},
		{ name: 'JSON', value: 'json', description: 'A parsed value, also a nested one' },
	],
	default: 'text',
	description: 'What the answer is to become in the output item',
};

/** Columns typed into one field: what most people come for takes one click (docs/clicks.md). */
const quickColumns: INodeProperties = {
	displayName: 'Quick Columns',
	name: 'quickColumns',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. supplier, due: date, amount: number, label: billing | bug | wish',
	displayOptions: { show: { responseFormat: ['text'] } },
	description:
		'New fields for each row, in place of a text: names, separated by commas or one a line. Behind a colon stand choices or a type: number, whole number, yes or no, date, list.',
};

const types: Array<[value: ColumnType, name: string, description: string]> = [
	['text', 'Text', 'Words or sentences'],
	// What most people come for stands where it shows without scrolling.
	['choice', 'One of', 'One of the Choices: a label, a category'],
	['number', 'Number', 'Such as 12.5'],
	['integer', 'Whole Number', 'Such as 12'],
	['boolean', 'Yes or No', 'True or false'],
	['date', 'Date', 'A day, such as 2026-01-31'],
	['list', 'List', 'Several texts'],
];

const columnFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		typeOptions: { showEvenWhenOptional: true },
		default: '',
		placeholder: 'e.g. label',
		description: 'The field that the output item gets',
	},
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		typeOptions: { showEvenWhenOptional: true },
		options: types.map(([value, name, description]) => ({ name, value, description })),
		default: 'text',
	},
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'string',
		typeOptions: { rows: 2, showEvenWhenOptional: true },
		default: '',
		placeholder: 'e.g. billing, bug, wish',
		displayOptions: { show: { type: ['choice'] } },
		description: 'Separated by commas, or one a line',
	},
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. The total with taxes, without the currency',
		description: 'Tells the model what belongs there',
	},
	{
		displayName: 'Required',
		name: 'required',
		type: 'boolean',
		default: true,
		description: 'Whether a row fails without this value. Else the field is null then.',
	},
];

const columns = hideRowsFromRouting({
	displayName: 'Columns',
	name: 'columns',
	type: 'fixedCollection',
	typeOptions: {
		multipleValues: true,
		sortable: true,
		hideOptionalFields: true,
		addOptionalFieldButtonText: 'Add Description or Required',
	},
	placeholder: 'Add Column',
	builderHint: {
		propertyHint:
			'{ values: [{ name: string, type: "text" | "number" | "integer" | "boolean" | "date" | "choice" | "list", choices?: "a, b, c", description?: string, required?: boolean }] }, one per new field of the output item',
	},
	default: { values: [{ name: '', type: 'text' }] },
	displayOptions: { show: { responseFormat: ['columns'] } },
	options: [{ displayName: 'Column', name: 'values', values: columnFields }],
});

const jsonFrom: INodeProperties = {
	displayName: 'JSON Shape',
	name: 'jsonFrom',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { responseFormat: ['json'] } },
	options: [
		{ name: 'Any', value: 'any', description: 'Whatever the messages ask for' },
		{ name: 'Like an Example', value: 'example', description: 'The same fields and types' },
		{ name: 'By a JSON Schema', value: 'schema', description: 'Everything the schema says' },
	],
	default: 'any',
	description: 'What the answer is checked against',
};

const jsonExample: INodeProperties = {
	displayName: 'JSON Example',
	name: 'jsonExample',
	type: 'json',
	typeOptions: { rows: 6 },
	default: '{\n  "label": "billing",\n  "amount": 12.5\n}',
	displayOptions: { show: { responseFormat: ['json'], jsonFrom: ['example'] } },
	description:
		'An answer as you want it. Its types count, not its values; every field of it is required.',
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
export const answerFields: INodeProperties[] = [
	responseFormat,
	quickColumns,
	columns,
	jsonFrom,
	jsonExample,
	jsonSchema,
];
