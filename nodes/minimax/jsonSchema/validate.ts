import { isRecord } from '../json/isRecord';
import { checkChoices } from './checkChoices';
import { checkCombined } from './checkCombined';
import { checkList } from './checkList';
import { checkNumber } from './checkNumber';
import { checkObject } from './checkObject';
import { checkText } from './checkText';
import { checkUnevaluated } from './checkUnevaluated';
import { matchPattern, type Spend } from './pattern/matchPattern';
import type { Schema } from './schema';
import {
	mergeMarks,
	MOST_PROBLEMS,
	type Marks,
	type Problem,
	type ReadySchema,
	type Validation,
	type Visit,
} from './visit';

/** The check would take too long. */
export class TooCostly extends Error {}

/**
 * Why a value does not match a schema; an empty list when it does.
 *
 * Our own, since each library either makes code at run time (ajv, schemasafe), which n8n's rules forbid, or
 * runs patterns and nested alternatives without any bound (@cfworker/json-schema 4.1), or takes 90 kB in the
 * tarball (@hyperjump/json-schema 1.18). It passes the official test suite.
 *
 * @param spend takes how many steps were done, and throws TooCostly where there were too many
 * @throws TooCostly
 */
export function validate(
	value: unknown,
	schema: Schema,
	ready: ReadySchema,
	spend: Spend,
): Problem[] {
	const validation: Validation = {
		ready,
		spend,
		check: (inner, part, path, marks = {}) => checkPart(inner, part, path, marks, validation),
		checkInPlace: (same, part, { path, problems, marks }) => {
			const own: Marks = {};
			const found = validation.check(same, part, path, own);
			if (found.length === 0) mergeMarks(marks, own);
			problems.push(...found);
		},
		matches: (pattern, text) => {
			const compiled = ready.patterns.get(pattern);
			return compiled === undefined || matchPattern(compiled, text, spend);
		},
	};
	return validation.check(value, schema, []);
}

function checkPart(
	value: unknown,
	schema: Schema,
	path: Visit['path'],
	marks: Marks,
	validation: Validation,
): Problem[] {
	validation.spend(1);
	if (schema === true) return [];
	if (schema === false) return [{ path, words: 'is not allowed', keyword: 'false' }];
	const visit: Visit = { schema, path, problems: [], marks };
	const { draft, references } = validation.ready;
	if (typeof schema.$ref === 'string') {
		const target = references.target(schema);
		if (target !== null) validation.checkInPlace(value, target, visit);
		// In older drafts nothing beside it counts.
		if (draft === '4' || draft === '7') return visit.problems;
	}
	checkChoices(value, visit, validation);
	if (typeof value === 'number') checkNumber(value, visit);
	else if (typeof value === 'string') checkText(value, visit, validation);
	else if (Array.isArray(value)) checkList(value, visit, validation);
	else if (isRecord(value)) checkObject(value, visit, validation);
	checkCombined(value, visit, validation);
	checkUnevaluated(value, visit, validation);
	return visit.problems.slice(0, MOST_PROBLEMS);
}
