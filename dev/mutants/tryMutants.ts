import { createRequire } from 'node:module';
import type { Mutant, MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';

import { keepTo } from './triedPlaces.ts';

const jestConfig = createRequire(import.meta.url)('../../jest.config.js') as object;

interface Tests {
	/** Folders of test files, from the repository's top. */
	roots: string[];
	withStatic: boolean;
}

/**
 * Makes each change in a copy of the repository and runs the tests that pass through it.
 * @param keptIn the file of what was found before
 */
export async function tryMutants(
	mutants: readonly Mutant[],
	{ roots, withStatic }: Tests,
	keptIn: string,
): Promise<MutantResult[]> {
	keepTo(mutants);
	const stryker = new Stryker({
		mutate: mutants.map(rangeOf),
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner', './dev/mutants/triedPlaces.ts'],
		ignorers: ['tried-places'],
		jest: {
			config: { ...jestConfig, rootDir: '.', roots: roots.map((root) => `<rootDir>/${root}`) },
			enableFindRelatedTests: false,
		},
		coverageAnalysis: 'perTest',
		ignoreStatic: !withStatic,
		incremental: true,
		incrementalFile: keptIn,
		concurrency: 1,
		reporters: ['progress-append-only'],
		tempDirName: '.cache/stryker',
		ignorePatterns: ['dist', '.cache', 'docs', 'examples'],
		disableTypeChecks: false,
		allowConsoleColors: false,
	});
	return await stryker.runMutationTest();
}

/** Lines count from 1 in the pattern, columns from 0. */
function rangeOf({ fileName, location: { start, end } }: Mutant): string {
	return `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}
