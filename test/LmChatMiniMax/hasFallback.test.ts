import {
	NodeConnectionTypes,
	type IConnections,
	type INodeParameters,
	type INodeType,
	type ISupplyDataFunctions,
} from 'n8n-workflow';

import { hasFallback } from '../../nodes/LmChatMiniMax/hasFallback';
import { startWorkflow, type WorkflowNode } from '../../dev/engine/startWorkflow.ts';
import { partly } from '../support/partly';

const { AiLanguageModel, Main } = NodeConnectionTypes;

/** A sub-node that supplies, by its name, what `hasFallback` says in it; and a selector in front of others. */
function subNode(name: string, seen: Map<string, boolean>): WorkflowNode {
	const nodeType: INodeType = {
		description: {
			displayName: name,
			name: name.toLowerCase(),
			group: ['transform'],
			version: 1,
			description: 'Stands for a model',
			defaults: { name },
			inputs: [{ type: AiLanguageModel }],
			outputs: [AiLanguageModel],
			properties: [],
		},
		async supplyData(this: ISupplyDataFunctions, itemIndex: number) {
			seen.set(name, hasFallback(this));
			await this.getInputConnectionData(AiLanguageModel, itemIndex);
			return { response: name };
		},
	};
	return { name, nodeType };
}

function agentWith(needsFallback: boolean): WorkflowNode {
	const parameters: INodeParameters = { needsFallback };
	const nodeType: INodeType = {
		description: {
			displayName: 'Agent',
			name: 'agent',
			group: ['transform'],
			version: 1,
			description: 'Stands for an agent',
			defaults: { name: 'Agent' },
			inputs: [Main, { type: AiLanguageModel }, { type: AiLanguageModel }],
			outputs: [Main],
			properties: [
				{
					displayName: 'Enable Fallback Model',
					name: 'needsFallback',
					type: 'boolean',
					default: false,
				},
			],
		},
		async execute() {
			await this.getInputConnectionData(AiLanguageModel, 0);
			return [[{ json: {} }]];
		},
	};
	return { name: 'Agent', nodeType, parameters };
}

/** Which models think that a fallback stands ready. */
async function ask(
	needsFallback: boolean,
	wires: Array<[from: string, to: string, input: number]>,
) {
	const seen = new Map<string, boolean>();
	const connections: IConnections = {};
	for (const [node, to, index] of wires) {
		connections[node] = { [AiLanguageModel]: [[{ node: to, type: AiLanguageModel, index }]] };
	}
	const subNodes = wires.map(([name]) => subNode(name, seen));
	const { done } = await startWorkflow({
		nodes: [agentWith(needsFallback), ...subNodes],
		connections,
	});
	const { error } = await done;
	if (error !== undefined) throw error;
	return Object.fromEntries(seen);
}

it('is there for the first model of a root that has its fallback enabled, not for the second', async () => {
	const answer = await ask(true, [
		['First', 'Agent', 0],
		['Second', 'Agent', 1],
	]);
	expect(answer).toEqual({ First: true, Second: false });
});

it('is not there where it is switched off', async () => {
	await expect(ask(false, [['First', 'Agent', 0]])).resolves.toEqual({ First: false });
});

it('is seen through a node that selects a model', async () => {
	const answer = await ask(true, [
		['Selector', 'Agent', 0],
		['Inner', 'Selector', 0],
		['Spare selector', 'Agent', 1],
		['Spare', 'Spare selector', 0],
	]);
	expect(answer).toEqual({
		Selector: true,
		Inner: true,
		'Spare selector': false,
		Spare: false,
	});
});

describe('what some n8n does not report', () => {
	type Context = Parameters<typeof hasFallback>[0];
	const node = (name: string, needsFallback = false) => ({ name, parameters: { needsFallback } });
	const asked = (parts: object) =>
		hasFallback(partly<Context>({ getNode: () => node('Model'), ...parts }));
	const agent = { getExecuteData: () => ({ node: node('Agent', true) }) };

	it('is taken for none', () => {
		expect(asked({})).toBe(false);
		expect(asked({ parentNode: node('Agent', true) })).toBe(false);
	});

	it('does not hide the fallback of the root', () => {
		expect(asked(agent)).toBe(true);
		expect(asked({ ...agent, parentNode: node('Selector') })).toBe(true);
	});

	it.each<[unknown, boolean]>([
		[undefined, true],
		[[[], undefined], true],
		[[[{ node: 'Model' }], [{ node: 'Other' }]], true],
		[[[{ node: 'Other' }], [null, { node: 'Other' }, { node: 'Model' }]], false],
	])('with the models %j a fallback stands ready: %s', (inputs, ready) => {
		expect(asked({ ...agent, getConnections: () => inputs })).toBe(ready);
	});
});
