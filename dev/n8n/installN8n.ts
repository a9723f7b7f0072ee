import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { measureFolder } from './measureFolder.ts';
import { removeSourceMaps } from './removeSourceMaps.ts';
import { runCommand } from './runCommand.ts';
import { showProgress } from './showProgress.ts';
import { withInstallLock } from './withInstallLock.ts';

const defaultN8nVersion = '2.41.1';

/** An n8n that is ready to be started with the Node it was installed for. */
export interface N8nRuntime {
	version: string;
	folder: string;
	node: string;
	script: string;
}

interface InstallOptions {
	version?: string;
	/** n8n 2.36 and later wants Node 24, n8n 1.123 runs on Node 20. */
	nodeVersion?: string;
	say?: (line: string) => void;
}

/**
 * What the packages of n8n 2.41.1 take on the disk, in MB, before the source maps go. For other
 * versions the number is right to a third; it only tells how far the installation has come.
 */
const SIZE_MB = 2_700;

/**
 * Installs one n8n version with a Node of its own into the user's cache folder (2.2 GB, eight
 * minutes) or returns at once when that has been done. Each finished step is noted in
 * `installed-steps.json`, so an interrupted installation goes on at the step it had reached.
 */
export async function installN8n(options: InstallOptions = {}): Promise<N8nRuntime> {
	const { version = defaultN8nVersion, nodeVersion = '24.21.0', say = console.log } = options;
	const folder = join(cacheFolder(), `n8n-${version}`);
	const modules = join(folder, 'node_modules');
	const bin = join(modules, '.bin');
	const node = join(bin, 'node');

	const npm = async (name: string, args: string[], env: NodeJS.ProcessEnv = process.env) =>
		await runCommand({
			purpose: `Installing n8n ${version} (${name})`,
			command: 'npm',
			args: [...args, '--no-audit', '--no-fund'],
			cwd: folder,
			env,
			logFile: join(folder, 'logs', `${name}.log`),
		});

	const steps: Array<[name: string, work: () => Promise<void>]> = [
		[
			'packages',
			async () => {
				// npm takes a half unpacked package for a whole one, so leftovers of an earlier run go first.
				rmSync(modules, { recursive: true, force: true });
				rmSync(join(folder, 'package-lock.json'), { force: true });
				mkdirSync(join(folder, 'left-out'), { recursive: true });
				writeFileSync(join(folder, 'left-out', 'package.json'), describeLeftOut());
				writeFileSync(join(folder, 'package.json'), describeFolder(version, nodeVersion));
				// Install scripts stay off: n8n's optional Kafka client wants libraries few machines have.
				await npm('packages', ['install', '--ignore-scripts']);
			},
		],
		['node', async () => await npm('node', ['rebuild', 'node'])],
		[
			'sqlite3',
			async () => {
				const PATH = `${bin}${delimiter}${process.env.PATH ?? ''}`;
				const env = { ...process.env, PATH, ...nodeHeaders(modules) };
				await npm('sqlite3', ['rebuild', 'sqlite3'], env);
				await runCommand({
					purpose: `Loading the database module of n8n ${version}`,
					command: node,
					args: ['--eval', "require('sqlite3')"],
					cwd: folder,
					logFile: join(folder, 'logs', 'sqlite3-check.log'),
				});
			},
		],
		['source maps', async () => await removeSourceMaps(modules)],
	];

	const stepsFile = join(folder, 'installed-steps.json');
	const isComplete = () => steps.every(([name]) => readSteps(stepsFile).includes(name));
	if (!isComplete()) {
		mkdirSync(folder, { recursive: true });
		await withInstallLock(join(folder, 'installing.lock'), say, async () => {
			if (isComplete()) return;
			say(`Installing n8n ${version} into ${folder} (once: 2.2 GB, about eight minutes)`);
			for (const [name, work] of steps) {
				const done = readSteps(stepsFile);
				if (done.includes(name)) continue;
				await showProgress(`  ${name}`, async () => await describeSize(modules), work);
				writeFileSync(stepsFile, JSON.stringify([...done, name]));
			}
		});
	}
	return { version, folder, node, script: join(modules, 'n8n', 'bin', 'n8n') };
}

function readSteps(stepsFile: string): string[] {
	return existsSync(stepsFile) ? (JSON.parse(readFileSync(stepsFile, 'utf8')) as string[]) : [];
}

/** Kept between clones; outside of them, since n8n would find this repository's packages first. */
export function cacheFolder(): string {
	return join(
		process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
		'n8n-nodes-minimax-platform',
	);
}

/**
 * Packages that n8n lists but never loads in its server, and that are large: 260 MB of 2.9 GB. The
 * editor comes as built files with these components inside; the browser is for n8n's own assistant,
 * which stays off here. An empty package stands in their place.
 */
const LEFT_OUT = ['@n8n/design-system', 'agent-browser'];

/**
 * Before about 2.33, n8n's tree has an `xlsx` that is fetched from outside the npm registry. And since
 * zod 4 is out, npm puts that on top of the tree and a copy of zod 3 beside each of n8n's packages,
 * whose schemas then do not know each other: 2.16 ends with "Failed to load module".
 */
function describeFolder(version: string, nodeVersion: string): string {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const isOld = major < 2 || (major === 2 && minor < 33);
	const content = {
		name: 'n8n-runtime',
		private: true,
		dependencies: { n8n: version, node: nodeVersion, ...(isOld && { zod: '3.25.67' }) },
		overrides: isOld
			? { xlsx: '0.18.5' }
			: Object.fromEntries(LEFT_OUT.map((name) => [name, 'file:./left-out'])),
	};
	return `${JSON.stringify(content, null, 2)}\n`;
}

function describeLeftOut(): string {
	return `${JSON.stringify({ name: 'left-out', version: '0.0.0', private: true }, null, 2)}\n`;
}

/** The npm package of Node carries the headers sqlite3 is compiled against where no binary fits. */
function nodeHeaders(modules: string): NodeJS.ProcessEnv {
	const platforms = join(modules, 'node', 'node_modules');
	const found = readdirSync(platforms).find((name) => existsSync(join(platforms, name, 'include')));
	return found ? { npm_config_nodedir: join(platforms, found) } : {};
}

async function describeSize(modules: string): Promise<string> {
	const bytes = await measureFolder(modules);
	return bytes === 0
		? 'npm looks up what is needed'
		: `${Math.round(bytes / 1e6)} of about ${SIZE_MB} MB in place`;
}
