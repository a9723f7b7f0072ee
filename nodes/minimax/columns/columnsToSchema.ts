import type { Column } from './column';

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of an object with one member per column, in their order: what the model is shown and what
 * its answer is held against. A column that is not required may be null or missing.
 */
export function columnsToSchema(columns: readonly Column[]): JsonSchema {
	return {
		type: 'object',
		properties: Object.fromEntries(columns.map((column) => [column.name, describeColumn(column)])),
		required: columns.filter(({ required }) => required).map(({ name }) => name),
	};
}

function describeColumn({ type, choices, description, required }: Column): JsonSchema {
	const { type: jsonType, ...shape } = shapeOf(type, choices);
	const hint = [description, hintOf(type), required ? '' : 'null if there is none'];
	const words = hint.filter((part) => part !== '').join('; ');
	return {
		type: required ? jsonType : [jsonType, 'null'],
		...shape,
		...(shape.enum !== undefined && !required && { enum: [...shape.enum, null] }),
		...(words !== '' && { description: words }),
	};
}

interface Shape {
	type: string;
	enum?: readonly string[];
	format?: string;
	items?: JsonSchema;
}

function shapeOf(type: Column['type'], choices: readonly string[]): Shape {
	switch (type) {
		case 'text':
			return { type: 'string' };
		case 'date':
			return { type: 'string', format: 'date' };
		case 'choice':
			return { type: 'string', enum: choices };
		case 'list':
			return { type: 'array', items: { type: 'string' } };
		default:
			return { type };
	}
}

/** Models that are only shown the schema write dates in the words of the text. */
function hintOf(type: Column['type']): string {
	return type === 'date' ? 'ISO 8601 date, YYYY-MM-DD' : '';
}
