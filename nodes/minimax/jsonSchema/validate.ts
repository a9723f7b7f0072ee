import { isRecord } from '../json/isRecord';
import { canonical, canonicalOnce } from './canonical';
import { FORMATS, type Spend } from './formats';
import type { Pattern } from './pattern/compilePattern';
import { matchPattern } from './pattern/matchPattern';
import type { References } from './references';
import type { Draft, Schema, SchemaObject } from './schema';
import { article, quote, show, typeOf } from './words';

/** A schema that has been inspected: its references lead somewhere, its patterns are compiled. */
export interface ReadySchema {
	root: SchemaObject;
	draft: Draft;
	references: References;
	patterns: ReadonlyMap<string, Pattern>;
}

/** Where a value does not match, from the whole value, and what is wrong there. */
export interface Problem {
	path: Array<string | number>;
	/** Goes on behind the path and a colon: `has to be a number, but is the text "2"`. */
	words: string;
	/** The keyword that is not kept to. */
	keyword: string;
}

/** The check would take too long. */
export class TooCostly extends Error {}

/** What parts of a value some schema has looked at, for `unevaluatedItems` and `unevaluatedProperties`. */
interface Marks {
	names?: Set<string>;
	items?: Set<number>;
}

const MOST_PROBLEMS = 50;

/**
 * Why a value does not match a schema; an empty list when it does.
 *
 * Our own, since what there is either makes code at run time (ajv, schemasafe), which n8n's rules forbid, or
 * runs patterns and nested alternatives without any bound (@cfworker/json-schema 4.1), or takes 90 kB in the
 * tarball (@hyperjump/json-schema 1.18). Held against the official test suite.
 *
 * @param spend is told how many steps were taken, and throws TooCostly where there were too many
 * @throws TooCostly
 */
export function validate(
	value: unknown,
	schema: Schema,
	ready: ReadySchema,
	spend: Spend,
): Problem[] {
	return new Validation(ready, spend).check(value, schema, [], {});
}

type Path = Problem['path'];

class Validation {
	constructor(
		private readonly ready: ReadySchema,
		private readonly spend: Spend,
	) {}

	check(value: unknown, schema: Schema, path: Path, marks: Marks): Problem[] {
		this.spend(1);
		if (schema === true) return [];
		if (schema === false) return [{ path, words: 'is not allowed', keyword: 'false' }];
		const problems: Problem[] = [];
		if (typeof schema.$ref === 'string') {
			problems.push(...this.checkReference(value, schema, path, marks));
			if (this.ready.draft === '4' || this.ready.draft === '7') return problems;
		}
		const add = (keyword: string, words: string): void => {
			if (problems.length < MOST_PROBLEMS) problems.push({ path, words, keyword });
		};
		this.checkChoices(value, schema, add);
		if (typeof value === 'number') this.checkNumber(value, schema, add);
		else if (typeof value === 'string') this.checkText(value, schema, add);
		else if (Array.isArray(value))
			problems.push(...this.checkList(value, schema, path, marks, add));
		else if (isRecord(value)) problems.push(...this.checkObject(value, schema, path, marks, add));
		problems.push(...this.checkCombined(value, schema, path, marks, add));
		problems.push(...this.checkRest(value, schema, path, marks));
		return problems.length > MOST_PROBLEMS ? problems.slice(0, MOST_PROBLEMS) : problems;
	}

	private checkReference(
		value: unknown,
		schema: SchemaObject,
		path: Path,
		marks: Marks,
	): Problem[] {
		const target = this.ready.references.target(schema);
		return target === null ? [] : this.checkInPlace(value, target, path, marks);
	}

	/** What a schema for the same value has looked at counts once it matches. */
	private checkInPlace(value: unknown, schema: Schema, path: Path, marks: Marks): Problem[] {
		const own: Marks = {};
		const problems = this.check(value, schema, path, own);
		if (problems.length === 0) merge(marks, own);
		return problems;
	}

	private checkChoices(value: unknown, schema: SchemaObject, add: AddProblem): void {
		const { type, enum: choices } = schema;
		const types = type === undefined ? [] : [type].flat();
		if (types.length > 0 && !types.some((name) => isOfType(value, name))) {
			add('type', `has to be ${types.map(article).join(' or ')}, but is ${quote(value)}`);
		}
		if (Array.isArray(choices) && !this.isAmong(value, choices)) {
			const shown = choices.slice(0, 20).map(show);
			const more = choices.length > 20 ? ', …' : '';
			add('enum', `has to be one of ${shown.join(', ')}${more}, but is ${quote(value)}`);
		}
		if ('const' in schema && !this.isAmong(value, [schema.const])) {
			add('const', `has to be ${show(schema.const)}, but is ${quote(value)}`);
		}
	}

