import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { driveModel } from './driveModel';

jest.mock('@n8n/ai-node-sdk', () => {
	throw new Error("Cannot find module '@n8n/ai-node-sdk'");
});

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterAll(async () => await simulator.close());

it('says which n8n it needs where the SDK is missing', async () => {
	await expect(driveModel(simulator, async () => {})).rejects.toMatchObject({
		message: 'Model needs n8n 2.16 or later',
		description:
			'Update n8n. Until then the MiniMax Chat node of this package works, from n8n 1.123 on.',
	});
});
