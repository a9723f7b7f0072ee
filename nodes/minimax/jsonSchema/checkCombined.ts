import { isSchema, type Schema } from './schema';
import {
	addProblem,
	mergeMarks,
	type Marks,
	type Path,
	type Problem,
	type Validation,
	type Visit,
} from './visit';
import { quote } from './words';

/** Schemas for the same value: all of them, some, one, none, or those that another one decides about. */
export function checkCombined(value: unknown, visit: Visit, validation: Validation): void {
	const { allOf, anyOf, oneOf, not, if: condition, then, else: otherwise } = visit.schema;
	for (const part of schemasIn(allOf)) validation.checkInPlace(value, part, visit);
	checkAlternatives(value, schemasIn(anyOf), visit, validation);
	const matching = checkAlternatives(value, schemasIn(oneOf), visit, validation);
	if (matching > 1) {
		addProblem(visit, 'oneOf', `matches ${matching} of the schemas in 'oneOf' instead of one`);
	}
	if (isSchema(not) && validation.check(value, not, visit.path).length === 0) {
		addProblem(visit, 'not', `has to be something else than ${quote(value)}, by 'not'`);
	}
	if (isSchema(condition)) {
		const marks: Marks = {};
		const holds = validation.check(value, condition, visit.path, marks).length === 0;
		if (holds) mergeMarks(visit.marks, marks);
		const branch = holds ? then : otherwise;
		if (isSchema(branch)) validation.checkInPlace(value, branch, visit);
	}
}

function schemasIn(value: unknown): Schema[] {
	return Array.isArray(value) ? value.filter(isSchema) : [];
}

/**
 * Adds the problems of the alternative that comes closest, where none matches.
 *
 * @returns how many match
 */
function checkAlternatives(
	value: unknown,
	parts: Schema[],
	{ path, problems, marks }: Visit,
	{ check }: Validation,
): number {
	const failed: Problem[][] = [];
	for (const part of parts) {
		const own: Marks = {};
		const found = check(value, part, path, own);
		if (found.length === 0) mergeMarks(marks, own);
		else failed.push(found);
	}
	const matching = parts.length - failed.length;
	if (matching === 0) problems.push(...closest(failed, path));
	return matching;
}

/** Alternatives that fail at the value itself are reported together, else the one that fails deepest. */
function closest(failed: Problem[][], path: Path): Problem[] {
	const deeper = failed.filter((problems) =>
		problems.every((each) => each.path.length > path.length),
	);
	if (deeper.length > 0) {
		return deeper.reduce((best, next) => (next.length < best.length ? next : best));
	}
	const sameType = failed.filter((problems) => problems.every(({ keyword }) => keyword !== 'type'));
	return sameType.length === 1 ? (sameType[0] ?? []) : failed.flat();
}
