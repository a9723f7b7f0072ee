import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './runCommand.ts';

/** Packs the repository as it would be published and returns the path of the tarball. */
export async function packPackage(repository: string, folder: string): Promise<string> {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await runCommand({
		purpose: 'Packing this package',
		command: 'npm',
		args: ['pack', '--ignore-scripts', '--pack-destination', folder],
		cwd: repository,
		logFile: join(folder, 'pack.log'),
	});
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`'npm pack' left no tarball in ${folder}.`);
	return join(folder, tarball);
}
