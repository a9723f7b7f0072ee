import { readFileSync } from 'node:fs';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import type { Mutant } from '@stryker-mutator/api/core';

const silent = () => {};
const noLogger = {
	isTraceEnabled: () => false,
	isDebugEnabled: () => false,
	isInfoEnabled: () => false,
	isWarnEnabled: () => false,
	isErrorEnabled: () => false,
	isFatalEnabled: () => false,
	trace: silent,
	debug: silent,
	info: silent,
	warn: silent,
	error: silent,
	fatal: silent,
};

/** Every change that StrykerJS would try in the files. */
export async function listMutants(files: readonly string[]): Promise<readonly Mutant[]> {
	const sources = files.map((name) => ({
		name,
		content: readFileSync(name, 'utf8'),
		mutate: true,
	}));
	const options = { plugins: null, excludedMutations: [], ignorers: [] };
	const { mutants } = await new Instrumenter(noLogger).instrument(sources, options);
	return mutants;
}
