import { InvalidInput, type Place } from '../failure/invalidInput';
import { isRecord } from '../json/isRecord';
import { parseJsonField } from '../json/parseJsonField';

type Schema = Record<string, unknown>;

const SIMPLE_TYPES = ['null', 'boolean', 'number', 'string'];

const EXAMPLE: Place = { input: 'jsonExample' };
const RIGHT_EXAMPLE =
	'Give an answer as you want it, for example {"name": "Ada", "amount": 12.5, "tags": ["new"]}.';

/**
 * The JSON Schema that an example stands for: types from its values, every field required.
 * A whole number stands for any number, and null or an empty list for anything.
 *
 * @param value JSON text, or a value of any kind
 * @throws InvalidInput
 */
export function inferSchema(value: unknown): Schema {
	if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
		throw new InvalidInput('is empty', RIGHT_EXAMPLE, EXAMPLE, true);
	}
	const parsed = parseJsonField(value);
	if (!parsed.ok) throw notJson(parsed.reason);
	if (typeof parsed.value !== 'object' || parsed.value === null) {
		throw new InvalidInput('is not an object or a list', RIGHT_EXAMPLE, EXAMPLE);
	}
	try {
		// The same values as in the example's text: a value that was no text may hold dates and undefined.
		return schemaOfAll([JSON.parse(JSON.stringify(parsed.value))]);
	} catch (error) {
		// What JSON has no place for, such as a bigint.
		throw notJson(error instanceof Error ? error.message : String(error));
	}
}

function notJson(reason: string): InvalidInput {
	return new InvalidInput('is not valid JSON', `${reason}. ${RIGHT_EXAMPLE}`, EXAMPLE);
}

/** The schema of which each of these values is an example. */
function schemaOfAll(values: unknown[]): Schema {
	const lists = values.filter((value) => Array.isArray(value));
	const objects = values.filter(isRecord);
	const types = SIMPLE_TYPES.filter((type) => values.some((value) => simpleTypeOf(value) === type));
	// Null on its own does not say what the value is when there is one.
	if (types.join() === 'null' && lists.length + objects.length === 0) return {};
	const choices = [
		...(types.length > 0 ? [{ type: types.length > 1 ? types : types[0] }] : []),
		...(lists.length > 0 ? [schemaOfLists(lists)] : []),
		...(objects.length > 0 ? [schemaOfObjects(objects)] : []),
	];
	const [only = {}] = choices;
	return choices.length > 1 ? { anyOf: choices } : only;
}

function schemaOfLists(lists: unknown[][]): Schema {
	const items = lists.flat();
	return { type: 'array', ...(items.length > 0 && { items: schemaOfAll(items) }) };
}

/** Required is what each of the objects has. */
function schemaOfObjects(objects: Array<Record<string, unknown>>): Schema {
	const valuesByName = new Map<string, unknown[]>();
	for (const [name, value] of objects.flatMap((object) => Object.entries(object))) {
		const values = valuesByName.get(name);
		if (values === undefined) valuesByName.set(name, [value]);
		else values.push(value);
	}
	const fields = [...valuesByName];
	const required = fields.flatMap(([name, { length }]) =>
		length === objects.length ? [name] : [],
	);
	return {
		type: 'object',
		...(fields.length > 0 && {
			properties: Object.fromEntries(fields.map(([name, values]) => [name, schemaOfAll(values)])),
		}),
		...(required.length > 0 && { required }),
	};
}

/** That 12 stands in the example does not make 12.5 wrong, so a whole number is a number. */
function simpleTypeOf(value: unknown): string {
	return value === null ? 'null' : typeof value;
}
