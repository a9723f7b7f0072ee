/**
 * Reads many damaged answers and reports what became of them, by kind of damage:
 *
 *   npm run json-answers [-- count [seed]]
 *
 * An answer comes out as it was meant (recovered), is refused, or comes out as something else (wrong, which
 * must never happen). Damage that makes other JSON that is valid as it stands, such as a bracket pair that is
 * lost, leaves nothing to see; such answers are counted as invisible.
 */
import fc from 'fast-check';

import type { Damage } from './damage.ts';
import { harmful } from './harmful.ts';
import { harmless } from './harmless.ts';
import { judge, type Verdict } from './judge.ts';
import { loadReader } from './loadReader.ts';
import { seeded } from './random.ts';
import { answerValues } from './values.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const SEED = Number(process.argv[3] ?? 1);

const read = loadReader();
const kinds = [...harmless, ...harmful];
const values = fc.sample(answerValues, { numRuns: Math.ceil(COUNT / kinds.length), seed: SEED });
const shown: string[] = [];

const rows = kinds.map((damage, index) => tally(damage, index));
const header = '| Damage | answers | recovered | refused | wrong | invisible |';
console.log([header, '|---|---|---|---|---|---|', ...rows.map(({ line }) => line)].join('\n'));
const sum = (verdict: Verdict): number =>
	rows.reduce((total, row) => total + row.counts[verdict], 0);
console.log(
	`\n${values.length * kinds.length} answers, seed ${SEED}: ${sum('recovered')} recovered, ${sum('refused')} refused, ${sum('wrong')} wrong, ${sum('invisible')} invisible`,
);
console.log(shown.join('\n'));
process.exitCode = sum('wrong') === 0 ? 0 : 1;

function tally(damage: Damage, index: number) {
	const counts: Record<Verdict, number> = {
		recovered: 0,
		refused: 0,
		wrong: 0,
		invisible: 0,
		none: 0,
	};
	for (const [place, value] of values.entries()) {
		const random = seeded(SEED * 1_000_003 + index * 100_003 + place);
		const result = judge(value, damage, random, read);
		counts[result.verdict] += 1;
		if (result.verdict === 'wrong') {
			shown.push(`WRONG (${damage.name}): ${JSON.stringify(result)}`);
		}
		if (process.argv.includes('--refused') && damage.isHarmless && result.verdict === 'refused') {
			shown.push(`REFUSED (${damage.name}): ${JSON.stringify(result)}`);
		}
	}
	const { recovered, refused, wrong, invisible } = counts;
	const name = damage.isHarmless ? `**${damage.name}**` : damage.name;
	const all = recovered + refused + wrong + invisible;
	const part = (count: number): string =>
		`${count} (${((100 * count) / Math.max(all, 1)).toFixed(1)} %)`;
	return {
		counts,
		line: `| ${name} | ${all} | ${part(recovered)} | ${part(refused)} | ${wrong} | ${invisible} |`,
	};
}
