import { readFileSync, writeFileSync } from 'node:fs';
import type { Aim, BenchCase, CaseResults } from './cases.ts';
import { labels } from './contenders.ts';
import type { ContenderName } from './contenders.ts';
import type { Sample } from './runContender.ts';

const begin = '<!-- begin of what `npm run bench` writes -->';
const end = '<!-- end of what `npm run bench` writes -->';

/** One case: what the contenders took, and whether the aims are met. */
export function formatCase({ title, idealMs, aims }: BenchCase, results: CaseResults): string {
	const rows = Object.entries(results).map(([name, sample]) =>
		formatRow(name as ContenderName, sample),
	);
	const ideal = idealMs === undefined ? '' : ` (ideal ${formatSeconds(idealMs)})`;
	return [
		`### ${title}${ideal}`,
		'',
		'| node | time | CPU of n8n | peak memory | items out | answers lost | refused or failed requests |',
		'|---|---|---|---|---|---|---|',
		...rows,
		'',
		...aims.map((aim) => formatAim(aim, results)),
	].join('\n');
}

function formatRow(name: ContenderName, sample: Sample): string {
	const { wallMs, cpuMs, peakMb, succeeded, answered, refused } = sample;
	const cells = [
		labels[name],
		formatSeconds(wallMs),
		formatSeconds(cpuMs),
		`${peakMb.toFixed(0)} MB`,
		succeeded,
		Math.max(0, answered - succeeded),
		refused,
	];
	return `| ${cells.join(' | ')} |`;
}

function formatAim(aim: Aim, results: CaseResults): string {
	const { text, most, least } = aim;
	const value = aim.value(results as Record<ContenderName, Sample>);
	const bound = most === undefined ? `at least ${least}` : `at most ${most}`;
	const shown = Number.isInteger(value) ? value : value.toFixed(2);
	return `- ${isMet(aim, results) ? 'met' : '**missed**'}: ${text} = ${shown} (${bound})`;
}

export function isMet({ value, most, least }: Aim, results: CaseResults): boolean {
	const reached = value(results as Record<ContenderName, Sample>);
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
