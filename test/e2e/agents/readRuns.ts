import assert from 'node:assert/strict';
import type { Execution } from '../../../dev/n8n/n8nTypes.ts';
import { readNodeItems } from '../../../dev/n8n/readNodeItems.ts';
import type { Simulator } from '../../../dev/simulator/startSimulator.ts';
import { apiKey } from '../openScene.ts';
import { modelName } from './agentWorkflow.ts';

interface SentMessage {
	role: string;
	content?: unknown;
	tool_call_id?: string;
	tool_calls?: Array<{ id: string; function: { name: string; arguments: string } }>;
	reasoning_details?: Array<{ text: string }>;
}
/** The messages of a request; -1 is the latest. */
export function sentMessages(simulator: Simulator, index: number): SentMessage[] {
	const body = simulator.requests.at(index)?.body;
	return (body as { messages: SentMessage[] } | undefined)?.messages ?? [];
}

/** The conversation in short: what a turn thought, called (id, arguments), answered. */
export function outline(messages: SentMessage[]): unknown[] {
	return messages.map((message) => {
		const { role, content, tool_calls: calls, tool_call_id: answers } = message;
		if (calls !== undefined) {
			const thought = message.reasoning_details?.map(({ text }) => text).join('') ?? null;
			return { thought, content, calls: calls.map((call) => [call.id, call.function.arguments]) };
		}
		return answers === undefined ? [role, content] : { answers, content };
	});
}

export function outputs(execution: Execution, name = 'Agent'): unknown[] {
	return readNodeItems(execution, name).map(({ json }) => json);
}

interface ModelRun {
	tokenUsage?: unknown;
	tokenUsageEstimate?: unknown;
}

/** What the log of the model node shows, one entry a request. */
export function shownUsage(execution: Execution): unknown[] {
	return (execution.runData[modelName] ?? []).map((run) => {
		const json = run.data?.ai_languageModel?.[0]?.[0]?.json as ModelRun | undefined;
		return json?.tokenUsage ?? json;
	});
}

export function assertSucceeded(execution: Execution): void {
	assert.equal(execution.status, 'success', JSON.stringify(execution.error));
	assert.ok(!execution.raw.includes(apiKey), 'the key is in the saved data');
}