	private isAmong(value: unknown, choices: unknown[]): boolean {
		this.spend(choices.length);
		if (typeof value !== 'object' || value === null) return choices.includes(value);
		const objects = choices.filter((choice) => typeof choice === 'object' && choice !== null);
		if (objects.length === 0) return false;
		const written = canonical(value);
		this.spend(written.length / 2);
		return objects.some((choice) => canonicalOnce(choice) === written);
	}

	private checkNumber(value: number, schema: SchemaObject, add: AddProblem): void {
		const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
		if (typeof minimum === 'number') {
			if (exclusiveMinimum === true ? value <= minimum : value < minimum) {
				add(
					'minimum',
					`has to be ${exclusiveMinimum === true ? 'above' : 'at least'} ${minimum}, but is ${value}`,
				);
			}
		}
		if (typeof maximum === 'number') {
			if (exclusiveMaximum === true ? value >= maximum : value > maximum) {
				add(
					'maximum',
					`has to be ${exclusiveMaximum === true ? 'below' : 'at most'} ${maximum}, but is ${value}`,
				);
			}
		}
		if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) {
			add('exclusiveMinimum', `has to be above ${exclusiveMinimum}, but is ${value}`);
		}
		if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) {
			add('exclusiveMaximum', `has to be below ${exclusiveMaximum}, but is ${value}`);
		}
		if (typeof multipleOf === 'number' && !isMultiple(value, multipleOf)) {
			add('multipleOf', `has to be a multiple of ${multipleOf}, but is ${value}`);
		}
	}

	private checkText(value: string, schema: SchemaObject, add: AddProblem): void {
		const { minLength, maxLength, pattern, format } = schema;
		if (minLength !== undefined || maxLength !== undefined) this.spend(value.length / 10);
		if (typeof minLength === 'number' && lengthOf(value) < minLength) {
			add('minLength', `has to have at least ${count(minLength, 'character')}`);
		}
		if (typeof maxLength === 'number' && value.length > maxLength && lengthOf(value) > maxLength) {
			add('maxLength', `has to have at most ${count(maxLength, 'character')}`);
		}
		if (typeof pattern === 'string' && !this.matches(pattern, value)) {
			add('pattern', `has to match the pattern ${pattern}, but is ${quote(value)}`);
		}
		const known = typeof format === 'string' ? FORMATS.get(format) : undefined;
		if (known !== undefined && !known.holds(value, this.spend)) {
			add('format', `has to be ${known.words}, but is ${quote(value)}`);
		}
	}

	private matches(pattern: string, text: string): boolean {
		const compiled = this.ready.patterns.get(pattern);
		return compiled === undefined || matchPattern(compiled, text, this.spend);
	}

	private checkList(
		list: unknown[],
		schema: SchemaObject,
		path: Path,
		marks: Marks,
		add: AddProblem,
	): Problem[] {
		const { minItems, maxItems, uniqueItems } = schema;
		if (typeof minItems === 'number' && list.length < minItems) {
			add('minItems', `has to have at least ${count(minItems, 'item')}, but has ${list.length}`);
		}
		if (typeof maxItems === 'number' && list.length > maxItems) {
			add('maxItems', `has to have at most ${count(maxItems, 'item')}, but has ${list.length}`);
		}
		if (uniqueItems === true) {
			const double = this.findDouble(list);
			if (double !== null) add('uniqueItems', `has the items ${double.join(' and ')} alike`);
		}
		return [
			...this.checkItems(list, schema, path, marks),
			...this.checkContains(list, schema, path, marks),
		];
	}

	private findDouble(list: unknown[]): [number, number] | null {
		const seen = new Map<string, number>();
		for (const [index, item] of list.entries()) {
			const written = canonical(item);
			this.spend(1 + written.length / 2);
			const first = seen.get(written);
			if (first !== undefined) return [first, index];
			seen.set(written, index);
		}
		return null;
	}

	private checkItems(list: unknown[], schema: SchemaObject, path: Path, marks: Marks): Problem[] {
		const { items, prefixItems, additionalItems } = schema;
		const listed = Array.isArray(prefixItems) ? prefixItems : Array.isArray(items) ? items : [];
		const rest = Array.isArray(items) ? additionalItems : items;
		const problems: Problem[] = [];
		for (const [index, item] of list.entries()) {
			const part: unknown = index < listed.length ? listed[index] : rest;
			if (!isPart(part)) continue;
			markItem(marks, index);
			problems.push(...this.check(item, part, [...path, index], {}));
			if (problems.length >= MOST_PROBLEMS) break;
		}
		return problems;
	}

	private checkContains(
		list: unknown[],
		schema: SchemaObject,
		path: Path,
		marks: Marks,
	): Problem[] {
		const { contains, minContains = 1, maxContains = Infinity } = schema;
		if (!isPart(contains)) return [];
		let matching = 0;
		for (const [index, item] of list.entries()) {
			if (this.check(item, contains, path, {}).length > 0) continue;
			matching += 1;
			if (this.ready.draft === '2020-12') markItem(marks, index);
		}
		if (matching >= Number(minContains) && matching <= Number(maxContains)) return [];
		const words = `has ${count(matching, 'item')} of the kind that 'contains' asks for`;
		return [{ path, words, keyword: 'contains' }];
	}

	private checkObject(
		object: Record<string, unknown>,
		schema: SchemaObject,
		path: Path,
		marks: Marks,
		add: AddProblem,
	): Problem[] {
		const { minProperties, maxProperties, required, propertyNames } = schema;
		const names = Object.keys(object);
		this.spend(names.length + (Array.isArray(required) ? required.length : 0));
		if (typeof minProperties === 'number' && names.length < minProperties) {
			add('minProperties', `has to have at least ${count(minProperties, 'member')}`);
		}
		if (typeof maxProperties === 'number' && names.length > maxProperties) {
			add('maxProperties', `has to have at most ${count(maxProperties, 'member')}`);
		}
		const missing = (wanted: unknown): string[] =>
			Array.isArray(wanted)
				? wanted.filter(
						(name): name is string => typeof name === 'string' && !Object.hasOwn(object, name),
					)
				: [];
		for (const name of missing(required)) add('required', `lacks ${JSON.stringify(name)}`);
		const problems: Problem[] = [];
		if (isPart(propertyNames)) {
			for (const name of names) {
				const found = this.check(name, propertyNames, [...path, name], {});
				problems.push(
					...found.map((problem) => ({ ...problem, words: `has a name that ${problem.words}` })),
				);
			}
		}
		for (const [name, wanted] of this.dependentOn(object, schema)) {
			if (isPart(wanted)) problems.push(...this.checkInPlace(object, wanted, path, marks));
			else
				for (const other of missing(wanted))
					add('dependentRequired', `lacks "${other}", which belongs to "${name}"`);
		}
		problems.push(...this.checkMembers(object, names, schema, path, marks));
		return problems;
	}

	/** What `dependencies` and its two newer forms ask for because of the names that are there. */
	private dependentOn(
		object: Record<string, unknown>,
		schema: SchemaObject,
	): Array<[string, unknown]> {
		return [schema.dependencies, schema.dependentRequired, schema.dependentSchemas]
			.flatMap((given) => (isRecord(given) ? Object.entries(given) : []))
			.filter(([name]) => Object.hasOwn(object, name));
	}

	private checkMembers(
		object: Record<string, unknown>,
		names: string[],
		schema: SchemaObject,
		path: Path,
		marks: Marks,
	): Problem[] {
		const properties = isRecord(schema.properties) ? schema.properties : {};
		const byPattern = isRecord(schema.patternProperties)
			? Object.entries(schema.patternProperties)
			: [];
		const problems: Problem[] = [];
		for (const name of names) {
			const parts: unknown[] = Object.hasOwn(properties, name) ? [properties[name]] : [];
			parts.push(
				...byPattern.filter(([pattern]) => this.matches(pattern, name)).map(([, part]) => part),
			);
			if (parts.length === 0) parts.push(schema.additionalProperties);
			for (const part of parts) {
				if (!isPart(part)) continue;
				markName(marks, name);
				problems.push(...this.check(object[name], part, [...path, name], {}));
			}
			if (problems.length >= MOST_PROBLEMS) break;
		}
		return problems;
	}

	private checkCombined(
		value: unknown,
		schema: SchemaObject,
		path: Path,
		marks: Marks,
		add: AddProblem,
	): Problem[] {
		const problems: Problem[] = [];
		for (const part of partsIn(schema.allOf))
			problems.push(...this.checkInPlace(value, part, path, marks));
		problems.push(...this.checkAlternatives(value, partsIn(schema.anyOf), path, marks, () => true));
		problems.push(
			...this.checkAlternatives(value, partsIn(schema.oneOf), path, marks, (matching) => {
				if (matching > 1)
					add('oneOf', `matches ${matching} of the schemas in 'oneOf' instead of one`);
				return matching < 2;
			}),
		);
		if (isPart(schema.not) && this.check(value, schema.not, path, {}).length === 0) {
			add('not', `has to be something else than ${quote(value)}, by 'not'`);
		}
		if (isPart(schema.if)) {
			const holds = this.checkInPlace(value, schema.if, path, marks).length === 0;
			const branch = holds ? schema.then : schema.else;
			if (isPart(branch)) problems.push(...this.checkInPlace(value, branch, path, marks));
		}
		return problems;
	}

	/** The problems of the alternative that comes closest, where none matches. */
	private checkAlternatives(
		value: unknown,
		parts: Schema[],
		path: Path,
		marks: Marks,
		mayMatch: (matching: number) => boolean,
	): Problem[] {
		if (parts.length === 0) return [];
		const failed: Problem[][] = [];
		const matched: Marks[] = [];
		for (const part of parts) {
			const partMarks: Marks = {};
			const problems = this.check(value, part, path, partMarks);
			if (problems.length === 0) matched.push(partMarks);
			else failed.push(problems);
		}
		if (mayMatch(matched.length)) matched.forEach((partMarks) => merge(marks, partMarks));
		if (matched.length > 0) return [];
		return closest(failed, path);
	}

	private checkRest(value: unknown, schema: SchemaObject, path: Path, marks: Marks): Problem[] {
		const { unevaluatedItems, unevaluatedProperties } = schema;
		const problems: Problem[] = [];
		if (Array.isArray(value) && isPart(unevaluatedItems)) {
			for (const [index, item] of value.entries()) {
				if (marks.items?.has(index) === true) continue;
				markItem(marks, index);
				problems.push(...this.check(item, unevaluatedItems, [...path, index], {}));
			}
		}
		if (isRecord(value) && isPart(unevaluatedProperties)) {
			for (const [name, inner] of Object.entries(value)) {
				if (marks.names?.has(name) === true) continue;
				markName(marks, name);
				problems.push(...this.check(inner, unevaluatedProperties, [...path, name], {}));
			}
		}
		return problems;
	}
}

