import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NodeResult } from '../../dev/engine/runNode.ts';
import { isRecord } from '../../nodes/minimax/json/isRecord';
import { jsonOf, textOfEachItem, type ChatSetup } from './runChat';

/** One column with the number that stands in the row's text. */
const columns: INodeParameters = {
	responseFormat: 'columns',
	columns: { values: [{ name: 'row', type: 'integer', description: '', required: true }] },
};

export const rows = (count: number) =>
	Array.from({ length: count }, (_, row) => ({ text: `This is row ${row}` }));

/** So many rows, of which so many share a request. */
export function setupFor(count: number, rowsPerRequest: number, more: ChatSetup = {}): ChatSetup {
	return {
		items: rows(count),
		...more,
		rows: more.rows ?? [{ role: 'system', content: 'Find the number.' }, ...textOfEachItem],
		parameters: { ...columns, ...more.parameters },
		options: { rowsPerRequest, ...more.options },
	};
}

function tokensOf(json: IDataObject): number {
	const usage = isRecord(json.details)
		? isRecord(json.details.partial) && json.details.partial.usage
		: json.usage;
	return isRecord(usage) ? Number(usage.totalTokens) : 0;
}

/** What the run has paid for, and what its items report of it; kept answers were paid for before. */
export function tokens({ run, outputs }: NodeResult): { paid: number; reported: number } {
	const metadata = run.data.resultData.runData.Node?.at(-1)?.metadata?.tokenUsage;
	const own = jsonOf(outputs.flat()).filter(({ reused }) => reused !== true);
	return {
		paid: (metadata?.inputTokens ?? 0) + (metadata?.outputTokens ?? 0),
		reported: own.reduce((sum, json) => sum + tokensOf(json), 0),
	};
}
