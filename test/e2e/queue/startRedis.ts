import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import { startProcessGroup, stopProcessGroup } from '../../../dev/n8n/processGroups.ts';
import { readLogTail } from '../../../dev/n8n/readLogTail.ts';
import { findProgram } from '../debianPackages.ts';
import { until } from '../until.ts';
import type { Service } from './startPostgres.ts';

/** Starts a Redis that keeps nothing on disk. */
export async function startRedis(firstPort: number, logFile: string): Promise<Service> {
	const port = await findFreePort(firstPort);
	const log = openSync(logFile, 'a');
	const server = startProcessGroup(
		findProgram('redis-server'),
		['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'],
		{ cwd: dirname(logFile), stdio: ['ignore', log, log] },
	);
	closeSync(log);
	await until('Redis answers', async () => {
		if (server.exitCode !== null) throw new Error(`Redis ended:\n${readLogTail(logFile)}`);
		return await isListening(port);
	});
	return { port, stop: async () => await stopProcessGroup(server) };
}

async function isListening(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
