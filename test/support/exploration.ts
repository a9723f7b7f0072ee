/**
 * How often a slow property test runs, and from which seed: `SEED=2 RUNS=200 npx jest rowFaults` looks for other
 * cases in minutes. Without them it tries the same few, which suffice to see that nothing is broken.
 */
const { SEED = '1', RUNS = '6' } = process.env;
export const runs = { seed: Number(SEED), numRuns: Number(RUNS) };
/** Milliseconds that such a test may take. */
export const LONG_MS = runs.numRuns * 30_000;
