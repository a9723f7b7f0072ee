import { join } from 'node:path';
import { checkAgents } from './agents/checkAgents.ts';
import { checkChains } from './agents/checkChains.ts';
import { checkContract } from './agents/checkContract.ts';
import { checkFallback } from './agents/checkFallback.ts';
import { checkFaults } from './agents/checkFaults.ts';
import { checkHearing } from './agents/checkHearing.ts';
import { checkHistory } from './agents/checkHistory.ts';
import { checkToolNode } from './agents/checkToolNode.ts';
import { openAgents } from './agents/openAgents.ts';
import type { Check, Suite } from './suite.ts';

/** The chat model under n8n's own agents and chains, in a real n8n. */
const suite: Suite = {
	title: 'Agents and chains',
	async run(stage, check) {
		const scene = await stage.openScene('agents');
		const agents = await openAgents(scene);
		const afresh: Check = async (name, work) => {
			scene.simulator.reset();
			await check(name, work);
		};
		await checkAgents(agents, afresh);
		await checkToolNode(agents, afresh, scene.credential, join(stage.repository, 'examples'));
		await checkChains(agents, afresh);
		await checkHistory(agents, afresh);
		await checkContract(agents, afresh);
		await checkHearing(agents, afresh, scene.credential);
		await checkFaults(agents, afresh);
		await checkFallback(agents, afresh);
	},
};

export default suite;
