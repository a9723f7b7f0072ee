import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packPackage } from '../../../dev/n8n/packPackage.ts';
import { runCommand } from '../../../dev/n8n/runCommand.ts';

/** Packs the same package once more, one patch version later. */
export async function bumpVersion(
	tarball: string,
	folder: string,
): Promise<{ tarball: string; before: string; after: string }> {
	await runCommand({
		purpose: `Unpacking ${tarball}`,
		command: 'tar',
		args: ['-xzf', tarball, '-C', folder],
		cwd: folder,
		logFile: join(folder, 'unpack.log'),
	});
	const unpacked = join(folder, 'package');
	const manifest = join(unpacked, 'package.json');
	const content = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
	const before = content.version;
	const [major, minor, patch] = before.split('.');
	const after = `${major}.${minor}.${Number(patch) + 1}`;
	writeFileSync(manifest, JSON.stringify({ ...content, version: after }, null, 2));
	return { tarball: await packPackage(unpacked, join(folder, 'packed')), before, after };
}
