import type { BenchCase, CaseResults } from './cases.ts';
import type { ContenderName } from './contenders.ts';
import { labels } from './contenders.ts';
import { runContender, warmUp } from './runContender.ts';
import type { Sample } from './runContender.ts';
import type { Bench } from './startBench.ts';

/** All rounds of a case, the contenders in turn, so that other load on the machine hits all alike. */
export async function runCase(bench: Bench, benchCase: BenchCase): Promise<CaseResults> {
	const rounds = Object.entries(benchCase.rounds) as Array<[ContenderName, number]>;
	const samples: CaseResults = {
		ours: [],
		alone: [],
		together: [],
		http: [],
		builtIn: [],
		floor: [],
	};
	if (!benchCase.freshServer) {
		for (const [name] of rounds) await warmUp(bench, name, benchCase.retryOnFail);
	}
	const most = Math.max(...rounds.map(([, count]) => count));
	for (let round = 0; round < most; round += 1) {
		for (const [name, count] of rounds) {
			if (round >= count) continue;
			if (benchCase.freshServer) {
				await bench.restart();
				await warmUp(bench, name, benchCase.retryOnFail);
			}
			const sample = await runContender(bench, name, benchCase);
			samples[name].push(sample);
			console.log(`  ${labels[name].padEnd(44)}${describeSample(sample)}`);
		}
	}
	return samples;
}

function describeSample({ wallMs, cpuMs, peakMb, idleMb, ...counts }: Sample): string {
	const { succeeded, answered, refused } = counts;
	return (
		`${wallMs} ms, CPU ${cpuMs} ms, memory ${idleMb.toFixed(0)} → ${peakMb.toFixed(0)} MB, ` +
		`${succeeded} items from ${answered} answers, ${refused} other replies`
	);
}
