import { FORMATS } from './formats';
import { addProblem, type Validation, type Visit } from './visit';
import { count, quote } from './words';

/** Lengths, `pattern` and `format`. */
export function checkText(value: string, visit: Visit, { matches, spend }: Validation): void {
	const { minLength, maxLength, pattern, format } = visit.schema;
	if (minLength !== undefined || maxLength !== undefined) spend(value.length / 10);
	if (typeof minLength === 'number' && lengthOf(value) < minLength) {
		addProblem(visit, 'minLength', `has to have at least ${count(minLength, 'character')}`);
	}
	if (typeof maxLength === 'number' && lengthOf(value) > maxLength) {
		addProblem(visit, 'maxLength', `has to have at most ${count(maxLength, 'character')}`);
	}
	if (typeof pattern === 'string' && !matches(pattern, value)) {
		addProblem(visit, 'pattern', `has to match the pattern ${pattern}, but is ${quote(value)}`);
	}
	const known = typeof format === 'string' ? FORMATS.get(format) : undefined;
	if (known !== undefined && !known.holds(value, spend)) {
		addProblem(visit, 'format', `has to be ${known.words}, but is ${quote(value)}`);
	}
}

/** In characters as people count them: a pair of surrogates is one. */
function lengthOf(text: string): number {
	return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}
