import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { anyId, apiErrorOf, jsonOf, runChat, textOfEachItem } from '../support/runChat';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const rejected = '#sim {"fault":{"code":1026}}';
const setup = {
	items: [
		{ text: 'Hello', row: 1 },
		{ text: `Bad\n${rejected}`, row: 2 },
		{ text: 'Hello', row: 3 },
		{ text: `Worse\n${rejected}`, row: 4 },
	],
	rows: textOfEachItem,
};
const details = {
	description: expect.stringMatching(
		/^Change what the messages say .* The answer was: “input new_sensitive \(1026\)”\. Request ID: [0-9a-f]{32}\.$/,
	),
	httpCode: 422,
	code: 1026,
	apiMessage: 'input new_sensitive (1026)',
	requestId: anyId,
};
const message = "MiniMax's content check rejected the messages";

it('Stop Workflow: the first failing item ends the run', async () => {
	const result = await runChat(simulator, setup);

	expect(result.run.status).toBe('error');
	expect(result.outputs).toEqual([[], []]);
	expect(apiErrorOf(result)).toMatchObject({
		message: `${message} [row 2, item 1 in n8n; 2 of 4 items had succeeded]`,
		itemIndex: 1,
	});
	expect(simulator.requests).toHaveLength(4);
});

it('Continue: an error item stands in the place of each that failed', async () => {
	const { outputs, error } = await runChat(simulator, {
		...setup,
		onError: 'continueRegularOutput',
	});

	expect(error).toBeUndefined();
	expect(outputs[1]).toEqual([]);
	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 1, 2, 3].map((item) => ({ item })),
	);
	expect(jsonOf(outputs[0])).toEqual([
		expect.objectContaining({ content: 'Hello! How can I help you today?' }),
		{ error: `${message} [row 2, item 1 in n8n]`, details: { ...details, itemIndex: 1 } },
		expect.objectContaining({ content: 'Hello! How can I help you today?' }),
		{ error: `${message} [row 4, item 3 in n8n]`, details: { ...details, itemIndex: 3 } },
	]);
});

it('Continue (using error output): failed items leave there, with their input', async () => {
	const { outputs, error } = await runChat(simulator, { ...setup, onError: 'continueErrorOutput' });

	expect(error).toBeUndefined();
	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(outputs[1]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 3 }]);
	expect(jsonOf(outputs[0]).map(({ content }) => content)).toEqual([
		'Hello! How can I help you today?',
		'Hello! How can I help you today?',
	]);
	expect(jsonOf(outputs[1])).toEqual([
		{
			...setup.items[1],
			error: `${message} [row 2, item 1 in n8n]`,
			details: { ...details, itemIndex: 1 },
		},
		{
			...setup.items[3],
			error: `${message} [row 4, item 3 in n8n]`,
			details: { ...details, itemIndex: 3 },
		},
	]);
});

it('a single item is not counted in its message', async () => {
	simulator.set({ fault: { code: 1026 } });
	const stopped = await runChat(simulator);
	const { outputs } = await runChat(simulator, { onError: 'continueRegularOutput' });

	expect(apiErrorOf(stopped).message).toBe(message);
	expect(jsonOf(outputs[0])).toEqual([{ error: message, details: { ...details, itemIndex: 0 } }]);
});

it('Retry On Fail runs the node again, and nothing is left over from the first try', async () => {
	simulator.script({ fault: { code: 1026 } });
	const { outputs, run } = await runChat(simulator, {
		items: [{}, {}],
		retryOnFail: true,
		maxTries: 2,
		waitBetweenTries: 1,
	});

	expect(run.status).toBe('success');
	expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	// The answer of the first try is kept.
	expect(simulator.requests).toHaveLength(3);
});

it('error items can be told from good ones by a next node, and paired with the input', async () => {
	const { outputsOf } = await runChat(simulator, {
		...setup,
		onError: 'continueRegularOutput',
		next: [
			{
				name: 'After',
				nodeType: {
					description: {
						displayName: 'After',
						name: 'after',
						group: ['transform'],
						version: 1,
						description: 'Evaluates a field for each item',
						defaults: { name: 'After' },
						inputs: ['main'],
						outputs: ['main'],
						properties: [{ displayName: 'Row', name: 'row', type: 'number', default: 0 }],
					},
					async execute() {
						const rows = this.getInputData().map((_, index) => this.getNodeParameter('row', index));
						return [[{ json: { rows } }]];
					},
				},
				parameters: { row: "={{ $('Items').item.json.row }}" },
			},
		],
	});

	expect(jsonOf(outputsOf('After')[0])).toEqual([{ rows: [1, 2, 3, 4] }]);
});
