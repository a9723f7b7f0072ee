/**
 * `npm run bench:pace` plays the scenarios of test/minimax/pace in virtual time and prints how the pace
 * does, family by family.
 *
 *   npm run bench:pace -- --against 24943ad    with the pace of that commit instead
 *   npm run bench:pace -- --seeds 5 --only caps --each
 *
 * Time is divided by that of a client which knows the limits; refusals by accepted requests.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type * as Study from '../../test/minimax/pace/paceStudy.ts';
import { loadBundled } from '../loadBundled.ts';

const { values } = parseArgs({
	options: {
		against: { type: 'string' },
		seeds: { type: 'string', default: '3' },
		only: { type: 'string', multiple: true },
		each: { type: 'boolean', default: false },
	},
});
const root = resolve(import.meta.dirname, '..', '..');

const { playScenario, scenarios } = loadStudy(values.against);
const rows: Array<{
	scenario: Study.Scenario;
	ratio: number;
	refusals: number;
	lost: number;
	share: number;
	ms: number;
}> = [];
for (const scenario of scenarios) {
	const { group, family, name } = scenario;
	if (values.only && !values.only.some((word) => `${group} ${family} ${name}`.includes(word)))
		continue;
	const outcomes: Study.Outcome[] = [];
	const startedAt = performance.now();
	for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
		outcomes.push(await playScenario(scenario, seed));
	}
	const row = {
		scenario,
		ratio: geometricMean(outcomes.map(({ ms, idealMs }) => ms / idealMs)),
		refusals: mean(outcomes.map(({ refused, answered }) => refused / Math.max(1, answered))),
		lost: outcomes.reduce((sum, { lost }) => sum + lost, 0),
		share: Math.min(...outcomes.map(({ worstShare }) => worstShare)),
		ms: performance.now() - startedAt,
	};
	rows.push(row);
	if (values.each) {
		console.log(
			`${row.ratio.toFixed(2)} ${row.refusals.toFixed(3)} ${row.lost} ${row.share.toFixed(2)} ${(row.ms / 1000).toFixed(1)}s | ${group} | ${family} | ${name}`,
		);
	}
}

console.log('| scenarios | | time / ideal | refusals / accepted | rows lost |');
console.log('|---|---|---|---|---|');
const families = new Set(rows.map(({ scenario: { group, family } }) => `${group} | ${family}`));
for (const family of families) {
	print(
		family,
		rows.filter(({ scenario }) => `${scenario.group} | ${scenario.family}` === family),
	);
}
for (const group of ['stated', 'common', 'harsh']) {
	print(
		`all ${group} | `,
		rows.filter(({ scenario }) => scenario.group === group),
	);
}
print(
	'all but harsh | ',
	rows.filter(({ scenario }) => scenario.group !== 'harsh'),
);
print('all | ', rows);

function print(name: string, some: typeof rows): void {
	if (some.length === 0) return;
	const ratio = geometricMean(some.map((row) => row.ratio)).toFixed(3);
	const refusals = mean(some.map((row) => row.refusals)).toFixed(3);
	const lost = some.reduce((sum, row) => sum + row.lost, 0);
	console.log(`| ${name} (${some.length}) | ${ratio} | ${refusals} | ${lost} |`);
}

function mean(numbers: number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function geometricMean(numbers: number[]): number {
	return Math.exp(mean(numbers.map(Math.log)));
}

function loadStudy(commit: string | undefined): typeof Study {
	const folder = commit === undefined ? root : checkOut(commit);
	const study = loadBundled(join(folder, 'test/minimax/pace/paceStudy.ts')) as typeof Study;
	if (folder !== root) rmSync(folder, { recursive: true });
	return study;
}

/** The scenarios of today beside the core of that commit, in a folder of its own. */
function checkOut(commit: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'pace-'));
	const input = execFileSync('git', ['archive', commit, 'nodes/minimax'], {
		cwd: root,
		maxBuffer: 2 ** 28,
	});
	execFileSync('tar', ['x', '-C', folder], { input });
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	for (const part of ['test/support', 'test/minimax/pace']) {
		cpSync(join(root, part), join(folder, part), { recursive: true });
	}
	return folder;
}
