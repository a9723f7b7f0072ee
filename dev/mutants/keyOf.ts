import { relative } from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';

/** Tells changes apart. Results name files by their whole path, and count from 1 where the list does from 0. */
export function keyOf(
	{ fileName, location: { start, end }, mutatorName, replacement }: Mutant,
	first = 0,
): string {
	const place = [start.line, start.column, end.line, end.column].map((number) => number - first);
	return JSON.stringify([relative('.', fileName), place, mutatorName, replacement]);
}
