import { closeSync, mkdirSync, openSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from './findFreePort.ts';
import type { N8nRuntime } from './installN8n.ts';
import { startProcessGroup, stopProcessGroup } from './processGroups.ts';
import { quietSettings } from './quietSettings.ts';
import { readLogTail } from './readLogTail.ts';

export interface LaunchOptions {
	runtime: N8nRuntime;
	/** The folder that holds `.n8n`: database, encryption key, community packages. */
	userFolder: string;
	/** Output of n8n is added to it. */
	logFile: string;
	/** The first port to try, 5678 by default. A worker has only its health check there. */
	port?: number;
	/** `start` by default; `worker` and `webhook` are for queue mode. */
	command?: 'start' | 'worker' | 'webhook';
	/** Further arguments of the command, such as `--concurrency=5`. */
	args?: string[];
	/** Wins over everything set here: database, queue, log level. */
	env?: NodeJS.ProcessEnv;
	/** A new database takes about 20 s. */
	readyWithinMs?: number;
}

export interface RunningN8n {
	/** `http://127.0.0.1:PORT` */
	url: string;
	port: number;
	pid: number | undefined;
	/** Resolves when the process has ended, with its exit code or the name of the signal. */
	ended: Promise<number | string>;
	/** SIGTERM, and SIGKILL after `graceMs` (10 s). */
	stop: (graceMs?: number) => Promise<void>;
	/** SIGKILL to n8n and its task runner at once, as when the machine goes down. */
	kill: () => Promise<void>;
}

/** Starts one n8n process and resolves once it answers. Throws with its last lines if it does not. */
export async function launchN8n(options: LaunchOptions): Promise<RunningN8n> {
	const { runtime, userFolder, logFile, command = 'start', args = [] } = options;
	const port = await findFreePort(options.port ?? 5678);
	const brokerPort = await findFreePort(port + 1);
	const url = `http://127.0.0.1:${port}`;
	mkdirSync(userFolder, { recursive: true });
	mkdirSync(dirname(logFile), { recursive: true });
	const log = openSync(logFile, 'a');
	const child = startProcessGroup(runtime.node, [runtime.script, command, ...args], {
		cwd: userFolder,
		stdio: ['ignore', log, log],
		env: {
			...inheritedEnvironment(dirname(runtime.node)),
			...quietSettings,
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_PORT: String(port),
			N8N_EDITOR_BASE_URL: url,
			WEBHOOK_URL: `${url}/`,
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			...options.env,
		},
	});
	closeSync(log);

	let outcome: number | string | undefined;
	const ended = new Promise<number | string>((resolve) => {
		child.once('error', (cause) => resolve(cause.message));
		child.once('exit', (code, signal) => resolve(code ?? signal ?? 'no exit code'));
	}).then((value) => (outcome = value));

	const readyUrl = command === 'start' ? `${url}/rest/settings` : `${url}/healthz/readiness`;
	const patienceMs = options.readyWithinMs ?? 180_000;
	const deadline = Date.now() + patienceMs;
	while (!(await answers(readyUrl))) {
		if (outcome === undefined && Date.now() < deadline) {
			await pause(200);
			continue;
		}
		const happened =
			outcome === undefined
				? `did not answer within ${patienceMs / 1000} s`
				: `ended (${outcome}) before it answered`;
		await stopProcessGroup(child);
		const tail = readLogTail(logFile);
		throw new Error(`n8n ${runtime.version} ${happened}. The last lines of ${logFile}:\n${tail}`);
	}
	return {
		url,
		port,
		pid: child.pid,
		ended,
		stop: async (graceMs) => await stopProcessGroup(child, graceMs),
		kill: async () => await stopProcessGroup(child, 0),
	};
}

/** While it migrates its database, n8n answers with a page or with status 503. */
async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
		await response.json();
		return response.ok;
	} catch {
		return false;
	}
}

/**
 * The caller's environment without what would make n8n behave differently from one machine to the
 * next, without what an npm script adds (n8n's own npm calls would act on this repository), and
 * without the API key, which a workflow could read there.
 */
function inheritedEnvironment(nodeFolder: string): NodeJS.ProcessEnv {
	const left =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|OFFLOAD_|WEBHOOK_URL$|npm_|INIT_CWD$|NODE_ENV$|MINIMAX_API_KEY$)/;
	const kept = Object.entries(process.env).filter(([name]) => !left.test(name));
	return {
		...Object.fromEntries(kept),
		PATH: `${nodeFolder}${delimiter}${process.env.PATH ?? ''}`,
	};
}
