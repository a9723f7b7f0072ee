import { deepCopy, NodeConnectionTypes, type INodeProperties, type INodeType } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { hideRowsFromRouting } from '../../nodes/MiniMaxChat/hideRowsFromRouting';
import { runNode } from '../../dev/engine/runNode.ts';
import { runChat } from '../support/runChat';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => await simulator.close());

const property: INodeProperties = {
	displayName: 'Messages',
	name: 'messages',
	type: 'fixedCollection',
	default: {},
	options: [
		{
			displayName: 'Message',
			name: 'values',
			values: [{ displayName: 'Role', name: 'role', type: 'string', default: '' }],
		},
	],
};

it('differs only in having no options of its own', () => {
	const hidden = hideRowsFromRouting(property);

	expect(Object.keys(hidden)).toEqual(['displayName', 'name', 'type', 'default']);
	expect(hidden.options).toEqual(property.options);
});

it('is the original again as JSON and in a copy', () => {
	const hidden = hideRowsFromRouting(property);

	expect(JSON.parse(JSON.stringify([hidden]))).toEqual([property]);
	expect(deepCopy([hidden])).toStrictEqual([property]);
});

/** A node whose only row of the collection would be sent as a field of the body, if the engine saw it. */
function echoNode(hide: (given: INodeProperties) => INodeProperties): INodeType {
	return {
		description: {
			displayName: 'Echo',
			name: 'echo',
			group: ['input'],
			version: 1,
			description: 'Sends what routing has put together',
			defaults: { name: 'Echo' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			requestDefaults: { method: 'POST', url: `${simulator.url}/chat/completions` },
			properties: [
				hide({
					displayName: 'Rows',
					name: 'rows',
					type: 'fixedCollection',
					default: {},
					options: [
						{
							displayName: 'Row',
							name: 'values',
							values: [
								{
									displayName: 'Text',
									name: 'text',
									type: 'string',
									default: 'by default',
									routing: { send: { type: 'body', property: 'text' } },
								},
							],
						},
					],
				}),
			],
		},
	};
}

it.each([
	['seen', (given: INodeProperties) => given, { text: 'One' }],
	['not looked for once hidden', hideRowsFromRouting, {}],
])("has rows whose routing is %s by n8n's engine", async (_what, hide, sent) => {
	simulator.reset();
	await runNode({
		nodeType: echoNode(hide),
		items: [{ text: 'One' }],
		parameters: { rows: { values: { text: '={{ $json.text }}' } } },
		onError: 'continueRegularOutput',
	});

	expect(simulator.requests.map(({ body }) => body ?? {})).toEqual([sent]);
});

it('still gives rows their defaults', async () => {
	await runChat(simulator, { rows: [{ content: '={{ $json.text }}' }], items: [{ text: 'One' }] });

	expect(simulator.requests.at(-1)?.body).toMatchObject({
		messages: [{ role: 'user', content: 'One' }],
	});
});
