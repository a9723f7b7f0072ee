/**
 * Reads replies that are made up at random, and says where a promise is broken:
 *
 *   npm run fuzz -- --seed 7 --count 50000
 *
 * The same seed makes up the same replies. Of one that breaks a promise the smallest form is printed that
 * still does. Floods without an end are read once each, before. Exits with 1 where a promise is broken.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';

import { loadBundled } from '../loadBundled.ts';
import { checkEnd, checkOutcome, checkReply } from './checkReply.ts';
import { floods } from './floods.ts';
import type * as Core from './core.ts';
import { readReply } from './readReply.ts';
import { reply } from './replies.ts';

const { values } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '5000' } },
});
const seed = Number(values.seed);
const count = Number(values.count);
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1) {
	throw new Error('--seed and --count have to be whole numbers');
}

/** Of heap beside the longest reply, for floods. */
const MOST_MEGABYTES = 400;

let violations = 0;
process.on('unhandledRejection', (reason) => {
	violations += 1;
	console.error('UNHANDLED REJECTION', reason);
});

const core = loadBundled(join(import.meta.dirname, 'core.ts')) as typeof Core;
const start = performance.now();

for (const [name, flood] of Object.entries(floods)) {
	const before = process.memoryUsage().heapUsed;
	const outcome = await readReply(core, flood);
	const megabytes = (process.memoryUsage().heapUsed - before) / 2 ** 20;
	const { hasEnded, thrown } = outcome;
	const found = [
		// A flood takes its time: it is as long as it is let be.
		...checkEnd({ hasEnded, thrown, milliseconds: 0, result: null, heard: '', taken: 0 }),
		...checkOutcome(core, outcome),
		...(megabytes > MOST_MEGABYTES ? [`it keeps ${Math.round(megabytes)} MB`] : []),
	];
	const ending =
		outcome.result && 'failure' in outcome.result ? outcome.result.failure.cause : 'none';
	const read = `${(outcome.taken / 2 ** 20).toFixed(0)} MB read in ${(outcome.milliseconds / 1000).toFixed(1)} s`;
	console.log(
		`flood of ${name}: ${ending}, ${read}${found.map((each) => `\n  VIOLATION ${each}`).join('')}`,
	);
	violations += found.length;
}

const endings = new Map<string, number>();
const details = await fc.check(
	fc.asyncProperty(reply, async (given) => {
		const { result } = await readReply(core, given);
		const ending =
			result === null ? 'none' : 'failure' in result ? result.failure.cause : 'completion';
		endings.set(ending, (endings.get(ending) ?? 0) + 1);
		const found = await checkReply(core, given);
		if (found.length > 0) throw new Error(found.join('\n'));
	}),
	{ seed, numRuns: count },
);

const seconds = (performance.now() - start) / 1000;
if (details.failed) {
	violations += 1;
	console.error(fc.stringify(details.counterexample));
	console.error(details.errorInstance);
}
const counted = [...endings].sort(([, one], [, other]) => other - one);
console.log(counted.map(([ending, times]) => `${ending} ${times}`).join(', '));
console.log(
	`${details.numRuns} replies, seed ${seed}, ${seconds.toFixed(0)} s, ${violations} violations`,
);
process.exitCode = violations > 0 ? 1 : 0;
