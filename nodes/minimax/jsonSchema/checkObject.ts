import { isRecord } from '../json/isRecord';
import { isSchema, type SchemaObject } from './schema';
import { addProblem, markName, MOST_PROBLEMS, type Validation, type Visit } from './visit';
import { count } from './words';

type JsonObject = Record<string, unknown>;

/** The names of an object, which ones it needs, and its members. */
export function checkObject(object: JsonObject, visit: Visit, validation: Validation): void {
	const { minProperties, maxProperties, required } = visit.schema;
	const names = Object.keys(object);
	validation.spend(names.length + (Array.isArray(required) ? required.length : 0));
	if (typeof minProperties === 'number' && names.length < minProperties) {
		const words = `has to have at least ${count(minProperties, 'member')}`;
		addProblem(visit, 'minProperties', words);
	}
	if (typeof maxProperties === 'number' && names.length > maxProperties) {
		addProblem(visit, 'maxProperties', `has to have at most ${count(maxProperties, 'member')}`);
	}
	for (const name of missing(object, required)) {
		addProblem(visit, 'required', `lacks ${JSON.stringify(name)}`);
	}
	checkNames(names, visit, validation);
	checkDependent(object, visit, validation);
	checkMembers(object, names, visit, validation);
}

function missing(object: JsonObject, wanted: unknown): string[] {
	const names: unknown[] = Array.isArray(wanted) ? wanted : [];
	return names.map(String).filter((name) => !Object.hasOwn(object, name));
}

function checkNames(
	names: string[],
	{ schema, path, problems }: Visit,
	{ check }: Validation,
): void {
	const { propertyNames } = schema;
	if (!isSchema(propertyNames)) return;
	for (const name of names) {
		for (const problem of check(name, propertyNames, [...path, name])) {
			problems.push({ ...problem, words: `has a name that ${problem.words}` });
		}
	}
}

function checkDependent(object: JsonObject, visit: Visit, validation: Validation): void {
	for (const [name, wanted] of dependentOn(object, visit.schema)) {
		if (isSchema(wanted)) validation.checkInPlace(object, wanted, visit);
		for (const other of missing(object, wanted)) {
			addProblem(visit, 'dependentRequired', `lacks "${other}", which belongs to "${name}"`);
		}
	}
}

/** What `dependencies` and its two newer forms ask for because of the names that are there. */
function dependentOn(object: JsonObject, schema: SchemaObject): Array<[string, unknown]> {
	return [schema.dependencies, schema.dependentRequired, schema.dependentSchemas]
		.flatMap((given) => (isRecord(given) ? Object.entries(given) : []))
		.filter(([name]) => Object.hasOwn(object, name));
}

function checkMembers(
	object: JsonObject,
	names: string[],
	{ schema, path, problems, marks }: Visit,
	{ check, matches }: Validation,
): void {
	const { properties, patternProperties, additionalProperties } = schema;
	const byName = isRecord(properties) ? properties : {};
	const byPattern = isRecord(patternProperties) ? Object.entries(patternProperties) : [];
	for (const name of names) {
		const parts: unknown[] = Object.hasOwn(byName, name) ? [byName[name]] : [];
		for (const [pattern, part] of byPattern) if (matches(pattern, name)) parts.push(part);
		if (parts.length === 0) parts.push(additionalProperties);
		for (const part of parts.filter(isSchema)) {
			markName(marks, name);
			problems.push(...check(object[name], part, [...path, name]));
		}
		if (problems.length >= MOST_PROBLEMS) break;
	}
}
