import { readFileSync, writeFileSync } from 'node:fs';
import type { Aim, BenchCase, CaseResults } from './cases.ts';
import { labels } from './contenders.ts';
import type { ContenderName } from './contenders.ts';
import { median } from './median.ts';
import type { Sample } from './runContender.ts';

const begin = '<!-- begin of what `npm run bench` writes -->';
const end = '<!-- end of what `npm run bench` writes -->';

/** One case: what the contenders took, and whether the aims are met. */
export function formatCase({ title, idealMs, aims }: BenchCase, results: CaseResults): string {
	const names = Object.keys(results) as ContenderName[];
	const rows = names
		.filter((name) => results[name].length > 0)
		.map((name) => formatRow(name, results[name]));
	const ideal = idealMs === undefined ? '' : ` (ideal ${formatSeconds(idealMs)})`;
	return [
		`### ${title}${ideal}`,
		'',
		'| node | time | CPU of n8n | memory before → peak | items out | requests answered | tokens | answers lost | refused or failed requests |',
		'|---|---|---|---|---|---|---|---|---|',
		...rows,
		'',
		...aims.map((aim) => formatAim(aim, results)),
	].join('\n');
}

/** Medians of the rounds. */
function formatRow(name: ContenderName, samples: Sample[]): string {
	const of = (field: keyof Sample) => median(samples.map((sample) => sample[field]));
	const cells = [
		labels[name],
		formatSeconds(of('wallMs')),
		formatSeconds(of('cpuMs')),
		`${of('idleMb').toFixed(0)} → ${of('peakMb').toFixed(0)} MB`,
		of('succeeded'),
		of('answered'),
		of('tokens'),
		Math.max(0, of('answered') - of('succeeded')),
		of('refused'),
	];
	return `| ${cells.join(' | ')} |`;
}

function formatAim(aim: Aim, results: CaseResults): string {
	const { text, most, least } = aim;
	const value = aim.value(results);
	const bound = most === undefined ? `at least ${least}` : `at most ${most}`;
	const shown = Number.isInteger(value) ? value : value.toFixed(2);
	return `- ${isMet(aim, results) ? 'met' : '**missed**'}: ${text} = ${shown} (${bound})`;
}

export function isMet({ value, most, least }: Aim, results: CaseResults): boolean {
	const reached = value(results);
	return reached <= (most ?? Infinity) && reached >= (least ?? -Infinity);
}

function formatSeconds(ms: number): string {
	return `${(ms / 1000).toFixed(2)} s`;
}

/** Replaces the measured part of the document and leaves the words around it. */
export function writeTable(file: string, table: string): void {
	const document = readFileSync(file, 'utf8');
	const from = document.indexOf(begin);
	const to = document.indexOf(end);
	if (from < 0 || to < from) throw new Error(`${file} has lost the marks of the measured part.`);
	const before = document.slice(0, from + begin.length);
	writeFileSync(file, `${before}\n\n${table}\n\n${document.slice(to)}`);
}
