import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import { startProcessGroup, stopProcessGroup } from '../../../dev/n8n/processGroups.ts';
import { readLogTail } from '../../../dev/n8n/readLogTail.ts';
import { runCommand } from '../../../dev/n8n/runCommand.ts';
import { findProgram } from '../debianPackages.ts';
import { until } from '../until.ts';

const run = promisify(execFile);

/** A server that is gone with the checks. */
export interface Service {
	port: number;
	stop: () => Promise<void>;
}

/** Starts PostgreSQL on a new cluster; user and database `postgres`, no password, loopback only. */
export async function startPostgres(firstPort: number, logFile: string): Promise<Service> {
	const programs = findProgram('postgresql');
	// PostgreSQL refuses to run as root; its Debian package brings a user for it.
	const asOwner = process.getuid?.() === 0 ? ['setpriv', ...leaveRoot, '--'] : [];
	const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-postgres-'));
	const data = join(folder, 'data');
	mkdirSync(data, { mode: 0o700 });
	if (asOwner.length > 0) await run('chown', ['-R', 'postgres', folder]);
	const asUser = (program: string, ...args: string[]): [string, string[]] => {
		const [command = '', ...rest] = [...asOwner, join(programs, program), ...args];
		return [command, rest];
	};

	const [command, args] = asUser(
		'initdb',
		...['--pgdata', data, '--username=postgres', '--auth=trust'],
		...['--encoding=UTF8', '--locale=C', '--no-sync'],
	);
	await runCommand({ purpose: 'Making a PostgreSQL cluster', command, args, cwd: folder, logFile });

	const port = await findFreePort(firstPort);
	const settings = {
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		fsync: 'off',
		// One main and two workers keep more connections than they use.
		max_connections: '60',
	};
	const log = openSync(logFile, 'a');
	const server = startProcessGroup(
		...asUser(
			'postgres',
			...['-D', data, '-p', String(port)],
			...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
		),
		{ cwd: folder, stdio: ['ignore', log, log] },
	);
	closeSync(log);
	const probe = ['--host=127.0.0.1', `--port=${port}`, '--username=postgres'];
	await until('PostgreSQL answers', async () => {
		if (server.exitCode !== null) throw new Error(`PostgreSQL ended:\n${readLogTail(logFile)}`);
		return await run(join(programs, 'pg_isready'), probe).then(
			() => true,
			() => false,
		);
	});
	return {
		port,
		async stop() {
			await stopProcessGroup(server);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

const leaveRoot = ['--reuid=postgres', '--regid=postgres', '--clear-groups'];
