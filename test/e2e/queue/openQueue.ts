import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driveN8n } from '../../../dev/n8n/driveN8n.ts';
import type { N8nUser } from '../../../dev/n8n/driveN8n.ts';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import { installPackage } from '../../../dev/n8n/installPackage.ts';
import { launchN8n } from '../../../dev/n8n/launchN8n.ts';
import type { LaunchOptions, RunningN8n } from '../../../dev/n8n/launchN8n.ts';
import type { StoredCredential } from '../../../dev/n8n/n8nTypes.ts';
import { startSimulator } from '../../../dev/simulator/startSimulator.ts';
import type { Simulator } from '../../../dev/simulator/startSimulator.ts';
import { apiKey, login, simulatorCredential } from '../openScene.ts';
import type { Stage } from '../openStage.ts';
import { startPostgres } from './startPostgres.ts';
import { startRedis } from './startRedis.ts';

const firstPort = 16_400;

export interface Worker {
	name: string;
	/** Whether it has begun to run this execution. */
	hasStarted: (executionId: string) => boolean;
	/** SIGKILL. */
	kill: () => Promise<void>;
	/** Starts it again on the same folder. */
	start: () => Promise<void>;
}

/** One main and two workers on a PostgreSQL and a Redis of their own. */
export interface Queue {
	n8n: RunningN8n;
	user: N8nUser;
	credential: StoredCredential;
	simulator: Simulator;
	workers: [Worker, Worker];
	/** The worker that runs this execution, if one does. */
	workerOf: (executionId: string) => Worker | undefined;
}

export async function openQueue(stage: Stage): Promise<Queue> {
	const logFile = (name: string) => join(stage.artifacts, `queue-${name}.log`);
	const postgres = await startPostgres(firstPort, logFile('postgres'));
	stage.defer(postgres.stop);
	const redis = await startRedis(firstPort, logFile('redis'));
	stage.defer(redis.stop);
	const simulator = await startSimulator({
		port: await findFreePort(firstPort),
		apiKeys: [apiKey],
	});
	stage.defer(simulator.close);

	const env: NodeJS.ProcessEnv = {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		// How soon a job whose worker is gone is noticed: 60, 10 and 30 s by default.
		QUEUE_WORKER_LOCK_DURATION: '6000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '1500',
		QUEUE_WORKER_STALLED_INTERVAL: '2000',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'postgres',
		N8N_ENCRYPTION_KEY: 'one-key-for-main-and-workers',
		N8N_DISABLED_MODULES: 'mcp-registry',
	};
	const prepare = async (name: string, port: number): Promise<LaunchOptions> => {
		const userFolder = stage.makeFolder(`queue-${name}`);
		await installPackage(stage.tarball, userFolder);
		const log = join(userFolder, 'n8n.log');
		stage.defer(async () => copyFileSync(log, logFile(name)));
		return { runtime: stage.runtime, userFolder, logFile: log, port, env };
	};

	const n8n = await launchN8n(await prepare('main', firstPort + 10));
	stage.defer(async () => await n8n.stop());
	const openWorker = async (name: string, port: number): Promise<Worker> => {
		const launch: LaunchOptions = {
			...(await prepare(name, port)),
			command: 'worker',
			// One execution at a time, so that two at once are with two workers.
			args: ['--concurrency=1'],
		};
		let running = await launchN8n(launch);
		stage.defer(async () => await running.stop());
		return {
			name,
			hasStarted: (id) =>
				readFileSync(launch.logFile, 'utf8').includes(`Worker started execution ${id} `),
			kill: async () => await running.kill(),
			async start() {
				running = await launchN8n(launch);
			},
		};
	};
	const workers = await Promise.all([
		openWorker('worker-1', firstPort + 30),
		openWorker('worker-2', firstPort + 50),
	]);

	const user = await driveN8n(n8n.url, login);
	const credential = await user.createCredential(simulatorCredential(simulator));
	return {
		n8n,
		user,
		credential,
		simulator,
		workers,
		workerOf: (id) => workers.find(({ hasStarted }) => hasStarted(id)),
	};
}
