import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = path.resolve(__dirname, '../../..');

/**
 * Packs a built package with `npm pack` and unpacks it the way n8n installs a community package: alone
 * in a `node_modules` that offers what n8n brings and nothing else of ours, so that a forgotten bundle
 * shows. Returns the unpacked package's folder.
 *
 * Packing takes a second or two, so the folder is kept in the system's temporary folder under a hash of
 * what is packed: the files of one build are packed once, whichever test file asks first.
 */
export async function packAndUnpack(source = repository): Promise<string> {
	const { name } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')) as {
		name: string;
	};
	const installation = path.join(tmpdir(), `${name}-packed-${await fingerprint(source)}`);
	const unpacked = path.join(installation, 'node_modules', name);
	if (existsSync(unpacked)) return unpacked;

	const scratch = await mkdtemp(`${installation}-`);
	const nodeModules = path.join(scratch, 'node_modules');
	await mkdir(nodeModules);
	await run('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], { cwd: source });
	const tarball = (await readdir(scratch)).find((file) => file.endsWith('.tgz'));
	if (!tarball) throw new Error('npm pack wrote no tarball');
	await run('tar', ['-xzf', tarball], { cwd: scratch });
	await rename(path.join(scratch, 'package'), path.join(nodeModules, name));
	await mkdir(path.join(nodeModules, '@n8n'));
	for (const ofN8n of ['n8n-workflow', '@n8n/ai-node-sdk']) {
		const there = path.join(repository, 'node_modules', ofN8n);
		await symlink(there, path.join(nodeModules, ofN8n), 'junction');
	}
	try {
		await rename(scratch, installation);
	} catch (error) {
		// Another jest worker was faster.
		if (!existsSync(unpacked)) throw error;
		await rm(scratch, { recursive: true });
	}
	return unpacked;
}

/** Name, size and time of change of every file that can get into the tarball. */
async function fingerprint(source: string): Promise<string> {
	const hash = createHash('sha256');
	const topLevel = await readdir(source, { withFileTypes: true });
	const files = topLevel.filter((entry) => entry.isFile()).map((entry) => entry.name);
	const dist = path.join(source, 'dist');
	const built = existsSync(dist) ? await readdir(dist, { recursive: true }) : [];
	for (const file of [...files, ...built.map((file) => path.join('dist', file))].sort()) {
		const { size, mtimeMs } = await stat(path.join(source, file));
		hash.update(`${file}\0${size}\0${mtimeMs}\n`);
	}
	return hash.update(source).digest('hex').slice(0, 16);
}
