import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useCredential } from '../../dev/n8n/importExamples.ts';
import type { StoredCredential, Workflow } from '../../dev/n8n/n8nTypes.ts';
import {
	chooseOption,
	fillField,
	openNewCredential,
	saveCredential,
} from './browser/credentialDialog.ts';
import { askInChat, openChat } from './browser/chatPanel.ts';
import { checkChats } from './browser/checkChats.ts';
import {
	chooseModel,
	closeNode,
	dragInputField,
	executeStep,
	messageContents,
	openNode,
	searchModels,
} from './browser/nodePanel.ts';
import { addNode, searchNodes, startNewWorkflow } from './browser/nodesPanel.ts';
import { apiKey } from './openScene.ts';
import type { Suite } from './suite.ts';
import { until } from './until.ts';

/** The way of a new user, in Chromium. */
const suite: Suite = {
	title: 'In the browser',
	async run(stage, check) {
		const scene = await stage.openScene('browser', { withCredential: false });
		const { user, simulator } = scene;
		const { url } = scene.n8n;
		const editor = await scene.openEditor();
		const { page } = editor;
		const readExample = (name: string, credential: StoredCredential) => {
			const file = join(stage.repository, 'examples', `${name}.json`);
			return useCredential(JSON.parse(readFileSync(file, 'utf8')) as Workflow, credential);
		};
		let credential: StoredCredential = { id: '', name: '', type: '' };

		await check('a wrong key is refused in words that say what to do', async () => {
			await openNewCredential(page, url, 'MiniMax Platform API');
			await chooseOption(page, 'region', 'Custom');
			await fillField(page, 'apiKey', 'sk-of-another-region');
			await fillField(page, 'baseUrl', simulator.url);
			const words = await saveCredential(page);
			await editor.picture('credential-refused');
			assert.match(words, /Couldn’t connect with these settings/);
			assert.match(words, /This API key was not accepted\. Check that it is copied whole/);
		});

		await check('the right key passes', async () => {
			await fillField(page, 'apiKey', apiKey);
			const words = await saveCredential(page);
			await editor.picture('credential-accepted');
			assert.match(words, /Connection tested successfully/);
			const [stored] = await user.listCredentials();
			assert.equal(stored?.type, 'miniMaxPlatformApi');
			credential = stored;
		});

		await check('MiniMax Chat is found in the nodes panel', async () => {
			await startNewWorkflow(page, url);
			const names = await searchNodes(page, 'minimax');
			await editor.picture('nodes-panel');
			assert.ok(names.includes('MiniMax Chat'), `found ${names.join(', ')}`);
			await addNode(page, 'MiniMax Chat');
			assert.match(await page.getByTestId('node-credentials-select').innerText(), /^|MiniMax/);
		});

		await check('the panel shows the common fields without scrolling', async () => {
			await page
				.getByText('Got it')
				.click({ timeout: 1_000 })
				.catch(() => undefined);
			const box = await messageContents(page).first().boundingBox();
			await editor.picture('node-panel');
			assert.ok(box && box.y + box.height < 900, `message ends at ${JSON.stringify(box)}`);
		});

		await check('a model is picked from the searched list', async () => {
			const listed = await searchModels(page, 'm3');
			await editor.picture('model-list');
			assert.deepEqual(
				listed.map((entry) => entry.trim()),
				// n8n puts the chosen one first, ours are in order of their release.
				[
					'MiniMax-M3 – 1M context, sees images',
					'MiniMax-M3.1-Flash – 1M context, sees images, always thinks',
					'MiniMax-M3.1-Flash-Preview – now served by M3.1-Flash',
				],
			);
			await chooseModel(page, 'MiniMax-M3 – 1M context, sees images');
		});

		await check('content, reasoning and usage are in the output panel', async () => {
			simulator.script({
				reply: 'Skagen. The lighthouse stands at the northern tip of Denmark.',
				reasoningText: 'The northernmost town of Denmark is asked for.',
			});
			await messageContents(page).first().fill('Which town lies at the northern tip of Denmark?');
			const output = await executeStep(page, 'Skagen. The lighthouse');
			await editor.picture('node-output');
			for (const part of [
				'content',
				'Skagen. The lighthouse stands',
				'reasoning',
				'The northernmost town of Denmark is asked for.',
				'usage',
				'promptTokens',
				'finishReason',
			]) {
				assert.ok(output.includes(part), `'${part}' is not in:\n${output}`);
			}
			const request = simulator.requests.find(({ path }) => path.endsWith('/chat/completions'));
			assert.deepEqual(request?.body, {
				model: 'MiniMax-M3',
				messages: [{ role: 'user', content: 'Which town lies at the northern tip of Denmark?' }],
				temperature: 1,
				top_p: 0.95,
				max_completion_tokens: 8192,
				reasoning_split: true,
				stream: true,
				stream_options: { include_usage: true },
			});
		});

		await check('a field is dragged into the next node', async () => {
			await closeNode(page);
			await editor.picture('canvas');
			await searchNodes(page, 'edit fields');
			await addNode(page, 'Edit Fields \\(Set\\)');
			await dragInputField(page, 'content', page.getByTestId('drop-area'));
			await page.getByTestId('assignment').waitFor();
			const output = await executeStep(page, 'Skagen. The lighthouse');
			await editor.picture('dragged-field');
			assert.match(output, /content\s+Skagen\. The lighthouse stands/);
			await closeNode(page);
		});

		await check('n8n has saved the workflow with the contract’s names', async () => {
			const node = await until('the editor saves by itself', async () => {
				const [saved] = await user.listWorkflows();
				if (!saved) return undefined;
				const workflow = await user.readWorkflow(saved.id);
				if (!workflow.nodes.some(({ type }) => type === 'n8n-nodes-base.set')) return undefined;
				return workflow.nodes.find(({ type }) => type.endsWith('.miniMaxChat'));
			});
			assert.equal(node.type, 'n8n-nodes-minimax-platform.miniMaxChat');
			assert.deepEqual(node.credentials, {
				miniMaxPlatformApi: { id: credential.id, name: credential.name },
			});
			assert.equal((node.parameters['model'] as { value: string }).value, 'MiniMax-M3');
		});

		const story = 'The ferry leaves at nine. It crosses the sound and is back by noon.';

		await check('the chat panel fills word by word, without the thinking', async () => {
			const example = readExample('streaming-chat', credential);
			const { id } = await user.createWorkflow(example);
			await editor.openWorkflow(id);
			await openChat(page);
			// The first one is the label of the silent step.
			simulator.script(
				{ reply: 'question' },
				{
					reply: story,
					reasoningText: 'A timetable.',
					tokensPerSecond: 10,
					chunkCharacters: 4,
				},
			);
			const states = await askInChat(
				page,
				'When does the ferry leave?',
				(answer) => answer === story,
				async () => await editor.picture('chat-growing'),
			);
			await page.getByText('Workflow executed successfully').first().waitFor();
			await editor.picture('chat-complete');
			assert.ok(states.length >= 4, `the answer was seen in ${states.length} states`);
			for (const state of states) {
				assert.ok(story.startsWith(state), `'${state}' is no beginning of the answer`);
			}
		});

		await check('the chat panel shows the answer of a workflow that does not stream', async () => {
			const example = readExample('streaming-chat', credential);
			for (const node of example.nodes) {
				if (node.type.endsWith('.chatTrigger')) node.parameters['options'] = {};
			}
			const { id } = await user.createWorkflow({ ...example, name: 'Chat at once' });
			await editor.openWorkflow(id);
			await openChat(page);
			simulator.script({ reply: 'question' }, { reply: story });
			const states = await askInChat(
				page,
				'When does the ferry leave?',
				(answer) => answer === story,
			);
			assert.deepEqual(states, [story]);
		});

		await checkChats({ editor, user, simulator, credential }, check);

		await check('a row that cannot be answered leaves by the error output', async () => {
			const { id } = await user.createWorkflow(readExample('classify-rows', credential));
			await editor.openWorkflow(id);
			await page.getByTestId('execute-workflow-button').click();
			await page
				.getByText(/Workflow executed successfully/)
				.first()
				.waitFor();
			await editor.picture('error-output-canvas');
			await openNode(page, 'MiniMax Chat');
			await page
				.getByTestId('output-panel')
				.getByText(/Error Branch|Error \(1 item\)/)
				.click();
			const output = page.getByTestId('output-panel');
			await output
				.getByText(/'Messages'/)
				.first()
				.waitFor();
			await editor.picture('error-output');
			assert.match(await output.innerText(), /row\s/);
			await closeNode(page);
		});

		await check('a refusal by the API is shown with its advice in the node’s panel', async () => {
			const wrong = await user.createCredential({
				name: 'Wrong key',
				type: 'miniMaxPlatformApi',
				data: { apiKey: 'sk-wrong', region: 'custom', baseUrl: simulator.url },
			});
			const { id } = await user.createWorkflow({
				...readExample('scheduled-digest', wrong),
				name: 'Refused',
			});
			await editor.openWorkflow(id);
			await openNode(page, 'Summarize for residents');
			const output = await executeStep(page, 'MiniMax does not know this API key');
			await editor.picture('refused');
			assert.match(output, /Check 'API Key' in the credential/);
			assert.match(output, /invalid api key \(2049\)/);
		});

		await check('no answer of n8n to the browser holds the key', async () => {
			await editor.network.settled();
			assert.ok(editor.network.received.length > 50);
			const leaks = editor.network.received.filter((text) => text.includes(apiKey));
			assert.deepEqual(
				leaks.map((text) => text.split('\n', 1)[0]),
				[],
			);
			const senders = editor.network.sent.filter(({ content }) => content.includes(apiKey));
			const calls = new Set(
				senders.map(({ call }) => call.replace(/credentials\/\w+$/, 'credentials/ID')),
			);
			// The person typed it into the dialog: n8n's own calls to save and test it.
			assert.deepEqual(
				[...calls].filter((call) => !/^(POST|PATCH) \/rest\/credentials(\/ID)?$/.test(call)),
				[],
			);
		});
	},
};

export default suite;
