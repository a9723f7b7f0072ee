import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAllProcessGroups, stopAllProcessGroups } from '../n8n/processGroups.ts';
import { benchCases } from './cases.ts';
import { runCase } from './runCase.ts';
import { startBench } from './startBench.ts';
import { formatCase, isMet, writeTable } from './writeTable.ts';

/**
 * `npm run bench` runs a real n8n against the simulator, this package's node beside n8n's own, and
 * keeps the result in docs/benchmarks.md. `npm run bench -- --only thousand` runs one row and keeps
 * nothing. Linux only: CPU and memory come from /proc.
 */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
const { only } = values;
const chosen = benchCases.filter(({ name }) => only === undefined || only.includes(name));
if (chosen.length === 0) {
	throw new Error(`There are these rows: ${benchCases.map(({ name }) => name).join(', ')}.`);
}

process.on('exit', killAllProcessGroups);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => void stopAllProcessGroups().then(() => process.exit(130)));
}

const bench = await startBench();
const parts: string[] = [];
let missed = 0;
try {
	for (const benchCase of chosen) {
		console.log(`\n${benchCase.name}: ${benchCase.title}`);
		const results = await runCase(bench, benchCase);
		missed += benchCase.aims.filter((aim) => !isMet(aim, results)).length;
		parts.push(formatCase(benchCase, results));
	}
} finally {
	await bench.stop();
}

const [cpu] = cpus();
const load = loadavg().map((value) => value.toFixed(1));
const heading =
	`Measured on ${new Date().toISOString().slice(0, 10)} with \`npm run bench\`: ` +
	`n8n ${bench.n8nVersion}, ${process.platform} ${process.arch}, ` +
	`${cpus().length} cores (${cpu?.model ?? 'unknown'}), load average at the end ${load.join(', ')}.`;
const table = [heading, ...parts].join('\n\n');
console.log(`\n${table}\n`);
if (only === undefined) {
	writeTable(join(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md'), table);
}
console.log(missed === 0 ? 'All aims are met.' : `${missed} aims are missed.`);
process.exitCode = missed === 0 ? 0 : 1;
