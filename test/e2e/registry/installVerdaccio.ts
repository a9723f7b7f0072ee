import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../dev/n8n/runCommand.ts';
import { withInstallLock } from '../../../dev/n8n/withInstallLock.ts';

const manifest = {
	name: 'n8n-nodes-minimax-platform-tools',
	private: true,
	dependencies: { verdaccio: '6.10.4' },
	// Verdaccio's logger asks for a tag of node-fetch that registries do not all carry.
	overrides: { 'node-fetch': '2.7.0' },
};

/** Installs Verdaccio (58 MB) into the folder unless it is there, and returns its script. */
export async function installVerdaccio(folder: string): Promise<string> {
	const script = join(folder, 'node_modules', 'verdaccio', 'bin', 'verdaccio');
	const complete = join(folder, 'installed');
	const isThere = () => existsSync(complete) && existsSync(script);
	if (isThere()) return script;
	mkdirSync(folder, { recursive: true });
	await withInstallLock(join(folder, 'installing.lock'), console.log, async () => {
		if (isThere()) return;
		console.log(`Installing Verdaccio into ${folder}`);
		writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
		await runCommand({
			purpose: 'Installing Verdaccio',
			command: 'npm',
			args: ['install', '--ignore-scripts', '--no-audit', '--no-fund'],
			cwd: folder,
			logFile: join(folder, 'install.log'),
		});
		writeFileSync(complete, '');
	});
	return script;
}
