import fc from 'fast-check';

/** Property tests try the same values each time, so that none fails by chance. `SEED=2 npx jest …` tries others. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.SEED ?? '1') });

export default fc;
export type { Arbitrary } from 'fast-check';
