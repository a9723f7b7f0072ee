import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAndPack } from '../n8n/buildAndPack.ts';
import { driveN8n } from '../n8n/driveN8n.ts';
import type { N8nUser } from '../n8n/driveN8n.ts';
import { findFreePort } from '../n8n/findFreePort.ts';
import { installN8n } from '../n8n/installN8n.ts';
import { installPackage } from '../n8n/installPackage.ts';
import { launchN8n } from '../n8n/launchN8n.ts';
import type { StoredCredential } from '../n8n/n8nTypes.ts';
import { credentialOf, webhookPath, workflowOf } from './contenders.ts';
import type { ContenderName } from './contenders.ts';
import { writeFloorPackage } from './floorPackage.ts';
import { startSimulatorProcess } from './startSimulatorProcess.ts';
import type { SimulatorProcess } from './startSimulatorProcess.ts';

const repository = join(import.meta.dirname, '..', '..');
const login = { email: 'bench@example.com', password: 'MiniMax-bench-1' };
const firstPort = 15_800;
const newKey = (number: number) => `sk-bench-${number}`;
const MOST_KEYS = 300;

export interface Installed {
	workflowId: string;
	webhook: string;
	credential: StoredCredential;
}

/** A real n8n with the contenders' workflows, and the simulator they call. */
export interface Bench {
	n8nVersion: string;
	pid(): number;
	user(): N8nUser;
	simulator: SimulatorProcess;
	/** The contender's workflow, made at the first call. */
	workflow(name: ContenderName, retryOnFail?: boolean): Promise<Installed>;
	/** A key that n8n has not met, so that a node which learns begins anew. */
	renewKey(name: ContenderName, installed: Installed): Promise<void>;
	/** Another n8n process on the same database. */
	restart(): Promise<void>;
	stop(): Promise<void>;
}

export async function startBench(env: NodeJS.ProcessEnv = {}): Promise<Bench> {
	const userFolder = mkdtempSync(join(tmpdir(), 'minimax-bench-'));
	const runtime = await installN8n();
	const tarball = await buildAndPack(repository, userFolder);
	await installPackage(tarball, userFolder);

	const keys = Array.from({ length: MOST_KEYS }, (_, number) => newKey(number));
	const simulator = await startSimulatorProcess(await findFreePort(firstPort), keys);
	writeFloorPackage(userFolder, simulator.url);

	const launch = async () => {
		const n8n = await launchN8n({
			runtime,
			userFolder,
			logFile: join(userFolder, 'n8n.log'),
			port: firstPort + 10,
			env: { N8N_DISABLED_MODULES: 'mcp-registry', ...env },
		});
		return { n8n, user: await driveN8n(n8n.url, login) };
	};
	let running = await launch();
	let keysUsed = 0;
	const installed = new Map<string, Installed>();

	const install = async (name: ContenderName, retryOnFail: boolean): Promise<Installed> => {
		const { user, n8n } = running;
		const credential = await user.createCredential(credentialOf(name, simulator.url, newKey(0)));
		const workflow = await user.createWorkflow(
			workflowOf(name, simulator.url, credential, retryOnFail),
		);
		await user.activateWorkflow(workflow);
		const webhook = `${n8n.url}/webhook/${webhookPath(name, retryOnFail)}`;
		return { workflowId: workflow.id, webhook, credential };
	};

	return {
		n8nVersion: runtime.version,
		simulator,
		pid: () => {
			if (running.n8n.pid === undefined) throw new Error('n8n has no process id.');
			return running.n8n.pid;
		},
		user: () => running.user,
		async workflow(name, retryOnFail = false) {
			const path = webhookPath(name, retryOnFail);
			const known = installed.get(path) ?? (await install(name, retryOnFail));
			installed.set(path, known);
			return known;
		},
		async renewKey(name, { credential }) {
			keysUsed = (keysUsed + 1) % MOST_KEYS;
			await running.user.updateCredential(
				credential.id,
				credentialOf(name, simulator.url, newKey(keysUsed)),
			);
		},
		async restart() {
			await running.n8n.stop();
			running = await launch();
		},
		async stop() {
			await running.n8n.stop();
			await simulator.stop();
			rmSync(userFolder, { recursive: true, force: true });
		},
	};
}
