import { join } from 'node:path';
import { packPackage } from './packPackage.ts';
import { runCommand } from './runCommand.ts';

/** Builds the repository and packs it as it would be published; resolves with the tarball's path. */
export async function buildAndPack(repository: string, folder: string): Promise<string> {
	console.log('Building and packing this package');
	await runCommand({
		purpose: 'Building this package',
		command: process.execPath,
		args: [join(repository, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build'],
		cwd: repository,
		logFile: join(folder, 'build.log'),
	});
	return await packPackage(repository, join(folder, 'packed'));
}
