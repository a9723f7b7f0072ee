import { isRecord } from '../json/isRecord';
import { isSchema } from './schema';
import { markItem, markName, type Validation, type Visit } from './visit';

/** `unevaluatedItems` and `unevaluatedProperties`: what no other schema has looked at. Comes last. */
export function checkUnevaluated(
	value: unknown,
	{ schema, path, problems, marks }: Visit,
	{ check }: Validation,
): void {
	const { unevaluatedItems, unevaluatedProperties } = schema;
	if (Array.isArray(value) && isSchema(unevaluatedItems)) {
		for (const [index, item] of value.entries()) {
			if (marks.items?.has(index) === true) continue;
			markItem(marks, index);
			problems.push(...check(item, unevaluatedItems, [...path, index]));
		}
	}
	if (isRecord(value) && isSchema(unevaluatedProperties)) {
		for (const [name, inner] of Object.entries(value)) {
			if (marks.names?.has(name) === true) continue;
			markName(marks, name);
			problems.push(...check(inner, unevaluatedProperties, [...path, name]));
		}
	}
}
