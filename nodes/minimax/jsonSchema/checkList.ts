import { canonical } from './canonical';
import { isSchema } from './schema';
import { addProblem, markItem, MOST_PROBLEMS, type Validation, type Visit } from './visit';
import { count } from './words';

/** The length of a list, its items, and what it has to contain. */
export function checkList(list: unknown[], visit: Visit, validation: Validation): void {
	const { minItems, maxItems, uniqueItems } = visit.schema;
	if (typeof minItems === 'number' && list.length < minItems) {
		const words = `has to have at least ${count(minItems, 'item')}, but has ${list.length}`;
		addProblem(visit, 'minItems', words);
	}
	if (typeof maxItems === 'number' && list.length > maxItems) {
		const words = `has to have at most ${count(maxItems, 'item')}, but has ${list.length}`;
		addProblem(visit, 'maxItems', words);
	}
	if (uniqueItems === true) {
		const double = findDouble(list, validation);
		if (double !== null)
			addProblem(visit, 'uniqueItems', `has the items ${double.join(' and ')} alike`);
	}
	checkItems(list, visit, validation);
	checkContains(list, visit, validation);
}

function findDouble(list: unknown[], { spend }: Validation): [number, number] | null {
	const seen = new Map<string, number>();
	for (const [index, item] of list.entries()) {
		const written = canonical(item);
		spend(1 + written.length / 2);
		const first = seen.get(written);
		if (first !== undefined) return [first, index];
		seen.set(written, index);
	}
	return null;
}

function checkItems(list: unknown[], visit: Visit, { check }: Validation): void {
	const { path, problems, marks } = visit;
	const { items, prefixItems, additionalItems } = visit.schema;
	const listed: unknown = prefixItems ?? items;
	const first: unknown[] = Array.isArray(listed) ? listed : [];
	const rest = Array.isArray(items) ? additionalItems : items;
	for (const [index, item] of list.entries()) {
		const part = index < first.length ? first[index] : rest;
		if (!isSchema(part)) continue;
		markItem(marks, index);
		problems.push(...check(item, part, [...path, index]));
		if (problems.length >= MOST_PROBLEMS) break;
	}
}

function checkContains(list: unknown[], visit: Visit, { check, ready }: Validation): void {
	const { contains, minContains = 1, maxContains = Infinity } = visit.schema;
	if (!isSchema(contains)) return;
	let matching = 0;
	for (const [index, item] of list.entries()) {
		if (check(item, contains, visit.path).length > 0) continue;
		matching += 1;
		if (ready.draft === '2020-12') markItem(visit.marks, index);
	}
	if (matching >= Number(minContains) && matching <= Number(maxContains)) return;
	const words = `has ${count(matching, 'item')} of the kind that 'contains' asks for`;
	addProblem(visit, 'contains', words);
}
