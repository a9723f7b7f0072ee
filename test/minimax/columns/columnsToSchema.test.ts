import type { Column } from '../../../nodes/minimax/columns/column';
import { columnsToSchema } from '../../../nodes/minimax/columns/columnsToSchema';

const column = (given: Partial<Column>): Column => ({
	name: 'value',
	type: 'text',
	choices: [],
	description: '',
	required: true,
	...given,
});

it.each<[Partial<Column>, object]>([
	[{}, { type: 'string' }],
	[{ description: 'As written' }, { type: 'string', description: 'As written' }],
	[{ type: 'number' }, { type: 'number' }],
	[{ type: 'integer' }, { type: 'integer' }],
	[{ type: 'boolean' }, { type: 'boolean' }],
	[
		{ type: 'date', description: 'When it is due' },
		{
			type: 'string',
			format: 'date',
			description: 'When it is due; ISO 8601 date, YYYY-MM-DD',
		},
	],
	[
		{ type: 'choice', choices: ['a', 'b'] },
		{ type: 'string', enum: ['a', 'b'] },
	],
	[{ type: 'list' }, { type: 'array', items: { type: 'string' } }],
])('%j becomes %j', (given, schema) => {
	expect(columnsToSchema([column(given)])).toEqual({
		type: 'object',
		properties: { value: schema },
		required: ['value'],
	});
});

it.each<[Partial<Column>, object]>([
	[{ type: 'number' }, { type: ['number', 'null'], description: 'null if there is none' }],
	[
		{ type: 'choice', choices: ['a', 'b'], description: 'Which' },
		{
			type: ['string', 'null'],
			enum: ['a', 'b', null],
			description: 'Which; null if there is none',
		},
	],
])('%j, not required, may be null', (given, schema) => {
	expect(columnsToSchema([column({ ...given, required: false })])).toEqual({
		type: 'object',
		properties: { value: schema },
		required: [],
	});
});

it('keeps the order of the columns', () => {
	const names = ['b', 'a', 'c'];
	const schema = columnsToSchema(names.map((name) => column({ name })));

	expect(Object.keys(schema.properties as object)).toEqual(names);
	expect(schema.required).toEqual(names);
});
