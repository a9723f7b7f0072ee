import { typeOf } from './words';

/** Whether a value is of a type by its name in JSON Schema. */
export function isOfType(value: unknown, name: unknown): boolean {
	const type = typeOf(value);
	return type === name || (name === 'integer' && type === 'number' && Number.isInteger(value));
}
