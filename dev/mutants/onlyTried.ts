import { readFileSync, writeFileSync } from 'node:fs';
import { CheckStatus, type Checker } from '@stryker-mutator/api/check';
import type { Mutant } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { keyOf } from './keyOf.ts';

/** StrykerJS asks in another process. */
const KEPT_IN = '.cache/mutants/tried.json';

/**
 * Limits StrykerJS to these mutants. It is given ranges of code and makes every change within one, and several in
 * the same place; of those that are none of these it is reported that they do not compile.
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
		// All at once.
		group: async (mutants) => [mutants.map(({ id }) => id)],
	};
}

/** StrykerJS loads plugins by this name. */
export const strykerPlugins = [
	declareFactoryPlugin(PluginKind.Checker, 'only-tried', createChecker),
];

/** Takes out of a report of an earlier run what that did not try: another sample may. */
export function forgetUntried(keptIn: string): void {
	const report = JSON.parse(readFileSync(keptIn, 'utf8')) as {
		files: Record<string, { mutants: Array<{ status: string }> }>;
	};
	for (const file of Object.values(report.files)) {
		file.mutants = file.mutants.filter(({ status }) => status !== 'CompileError');
	}
	writeFileSync(keptIn, JSON.stringify(report));
}
