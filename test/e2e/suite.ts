import type { Stage } from './openStage.ts';

/**
 * What a `*.checks.ts` file exports as default. `run.ts` finds the files by their name and runs
 * them one after the other, each on the same stage.
 */
export interface Suite {
	title: string;
	run: (stage: Stage, check: Check) => Promise<void>;
}

/**
 * Runs one check and prints how it went. What it throws makes it fail and the suite goes on; a
 * later check that needs what an earlier one made fails by itself.
 */
export type Check = (name: string, work: () => Promise<unknown>) => Promise<void>;
