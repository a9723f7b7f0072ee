import { startSimulator } from '../dev/simulator/startSimulator.ts';
import { loadPackage } from '../dev/engine/loadPackage.ts';
import { HumanMessage } from './LmChatMiniMax/langChain';
import { driveModel } from './LmChatMiniMax/driveModel';
import { packAndUnpack } from './support/engine/packAndUnpack';
import { startChat } from './support/runChat';
import { waitFor } from './support/waitFor';

it('a refusal of one node keeps the other waiting, as both are packed', async () => {
	const { miniMaxChat, lmChatMiniMax } = (await loadPackage(await packAndUnpack())).nodes;
	if (!miniMaxChat || !lmChatMiniMax) throw new Error('The package lacks its nodes');
	const simulator = await startSimulator();
	try {
		// Loads what it needs, which takes longer than the wait below.
		await driveModel(simulator, async () => {}, { nodeType: lmChatMiniMax });
		simulator.script({ fault: { status: 429, retryAfter: 3 } });
		const refused = await startChat(simulator, { nodeType: miniMaxChat });
		await waitFor(() => simulator.requests[0]?.closedAt !== undefined);
		await driveModel(
			simulator,
			async (model) => void (await model.invoke([new HumanMessage('Hello')])),
			{ nodeType: lmChatMiniMax },
		);
		await refused.done;
	} finally {
		await simulator.close();
	}
	const [{ at: refusedAt = 0 } = {}, ...later] = simulator.requests;

	expect(later).toHaveLength(2);
	for (const { at } of later) expect(at - refusedAt).toBeGreaterThanOrEqual(3000);
});
