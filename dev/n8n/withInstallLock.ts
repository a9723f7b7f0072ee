import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs `work` while no other process does the same work under this lock file, which holds the
 * owner's process id. A lock whose owner has died is taken over.
 */
export async function withInstallLock(
	lockFile: string,
	say: (line: string) => void,
	work: () => Promise<void>,
): Promise<void> {
	let isSaid = false;
	while (!tryLock(lockFile)) {
		if (!isSaid) say('Another start is installing the same n8n; waiting for it.');
		isSaid = true;
		await pause(1000);
	}
	const unlock = () => rmSync(lockFile, { force: true });
	process.once('exit', unlock);
	try {
		await work();
	} finally {
		process.removeListener('exit', unlock);
		unlock();
	}
}

function tryLock(lockFile: string): boolean {
	try {
		writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
		return true;
	} catch (cause) {
		if (!existsSync(lockFile)) throw cause;
		if (!isAlive(lockFile)) rmSync(lockFile, { force: true });
		return false;
	}
}

function isAlive(lockFile: string): boolean {
	try {
		process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
		return true;
	} catch {
		return false;
	}
}
