import { join } from 'node:path';
import { driveN8n } from '../../dev/n8n/driveN8n.ts';
import type { N8nUser } from '../../dev/n8n/driveN8n.ts';
import { installPackage } from '../../dev/n8n/installPackage.ts';
import { launchN8n } from '../../dev/n8n/launchN8n.ts';
import type { LaunchOptions, RunningN8n } from '../../dev/n8n/launchN8n.ts';
import type { StoredCredential } from '../../dev/n8n/n8nTypes.ts';
import { startSimulator } from '../../dev/simulator/startSimulator.ts';
import type { Simulator, SimulatorOptions } from '../../dev/simulator/startSimulator.ts';
import { findFreePort } from '../../dev/n8n/findFreePort.ts';
import { openEditor } from './browser/openEditor.ts';
import type { Editor } from './browser/openEditor.ts';
import type { Stage } from './openStage.ts';

export const login = { email: 'owner@example.com', password: 'Sunny-Harbour-7' };

/** Long and odd, so that finding it anywhere is no accident. */
export const apiKey = 'sk-e2e-Qz7mB4vTn9Lw2Xc8';

const firstPort = 15_900;

export interface SceneOptions {
	/** False leaves the package to be installed through the editor. */
	withPackage?: boolean;
	/** False when the credential is to be made in the editor. */
	withCredential?: boolean;
	simulator?: SimulatorOptions;
	env?: NodeJS.ProcessEnv;
}

/** A running n8n with everything around it. */
export interface Scene {
	n8n: RunningN8n;
	user: N8nUser;
	simulator: Simulator;
	/** Of the simulator; undefined without package or with `withCredential: false`. */
	credential: StoredCredential;
	userFolder: string;
	logFile: string;
	/** Chromium, signed in. One per scene. */
	openEditor: () => Promise<Editor>;
	/** Starts n8n again on the same folder and signs in again. `n8n` and `user` change. */
	restart: () => Promise<void>;
	keepPictures: (path: string) => Promise<void>;
	close: () => Promise<void>;
}

export async function openScene(
	stage: Stage,
	name: string,
	options: SceneOptions = {},
): Promise<Scene> {
	const { withPackage = true, withCredential = withPackage } = options;
	const userFolder = stage.makeFolder(name);
	const logFile = join(userFolder, 'n8n.log');
	if (withPackage) await installPackage(stage.tarball, userFolder);
	const simulator = await startSimulator({
		port: await findFreePort(firstPort),
		apiKeys: [apiKey],
		...options.simulator,
	});
	const launch: LaunchOptions = {
		runtime: stage.runtime,
		userFolder,
		logFile,
		port: await findFreePort(firstPort),
		// Fetches a list from n8n's own server; versions before it refuse its name.
		env: { N8N_DISABLED_MODULES: 'mcp-registry', ...options.env },
	};
	const n8n = await launchN8n(launch);
	const user = await driveN8n(n8n.url, login);
	const credential = withCredential
		? await user.createCredential(simulatorCredential(simulator))
		: { id: '', name: '', type: 'miniMaxPlatformApi' };
	let editor: Editor | undefined;

	const scene: Scene = {
		n8n,
		user,
		simulator,
		credential,
		userFolder,
		logFile,
		async openEditor() {
			editor ??= await openEditor(scene.n8n.url, login, join(stage.artifacts, 'pictures'));
			return editor;
		},
		async restart() {
			await scene.n8n.kill();
			scene.n8n = await launchN8n({ ...launch, port: scene.n8n.port });
			scene.user = await driveN8n(scene.n8n.url, login);
		},
		async keepPictures(path) {
			await editor?.page.screenshot({ path: `${path}.png` }).catch(() => undefined);
		},
		async close() {
			await editor?.close();
			await scene.n8n.stop();
			await simulator.close();
		},
	};
	return scene;
}

export function simulatorCredential(simulator: Simulator) {
	return {
		name: 'MiniMax Platform',
		type: 'miniMaxPlatformApi',
		data: { apiKey, region: 'custom', baseUrl: simulator.url },
	};
}
