import { cpSync, readdirSync, watch } from 'node:fs';
import { join, relative } from 'node:path';
import { runCommand } from './runCommand.ts';

/** An editor saves a file in several steps, and a person often several files. */
const QUIET_MS = 200;

interface ReloadOptions {
	repository: string;
	/** Where n8n has loaded the package from; with N8N_DEV_RELOAD it watches the files there. */
	installed: string;
	logFile: string;
	say: (line: string) => void;
}

/** For as long as the process lives: bundles the sources when one changes, and gives n8n the result. */
export function reloadOnChange({ repository, installed, logFile, say }: ReloadOptions): void {
	let timer: NodeJS.Timeout | undefined;
	let isBusy = false;
	const reload = async () => {
		if (isBusy) return plan();
		isBusy = true;
		watchFolders();
		try {
			await runCommand({
				purpose: 'Bundling the sources',
				command: process.execPath,
				args: [join(repository, 'node_modules/gulp/bin/gulp.js'), 'bundle'],
				cwd: repository,
				logFile,
			});
			cpSync(join(repository, 'dist'), join(installed, 'dist'), { recursive: true });
			say(`${new Date().toLocaleTimeString()}  reloaded`);
		} catch (cause) {
			// A mistake in the source is no reason to end: the next change may correct it.
			say((cause as Error).message);
		} finally {
			isBusy = false;
		}
	};
	const plan = () => {
		clearTimeout(timer);
		timer = setTimeout(() => void reload(), QUIET_MS);
	};
	// Folder by folder: Node's recursive watch on Linux loses files that an editor replaces.
	const watched = new Set<string>();
	const watchFolders = () => {
		for (const folder of ['nodes', 'credentials'].flatMap((top) => listFolders(repository, top))) {
			if (!watched.has(folder)) watch(join(repository, folder), plan);
			watched.add(folder);
		}
	};
	watchFolders();
}

function listFolders(repository: string, top: string): string[] {
	const entries = readdirSync(join(repository, top), { recursive: true, withFileTypes: true });
	const folders = entries.filter((entry) => entry.isDirectory());
	return [
		top,
		...folders.map(({ parentPath, name }) => join(relative(repository, parentPath), name)),
	];
}
