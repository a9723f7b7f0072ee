import type { JsonMember } from '../json/jsonNode';
import type { Column } from './column';

/**
 * The members of an answer under the names of the columns they stand for. A model may write the name of a
 * column in the way of programs (`invoice_date` for "Invoice Date"); that counts where only one name of the
 * answer and one column have these letters and digits.
 */
export function nameAsColumns(
	members: readonly JsonMember[],
	columns: readonly Column[],
): JsonMember[] {
	const columnsAlike = countAlike(columns.map(({ name }) => name));
	const namesAlike = countAlike(new Set(members.map(({ name }) => name)));
	const renamed = new Map<string, string>();
	for (const { name } of columns) {
		const letters = lettersOf(name);
		const isOnlyOne = columnsAlike.get(letters) === 1 && namesAlike.get(letters) === 1;
		if (isOnlyOne && letters !== '') renamed.set(letters, name);
	}
	return members.map(({ name, node }) => ({ name: renamed.get(lettersOf(name)) ?? name, node }));
}

function lettersOf(name: string): string {
	return name
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '');
}

function countAlike(names: Iterable<string>): Map<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) {
		const letters = lettersOf(name);
		counts.set(letters, (counts.get(letters) ?? 0) + 1);
	}
	return counts;
}
