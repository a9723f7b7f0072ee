import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { driveModel } from './driveModel';
import { HumanMessage } from './langChain';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const question = new HumanMessage('How deep is the harbour?');
const usage = { prompt_tokens: 60, completion_tokens: 40, total_tokens: 100 };
const setup = (tokenBudget: number) => ({ parameters: { options: { tokenBudget } } });

it('ends what goes on and on in an execution', async () => {
	simulator.set({ usage });
	let turns = 0;
	const endless = driveModel(
		simulator,
		async (model) => {
			for (; turns < 50; turns += 1) await model.invoke([question]);
		},
		setup(250),
	);

	await expect(endless).rejects.toMatchObject({
		message:
			"The token budget is reached: this execution has used 300 tokens, and 'Token Budget' allows 250",
		description:
			"Nothing more was sent. Raise 'Token Budget' in the options, or set it to 0 for no limit.",
		functionality: 'configuration-node',
	});
	expect(turns).toBe(3);
	expect(simulator.requests).toHaveLength(3);
});

it('counts each execution by itself', async () => {
	simulator.set({ usage });
	for (let execution = 0; execution < 3; execution += 1) {
		await driveModel(
			simulator,
			async (model) => {
				await model.invoke([question]);
				await model.invoke([question]);
			},
			setup(150),
		);
	}
	expect(simulator.requests).toHaveLength(6);
});

it('0 is no limit', async () => {
	simulator.set({ usage });
	await driveModel(
		simulator,
		async (model) => {
			for (let turn = 0; turn < 5; turn += 1) await model.invoke([question]);
		},
		setup(0),
	);
	expect(simulator.requests).toHaveLength(5);
});

it('refuses a budget that is none before anything is sent', async () => {
	const refused = driveModel(
		simulator,
		async (model) => void (await model.invoke([question])),
		setup(-5),
	);

	await expect(refused).rejects.toMatchObject({
		message: expect.stringContaining("'Token Budget' is -5, but has to be a whole number"),
	});
	expect(simulator.requests).toEqual([]);
});