type AddProblem = (keyword: string, words: string) => void;

function isPart(value: unknown): value is Schema {
	return typeof value === 'boolean' || isRecord(value);
}

function partsIn(value: unknown): Schema[] {
	return Array.isArray(value) ? value.filter(isPart) : [];
}

function markName(marks: Marks, name: string): void {
	marks.names ??= new Set();
	marks.names.add(name);
}

function markItem(marks: Marks, index: number): void {
	marks.items ??= new Set();
	marks.items.add(index);
}

function merge(marks: Marks, more: Marks): void {
	more.names?.forEach((name) => markName(marks, name));
	more.items?.forEach((index) => markItem(marks, index));
}

/** Whether a value is of a type by its name in JSON Schema. */
export function isOfType(value: unknown, name: unknown): boolean {
	const type = typeOf(value);
	return type === name || (name === 'integer' && type === 'number' && Number.isInteger(value));
}

/** Several that fail at the value itself are told together, else the one that fails deepest. */
function closest(failed: Problem[][], path: Path): Problem[] {
	const deeper = failed.filter((problems) =>
		problems.every((problem) => problem.path.length > path.length),
	);
	if (deeper.length > 0)
		return deeper.reduce((best, next) => (next.length < best.length ? next : best));
	const sameType = failed.filter((problems) => problems.every(({ keyword }) => keyword !== 'type'));
	return sameType.length === 1 ? (sameType[0] ?? []) : failed.flat();
}

function isMultiple(value: number, of: number): boolean {
	const quotient = value / of;
	if (!Number.isFinite(quotient)) return false;
	// 0.0075 / 0.0001 is 74.99999999999999.
	return Math.abs(quotient - Math.round(quotient)) <= Math.abs(quotient) * 1e-12;
}

/** In characters as people count them: a pair of surrogates is one. */
function lengthOf(text: string): number {
	return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
