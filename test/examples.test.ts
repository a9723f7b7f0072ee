import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeExecutionData } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../dev/simulator/startSimulator.ts';
import { jsonOf, runChat } from './support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

/** Runs the MiniMax Chat of an example on the items that its Code node makes. */
async function runExample(name: string) {
	const file = join(__dirname, '..', 'examples', `${name}.json`);
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as { nodes: INode[] };
	const code = nodes.find(({ type }) => type === 'n8n-nodes-base.code');
	const chat = nodes.find(({ type }) => type.endsWith('.miniMaxChat'));
	if (code === undefined || chat === undefined) throw new Error(`${name} has no such nodes`);
	const makeItems = new Function(String(code.parameters.jsCode)) as () => INodeExecutionData[];
	const items = makeItems();
	const { outputs } = await runChat(simulator, {
		items,
		rows: [],
		parameters: chat.parameters,
		onError: 'continueErrorOutput',
	});
	return { items, done: jsonOf(outputs[0]), failed: jsonOf(outputs[1]) };
}

it('classify-rows labels all rows that hold a text', async () => {
	const { items, done, failed } = await runExample('classify-rows');

	expect(items).toHaveLength(20);
	expect(done).toHaveLength(19);
	expect(done.map(({ row, label }) => `${String(row)} ${String(label)}`)).toEqual(
		'1 billing,2 bug,3 wish,4 billing,5 bug,6 wish,8 billing,9 billing,10 bug,11 wish,12 billing,13 bug,14 wish,15 billing,16 bug,17 wish,18 billing,19 bug,20 wish'.split(
			',',
		),
	);
	expect(new Set(done.map(({ urgent }) => typeof urgent))).toEqual(new Set(['boolean']));
	expect(failed).toEqual([
		expect.objectContaining({ row: 7, error: expect.stringMatching(/^'Messages' holds nothing/) }),
	]);
});

it('extract-invoices makes a row of each invoice, and sends the picture', async () => {
	const { done, failed } = await runExample('extract-invoices');

	expect(failed).toEqual([]);
	expect(done.map((row) => Object.keys(row).slice(0, 6))).toEqual(
		done.map(() => ['file', 'supplier', 'invoice_number', 'date', 'amount', 'currency']),
	);
	expect(done.slice(0, 2)).toMatchObject([
		{
			file: 'invoice-1.txt',
			supplier: 'Fjord Coffee Roasters',
			invoice_number: 'INV-7781',
			date: '2026-11-03',
			amount: 177.5,
			currency: 'EUR',
		},
		{
			file: 'invoice-2.txt',
			supplier: 'Bright Hosting Ltd.',
			invoice_number: 'BH-1192',
			date: '2026-11-20',
			amount: 89,
			currency: 'USD',
		},
	]);
	const pictures = simulator.requests.filter(({ body }) =>
		JSON.stringify(body).includes('"image_url":{"url":"data:image/png;base64,'),
	);
	expect(pictures).toHaveLength(1);
});

it('compare-rows-together asks for 20 rows a request, and all come out as row by row', async () => {
	const file = join(__dirname, '..', 'examples', 'compare-rows-together.json');
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as { nodes: INode[] };
	const [alone, together] = nodes.filter(({ type }) => type.endsWith('.miniMaxChat'));
	const code = nodes.find(({ name }) => name === 'Messages');
	const items = (new Function(String(code?.parameters.jsCode)) as () => INodeExecutionData[])();
	const labelsOf = async (node: INode | undefined) => {
		const { outputs } = await runChat(simulator, { items, rows: [], parameters: node?.parameters });
		return jsonOf(outputs[0]).map(({ label, urgent }) => [label, urgent]);
	};

	const rowByRow = await labelsOf(alone);
	expect(simulator.requests).toHaveLength(50);
	expect(await labelsOf(together)).toEqual(rowByRow);
	expect(simulator.requests).toHaveLength(53);
	expect(new Set(rowByRow.map(([label]) => label))).toEqual(new Set(['billing', 'bug', 'wish']));
});
