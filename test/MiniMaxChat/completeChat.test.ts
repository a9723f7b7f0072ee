import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { runChat } from '../support/runChat';

let simulator: Simulator;
beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

it('smoke', async () => {
	const { outputs, error } = await runChat(simulator);
	console.log(JSON.stringify(outputs, null, 1), error, JSON.stringify(simulator.requests.map((r) => r.body)));
});
it('smoke off', async () => {
	const { outputs, error } = await runChat(simulator, { parameters: { options: { streaming: 'off' } } });
	console.log(JSON.stringify(outputs, null, 1), error, JSON.stringify(simulator.requests.map((r) => r.body)));
});
