import assert from 'node:assert/strict';
import { installInBrowser, openCommunityNodes } from './browser/communityNodes.ts';
import {
	chooseOption,
	fillField,
	openNewCredential,
	saveCredential,
} from './browser/credentialDialog.ts';
import { executeStep, messageContents } from './browser/nodePanel.ts';
import { addNode, searchNodes, startNewWorkflow } from './browser/nodesPanel.ts';
import { apiKey } from './openScene.ts';
import { startRegistry } from './registry/startRegistry.ts';
import type { Suite } from './suite.ts';

const packageName = 'n8n-nodes-minimax-platform';
/** What the README promises, for a person; a script that needs longer stumbles over something. */
const longestMs = 5 * 60_000;

/** The README's own way from an n8n without the package to the first answer, in Chromium, timed. */
const suite: Suite = {
	title: 'First steps of the README',
	async run(stage, check) {
		const registry = await startRegistry(stage);
		await registry.publish(stage.tarball);
		const scene = await stage.openScene('first-steps', {
			withPackage: false,
			env: {
				...registry.env,
				N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
				N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			},
		});
		const { url } = scene.n8n;
		const editor = await scene.openEditor();
		const { page } = editor;
		const times: Array<[part: string, ms: number]> = [];
		const timed = async (part: string, work: () => Promise<void>) => {
			const startedAt = performance.now();
			await work();
			times.push([part, performance.now() - startedAt]);
		};

		await check('Install: Settings → Community nodes', async () => {
			await timed('install', async () => {
				await openCommunityNodes(page, url);
				await installInBrowser(page, packageName, async () => {
					await editor.picture('readme-install');
				});
			});
		});

		await check('A key in three steps', async () => {
			await timed('key', async () => {
				await openNewCredential(page, url, 'MiniMax Platform API');
				await fillField(page, 'apiKey', apiKey);
				// A person leaves the region as it is; here the simulator stands in its place.
				await chooseOption(page, 'region', 'Custom');
				await fillField(page, 'baseUrl', scene.simulator.url);
				const words = await saveCredential(page);
				await editor.picture('readme-key');
				assert.match(words, /Connection tested successfully/);
			});
		});

		await check('A first workflow in five steps', async () => {
			await timed('workflow', async () => {
				await startNewWorkflow(page, url);
				await searchNodes(page, 'minimax');
				await addNode(page, 'MiniMax Chat');
				await page
					.getByText('Got it')
					.click({ timeout: 1_000 })
					.catch(() => undefined);
				scene.simulator.script({
					reply: 'A lighthouse shows ships where they are, and where not to go.',
					reasoningText: 'The question is about the purpose of lighthouses.',
				});
				await messageContents(page).first().fill('What is a lighthouse for? One sentence.');
				const output = await executeStep(page, 'A lighthouse shows ships');
				await editor.picture('readme-first-workflow');
				for (const field of ['content', 'reasoning', 'usage', 'finishReason']) {
					assert.ok(output.includes(field), `no ${field} in ${output}`);
				}
			});
		});

		await check('all of it within five minutes', async () => {
			const total = times.reduce((sum, [, ms]) => sum + ms, 0);
			const inSeconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;
			const parts = times.map(([part, ms]) => `${part} ${inSeconds(ms)}`);
			console.log(`    ${parts.join(', ')}: ${inSeconds(total)}`);
			assert.equal(times.length, 3);
			assert.ok(total < longestMs, `${inSeconds(total)}`);
			await Promise.resolve();
		});
	},
};

export default suite;
