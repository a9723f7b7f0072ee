import { readFileSync, writeFileSync } from 'node:fs';
import { CheckStatus, type Checker } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { keyOf } from './keyOf.ts';

/** The checker runs in a process of its own, so it gets the list through a file. */
const KEPT_IN = '.cache/mutants/tried.json';

/**
 * Limits StrykerJS to these mutants. StrykerJS can be given ranges of code only, and makes every change that is
 * possible within them. The checker reports all other changes as not compiling, so that they are not tried.
 */
export function tryOnly(mutants: readonly Mutant[]): void {
	writeFileSync(KEPT_IN, JSON.stringify(mutants.map((mutant) => keyOf(mutant))));
}

function createChecker(): Checker {
	const tried = new Set<string>(JSON.parse(readFileSync(KEPT_IN, 'utf8')));
	const reason = 'It is not in the sample.';
	return {
		async init() {},
		async check(mutants) {
			return Object.fromEntries(
				mutants.map((mutant) => [
					mutant.id,
					tried.has(keyOf(mutant))
						? { status: CheckStatus.Passed }
						: { status: CheckStatus.CompileError, reason },
				]),
			);
		},
		// StrykerJS may hand over all changes in one call.
		group: async (mutants) => [mutants.map(({ id }) => id)],
	};
}

/** StrykerJS loads plugins by this name. */
export const strykerPlugins = [
	declareFactoryPlugin(PluginKind.Checker, 'only-tried', createChecker),
];

/** Removes from the report of an earlier run the changes that were not in its sample, as they may be in this one. */
export function forgetUntried(keptIn: string): void {
	const report = JSON.parse(readFileSync(keptIn, 'utf8')) as {
		files: Record<string, { mutants: Array<{ status: string }> }>;
	};
	for (const file of Object.values(report.files)) {
		file.mutants = file.mutants.filter(({ status }) => status !== 'CompileError');
	}
	writeFileSync(keptIn, JSON.stringify(report));
}
