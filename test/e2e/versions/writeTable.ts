import type { Feature } from './bench.ts';
import type { Column } from './tryVersion.ts';

/** Features by versions, as a Markdown table. */
export function writeTable(features: Feature[], columns: Column[]): string {
	const row = (cells: string[]) => `| ${cells.join(' | ')} |\n`;
	return [
		row(['', ...columns.map(({ version }) => `n8n ${version}`)]),
		row(['---', ...columns.map(() => '---')]),
		row(['Tried with Node.js', ...columns.map(({ nodeVersion }) => nodeVersion)]),
		...features.map(({ name }) =>
			row([name, ...columns.map(({ cells }) => cells[name] ?? '**no**')]),
		),
	].join('');
}
