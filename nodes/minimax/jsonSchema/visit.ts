import type { Pattern } from './pattern/compilePattern';
import type { Spend } from './pattern/matchPattern';
import type { References } from './references';
import type { Draft, Schema, SchemaObject } from './schema';

/** A schema that has been inspected: its references lead somewhere, its patterns are compiled. */
export interface ReadySchema {
	root: SchemaObject;
	draft: Draft;
	references: References;
	patterns: ReadonlyMap<string, Pattern>;
}

export type Path = Array<string | number>;

/** Where a value does not match, from the whole value, and what is wrong there. */
export interface Problem {
	path: Path;
	/** Goes on behind the path and a colon: `has to be a number, but is the text "2"`. */
	words: string;
	/** The keyword that is not kept to. */
	keyword: string;
}

/** Of one list or object no more problems are reported. */
export const MOST_PROBLEMS = 50;

/** One schema at one place of a value. */
export interface Visit {
	schema: SchemaObject;
	path: Path;
	/** What has been found wrong. */
	problems: Problem[];
	marks: Marks;
}

/** What parts of a value some schema has looked at, for `unevaluatedItems` and `unevaluatedProperties`. */
export interface Marks {
	names?: Set<string>;
	items?: Set<number>;
}

/** What the check of one keyword may use. */
export interface Validation {
	ready: ReadySchema;
	spend: Spend;
	/** The problems of a part of the value, or of the value beside its other schemas. */
	check(value: unknown, schema: Schema, path: Path, marks?: Marks): Problem[];
	/** Adds the problems of a schema for the same value; what it has looked at counts if it has none. */
	checkInPlace(value: unknown, schema: Schema, visit: Visit): void;
	/** Whether a pattern of the schema is found in a text. */
	matches(pattern: string, text: string): boolean;
}

export function addProblem({ problems, path }: Visit, keyword: string, words: string): void {
	if (problems.length < MOST_PROBLEMS) problems.push({ path, words, keyword });
}

export function markName(marks: Marks, name: string): void {
	marks.names ??= new Set();
	marks.names.add(name);
}

export function markItem(marks: Marks, index: number): void {
	marks.items ??= new Set();
	marks.items.add(index);
}

export function mergeMarks(marks: Marks, more: Marks): void {
	more.names?.forEach((name) => markName(marks, name));
	more.items?.forEach((index) => markItem(marks, index));
}
