import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from './runCommand.ts';

export interface InstalledPackage {
	name: string;
	version: string;
	folder: string;
}

interface PackageJson {
	name: string;
	version: string;
	dependencies?: Record<string, string>;
	devDependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}

interface PackageList {
	name: string;
	private: boolean;
	dependencies: Record<string, string>;
}

/**
 * Puts a packed community package where n8n puts one it installs itself, in the same way: unpacked
 * into `.n8n/nodes/node_modules`, noted in `.n8n/nodes/package.json`, only run-time dependencies
 * kept. n8n loads whatever package stands there; its database lists only those installed through
 * Settings → Community nodes, so the package does not appear on that page.
 */
export async function installPackage(
	tarball: string,
	userFolder: string,
): Promise<InstalledPackage> {
	const nodes = join(userFolder, '.n8n', 'nodes');
	const unpacked = join(nodes, 'unpacked');
	rmSync(unpacked, { recursive: true, force: true });
	mkdirSync(unpacked, { recursive: true });
	await runCommand({
		purpose: `Unpacking ${tarball}`,
		command: 'tar',
		args: ['-xzf', tarball, '-C', unpacked, '--strip-components=1'],
		cwd: nodes,
		logFile: join(userFolder, 'unpack.log'),
	});

	const manifest = join(unpacked, 'package.json');
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } =
		readJson<PackageJson>(manifest);
	const { name, version, dependencies = {} } = kept;
	if (Object.keys(dependencies).length > 0) {
		throw new Error(`${name} lists run-time dependencies, which this script does not install.`);
	}
	writeJson(manifest, kept);

	const folder = join(nodes, 'node_modules', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(dirname(folder), { recursive: true });
	renameSync(unpacked, folder);

	const listFile = join(nodes, 'package.json');
	const list = existsSync(listFile)
		? readJson<PackageList>(listFile)
		: { name: 'installed-nodes', private: true, dependencies: {} };
	list.dependencies[name] = version;
	writeJson(listFile, list);
	return { name, version, folder };
}

function readJson<T>(file: string): T {
	return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function writeJson(file: string, content: object): void {
	writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
