import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredCredential, StoredWorkflow } from '../../dev/n8n/n8nTypes.ts';
import { readNodeItems } from '../../dev/n8n/readNodeItems.ts';
import {
	installInBrowser,
	openCommunityNodes,
	uninstallInBrowser,
	updateInBrowser,
} from './browser/communityNodes.ts';
import { buildWorkflow, chat, chatName, startByHand, startName } from './buildWorkflow.ts';
import { simulatorCredential } from './openScene.ts';
import { bumpVersion } from './registry/bumpVersion.ts';
import { startRegistry } from './registry/startRegistry.ts';
import type { Suite } from './suite.ts';

const packageName = 'n8n-nodes-minimax-platform';
const typeNames = [`${packageName}.lmChatMiniMax`, `${packageName}.miniMaxChat`];

/** Install, update and uninstall under Settings → Community nodes, in Chromium. */
const suite: Suite = {
	title: 'Community package',
	async run(stage, check) {
		const registry = await startRegistry(stage);
		const scene = await stage.openScene('community', {
			withPackage: false,
			env: {
				...registry.env,
				N8N_COMMUNITY_PACKAGES_ENABLED: 'true',
				N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
			},
		});
		const { simulator } = scene;
		const { url } = scene.n8n;
		const editor = await scene.openEditor();
		const { page } = editor;
		const nodes = join(scene.userFolder, '.n8n', 'nodes');
		const folder = join(nodes, 'node_modules', packageName);

		const readVersion = () =>
			(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string })
				.version;
		const listTypes = async () =>
			(await scene.user.listNodeTypes())
				.map(({ name }) => name)
				.filter((name) => name.startsWith(packageName))
				// A node that agents can use has a second entry as a tool.
				.filter((name) => !name.endsWith('Tool'))
				.sort();
		const listPackages = async () => {
			const packages = await scene.user.session.request<
				Array<{ packageName: string; installedVersion: string; updateAvailable?: string }>
			>('GET', '/rest/community-packages');
			return packages.map(({ packageName: name, installedVersion, updateAvailable }) => [
				name,
				installedVersion,
				updateAvailable,
			]);
		};
		const assertRuns = async (workflow: StoredWorkflow) => {
			simulator.script({ reply: 'Here I am.' });
			const execution = await scene.user.runWorkflow(workflow, startName);
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.equal(readNodeItems(execution, chatName)[0]?.json['content'], 'Here I am.');
		};

		const { tarball, before, after } = await bumpVersion(stage.tarball, stage.makeFolder('bumped'));
		let workflow: StoredWorkflow | undefined;
		let credential: StoredCredential | undefined;
		const saved = () => {
			assert.ok(workflow, 'the package has not been installed');
			return workflow;
		};

		await check('the package is installed from a registry', async () => {
			await registry.publish(stage.tarball);
			await openCommunityNodes(page, url);
			await installInBrowser(page, packageName, async () => {
				await editor.picture('community-install');
			});
			await editor.picture('community-installed');
			assert.deepEqual(await listTypes(), typeNames);
			assert.deepEqual(await listPackages(), [[packageName, before, undefined]]);
			assert.equal(readVersion(), before);
		});

		await check('a workflow with a credential runs on it', async () => {
			credential = await scene.user.createCredential(simulatorCredential(simulator));
			const tested = await scene.user.testCredential(credential.id, simulatorCredential(simulator));
			assert.equal(tested.status, 'OK', tested.message);
			workflow = await scene.user.createWorkflow(
				buildWorkflow('Installed', [startByHand(), chat(credential, { prompt: 'Are you there?' })]),
			);
			await assertRuns(workflow);
		});

		await check('it is there after a restart', async () => {
			await scene.restart();
			assert.deepEqual(await listTypes(), typeNames);
			await assertRuns(saved());
		});

		await check('an update keeps workflow and credential', async () => {
			await registry.publish(tarball);
			await openCommunityNodes(page, url);
			await editor.picture('community-update');
			await updateInBrowser(page);
			assert.deepEqual(await listPackages(), [[packageName, after, undefined]]);
			assert.equal(readVersion(), after);
			assert.deepEqual(await listTypes(), typeNames);
			await assertRuns(saved());
			assert.equal(credential?.id, (await scene.user.listCredentials())[0]?.id);
		});

		await check('uninstalled, it leaves n8n clean', async () => {
			await openCommunityNodes(page, url);
			await uninstallInBrowser(page);
			const isClean = async () => {
				assert.deepEqual(await listTypes(), []);
				assert.deepEqual(await listPackages(), []);
				assert.equal(existsSync(folder), false);
				assert.deepEqual(
					readdirSync(nodes, { recursive: true }).filter((name) =>
						String(name).includes('minimax'),
					),
					[],
				);
				assert.equal(
					readFileSync(join(nodes, 'package.json'), 'utf8').includes(packageName),
					false,
				);
			};
			await isClean();
			await scene.restart();
			await isClean();
			// The workflow is kept, and says what it lacks.
			const refused = await scene.user
				.runWorkflow(saved(), startName)
				.then(({ status, error }) => `${status}: ${error?.message}`)
				.catch((error: unknown) => String(error));
			assert.match(refused, /Unrecognized node type: n8n-nodes-minimax-platform\.miniMaxChat/);
		});
	},
};

export default suite;
