import { createSchema, type Schema } from 'genson-js';

import { InvalidInput } from '../failure/failure';
import { parseJsonField } from '../json/parseJsonField';

const RIGHT_EXAMPLE =
	'Give an answer as you want it, for example {"name": "Ada", "amount": 12.5, "tags": ["new"]}.';

/**
 * The JSON Schema that the value in 'JSON Example' stands for: types from its values, every field required.
 * A whole number stands for any number, and null or an empty list for anything.
 *
 * @param value JSON text, or what an expression gave
 * @throws InvalidInput
 */
export function inferSchema(value: unknown): Record<string, unknown> {
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
		throw new InvalidInput("'JSON Example' is empty", RIGHT_EXAMPLE);
	}
	const parsed = parseJsonField(value);
	if (!parsed.ok) {
		throw new InvalidInput(
			"'JSON Example' is not valid JSON",
			`${parsed.reason}. ${RIGHT_EXAMPLE}`,
		);
	}
	if (typeof parsed.value !== 'object' || parsed.value === null) {
		throw new InvalidInput("'JSON Example' is not an object or a list", RIGHT_EXAMPLE);
	}
	const schema = schemaOf(parsed.value);
	if (schema === null) {
		throw new InvalidInput("'JSON Example' is nested too deeply", RIGHT_EXAMPLE);
	}
	return schema;
}

/** Null for a value so deep that the stack does not suffice. */
function schemaOf(value: object): Record<string, unknown> | null {
	try {
		return widen(createSchema(value));
	} catch {
		return null;
	}
}

/** Takes back what the library reads out of an example beyond what it says. */
function widen(schema: Schema): Record<string, unknown> {
	const { type, items, properties, required, anyOf } = schema;
	if (anyOf !== undefined) return { anyOf: anyOf.map((one) => (isNull(one) ? one : widen(one))) };
	// Null on its own does not say what the value is when there is one.
	if (isNull(schema)) return {};
	return {
		type: Array.isArray(type) ? type.map(widenType) : widenType(type),
		...(items !== undefined && { items: widen(items) }),
		...(properties !== undefined && {
			properties: Object.fromEntries(
				Object.entries(properties).map(([name, inner]) => [name, widen(inner)]),
			),
		}),
		...(required !== undefined && { required }),
	};
}

function isNull({ type }: Schema): boolean {
	return String(type) === 'null';
}

/** That 12 stands in the example does not make 12.5 wrong. */
function widenType<T>(type: T): T | 'number' {
	return String(type) === 'integer' ? 'number' : type;
}
