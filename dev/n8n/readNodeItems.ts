import type { Execution, Item } from './n8nTypes.ts';

/** The items a node gave out of one output in its last run; an empty list when it did not run. */
export function readNodeItems(execution: Execution, nodeName: string, output = 0): Item[] {
	return execution.runData?.[nodeName]?.at(-1)?.data?.main?.[output] ?? [];
}
