import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Mutant, MutantResult } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';

import { forgetUntried, tryOnly } from './onlyTried.ts';

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
	tryOnly(mutants);
	if (existsSync(keptIn)) forgetUntried(keptIn);
	const stryker = new Stryker({
		mutate: mutants.map(rangeOf),
		testRunner: 'jest',
		plugins: ['@stryker-mutator/jest-runner', './dev/mutants/onlyTried.ts'],
		checkers: ['only-tried'],
		jest: {
			config: {
				...jestConfig,
				rootDir: '.',
				roots: roots.map((root) => `<rootDir>/${root}`),
				runner: '<rootDir>/dev/mutants/quickRunner.ts',
				testEnvironment: './dev/mutants/firstFailureEnvironment.ts',
			},
			enableFindRelatedTests: false,
		},
		coverageAnalysis: 'perTest',
		ignoreStatic: !withStatic,
		incremental: true,
		incrementalFile: keptIn,
		concurrency: 1,
		// All tests of a layer once, with coverage, on a busy machine.
		dryRunTimeoutMinutes: 30,
		// jest leaves behind what it has loaded: a process grows by gigabytes.
		maxTestRunnerReuse: 20,
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
