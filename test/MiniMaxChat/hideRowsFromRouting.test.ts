import { deepCopy, Expression, type INodeProperties } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { hideRowsFromRouting } from '../../nodes/MiniMaxChat/hideRowsFromRouting';
import { runChat, textOfEachItem } from '../support/runChat';

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

it('leaves three evaluations of an expression in a message per item: two of routing and ours', async () => {
	const evaluate = jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');

	await runChat(simulator, {
		rows: textOfEachItem,
		items: [{ json: { text: 'One' } }, { json: { text: 'Two' } }],
	});

	expect(evaluate.mock.calls.filter(([value]) => value === '={{ $json.text }}')).toHaveLength(6);
});
