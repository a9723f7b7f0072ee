import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../dev/n8n/runCommand.ts';

const postgresFolder = '/usr/lib/postgresql';

/** Where Debian and its relatives put what the checks need; a browser may come from elsewhere. */
const programs = {
	chromium: () =>
		['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(existsSync),
	'redis-server': () => ['/usr/bin/redis-server'].find(existsSync),
	/** The folder of initdb and postgres, which are not on the PATH. */
	postgresql: () =>
		(existsSync(postgresFolder) ? readdirSync(postgresFolder) : [])
			.map((version) => join(postgresFolder, version, 'bin'))
			.find((folder) => existsSync(join(folder, 'initdb'))),
};

type DebianPackage = keyof typeof programs;

/** Installs what is missing from Debian's packages; needs root or a sudo that does not ask. */
export async function installDebianPackages(wanted: DebianPackage[], logFolder: string) {
	const missing = wanted.filter((name) => programs[name]() === undefined);
	if (missing.length === 0) return;
	console.log(`Installing ${missing.join(', ')} from Debian's packages`);
	const apt = async (name: string, args: string[]) => {
		const [command = '', ...rest] =
			process.getuid?.() === 0 ? ['apt-get', ...args] : ['sudo', '-n', 'apt-get', ...args];
		await runCommand({
			purpose: `Installing ${missing.join(', ')} (apt-get ${name})`,
			command,
			args: rest,
			cwd: '/',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
			logFile: join(logFolder, `apt-${name}.log`),
		});
	};
	await apt('update', ['update']);
	await apt('install', ['install', '--yes', ...missing]);
}

/** The path of an installed program. */
export function findProgram(name: DebianPackage): string {
	const path = programs[name]();
	if (path === undefined) throw new Error(`${name} is not installed.`);
	return path;
}
