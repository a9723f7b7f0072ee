import type { IExecuteSingleFunctions } from 'n8n-workflow';

import { ChatRun } from './chatRun';

/** The newest run of each node execution; n8n hands all items of it the same execute data. */
const runs = new WeakMap<object, ChatRun>();

/** The run that the item belongs to, with the item in it; begins one for the first item. */
export function enterRun(context: IExecuteSingleFunctions): ChatRun {
	const executeData = context.getExecuteData();
	const index = context.getItemIndex();
	let run = runs.get(executeData);
	// Retry On Fail and an agent's next tool call run the node again with the same execute data.
	if (run === undefined || !run.comesBefore(index)) {
		run = new ChatRun(context, run);
		runs.set(executeData, run);
	}
	run.enter(index);
	return run;
}
