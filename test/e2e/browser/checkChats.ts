import assert from 'node:assert/strict';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import type { N8nUser } from '../../../dev/n8n/driveN8n.ts';
import type { StoredCredential, Workflow } from '../../../dev/n8n/n8nTypes.ts';
import { startSimulator, type Simulator } from '../../../dev/simulator/startSimulator.ts';
import { agent, reasoningModel, workflowOf, type Placed } from '../agents/agentWorkflow.ts';
import { buildWorkflow, chat } from '../buildWorkflow.ts';
import { apiKey } from '../openScene.ts';
import type { Check } from '../suite.ts';
import { askInChat, openChat } from './chatPanel.ts';
import type { Editor } from './openEditor.ts';

interface ChatScene {
	editor: Editor;
	user: N8nUser;
	simulator: Simulator;
	credential: StoredCredential;
}

const triggerName = 'When chat message received';
const triggerType = '@n8n/n8n-nodes-langchain.chatTrigger';
const triggerParameters = { options: { responseMode: 'streaming' } };

const question = 'How deep is the harbour?';
const answer = 'Nine metres at low tide.';

/** What a person reads in n8n's chat while steps are silent, fail or fall back. */
export async function checkChats(scene: ChatScene, check: Check): Promise<void> {
	const { editor, user, simulator, credential } = scene;
	const { page } = editor;

	const step = (name: string, prompt: string, settings: Parameters<typeof chat>[1] = {}) => ({
		...chat(credential, { prompt, ...settings }),
		name,
	});
	const chatOf = (name: string, ...steps: Array<ReturnType<typeof step>>): Workflow =>
		buildWorkflow(name, [
			{
				name: triggerName,
				type: triggerType,
				typeVersion: 1.4,
				webhookId: name.replace(/\W+/g, '-'),
				parameters: triggerParameters,
			},
			...steps,
		]);

	/** Asks the workflow in its chat and waits until the answer stands there and the workflow has ended. */
	async function ask(workflow: Workflow, picture: string): Promise<string[]> {
		const { id } = await user.createWorkflow(workflow);
		await editor.openWorkflow(id);
		await openChat(page);
		const states = await askInChat(page, question, (text) => text === answer);
		await page.getByText('Workflow executed successfully').first().waitFor();
		await editor.picture(picture);
		return states;
	}

	await check('the chat shows nothing of a silent step', async () => {
		simulator.script({ reply: 'topic: harbour' }, { reply: answer });
		const states = await ask(
			chatOf(
				'Silent step',
				step('Classify', 'Classify.', { options: { streaming: 'silent' } }),
				step('Answer', question),
			),
			'chat-silent-step',
		);
		for (const state of states) assert.ok(answer.startsWith(state), `the chat showed '${state}'`);
	});

	await check('the chat shows nothing of a failure that another step takes over', async () => {
		simulator.script({ fault: { status: 400 } }, { reply: answer });
		const states = await ask(
			chatOf(
				'Handled failure',
				step('Try', question, { onError: 'continueRegularOutput' }),
				step('Answer instead', question),
			),
			'chat-handled-failure',
		);
		for (const state of states) assert.ok(answer.startsWith(state), `the chat showed '${state}'`);
	});

	await check('the chat shows the answer of the fallback model within seconds', async () => {
		const overloaded = await startSimulator({
			port: await findFreePort(17_200),
			apiKeys: [apiKey],
		});
		try {
			overloaded.set({ fault: { status: 529 } });
			simulator.set({ reply: answer });
			const refused = await user.createCredential({
				name: 'Overloaded',
				type: 'miniMaxPlatformApi',
				data: { apiKey, region: 'custom', baseUrl: overloaded.url },
			});
			const trigger: Placed = {
				name: triggerName,
				type: triggerType,
				typeVersion: 1.4,
				parameters: triggerParameters,
				to: 'Agent',
			};
			const workflow = workflowOf(
				'Fallback',
				[
					trigger,
					agent(3.1, '={{ $json.chatInput }}', { enableStreaming: true }, { needsFallback: true }),
					{ ...reasoningModel('Agent'), name: 'Overloaded model' },
					{ ...reasoningModel('Agent'), name: 'Fallback model', input: 1 },
				],
				[refused],
			);
			for (const node of workflow.nodes) {
				if (node.name === triggerName) node.webhookId = 'fallback-chat';
				if (node.name === 'Overloaded model') node.position = [200, 220];
				if (node.name === 'Fallback model') {
					node.position = [380, 220];
					const { type, id, name } = credential;
					node.credentials = { [type]: { id, name } };
				}
			}
			const startedAt = performance.now();
			const states = await ask(workflow, 'chat-fallback');
			assert.ok(performance.now() - startedAt < 30_000, 'the answer came late');
			for (const state of states) assert.ok(answer.startsWith(state), `the chat showed '${state}'`);
		} finally {
			simulator.reset();
			await overloaded.close();
		}
	});
}
