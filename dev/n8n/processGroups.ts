import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();

/**
 * Starts a command as the leader of a process group of its own. n8n starts a task runner and npm
 * starts compilers; a signal to the group reaches them all, and Ctrl-C in the terminal reaches
 * none of them, so that the caller decides the order in which things end.
 */
export function startProcessGroup(
	command: string,
	args: string[],
	options: SpawnOptions,
): ChildProcess {
	const child = spawn(command, args, { ...options, detached: true });
	running.add(child);
	child.once('error', () => running.delete(child));
	// A leader that has gone may leave members behind; nothing of a group outlives its leader here.
	child.once('exit', () => {
		signalGroup(child, 'SIGKILL');
		running.delete(child);
	});
	return child;
}

/** Ends one group: SIGTERM, and SIGKILL after `graceMs`. Resolves once the leader has gone. */
export async function stopProcessGroup(child: ChildProcess, graceMs = 10_000): Promise<void> {
	if (!running.has(child)) return;
	const gone = once(child, 'exit');
	signalGroup(child, 'SIGTERM');
	const deadline = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
	await gone;
	clearTimeout(deadline);
}

export async function stopAllProcessGroups(): Promise<void> {
	await Promise.all([...running].map(async (child) => await stopProcessGroup(child)));
}

/** For `process.on('exit')`, where nothing can be awaited any more. */
export function killAllProcessGroups(): void {
	for (const child of running) signalGroup(child, 'SIGKILL');
}

function signalGroup(leader: ChildProcess, signal: NodeJS.Signals): void {
	if (leader.pid === undefined) return;
	try {
		process.kill(-leader.pid, signal);
	} catch {
		// ESRCH: the group is empty already.
	}
}
