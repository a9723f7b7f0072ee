import { readFileSync } from 'node:fs';
import { until } from '../until.ts';

export interface Memory {
	/** Megabytes of JavaScript objects after two collections of garbage. */
	heap: number;
	/** Megabytes the process holds of the machine's memory, garbage included. */
	resident: number;
}

/**
 * Reads what a Node process keeps in memory. Started with `--inspect-port`, it opens its debugger at
 * SIGUSR1, and that can collect garbage: without it, a heap that has not been tidied up yet looks
 * like one that grows.
 */
export async function measureMemory(pid: number, inspectPort: number): Promise<Memory> {
	process.kill(pid, 'SIGUSR1');
	const [target] = await until('the debugger answers', async () => {
		const response = await fetch(`http://127.0.0.1:${inspectPort}/json/list`).catch(() => undefined);
		return (await response?.json()) as Array<{ webSocketDebuggerUrl: string }> | undefined;
	});
	if (target === undefined) throw new Error('The debugger offers nothing to talk to.');
	const socket = new WebSocket(target.webSocketDebuggerUrl);
	await new Promise<void>((resolve, reject) => {
		socket.addEventListener('open', () => resolve());
		socket.addEventListener('error', () => reject(new Error('The debugger refused to talk.')));
	});
	try {
		// What finalizers let go of in the first goes in the second.
		await ask(socket, 1, 'HeapProfiler.collectGarbage');
		await ask(socket, 2, 'HeapProfiler.collectGarbage');
		const { usedSize } = (await ask(socket, 3, 'Runtime.getHeapUsage')) as { usedSize: number };
		return { heap: usedSize / 1e6, resident: readResident(pid) };
	} finally {
		socket.close();
	}
}

/** Megabytes, from Linux' own count. */
export function readResident(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024) / 1e6;
}

async function ask(socket: WebSocket, id: number, method: string): Promise<unknown> {
	return await new Promise((resolve) => {
		const listen = ({ data }: MessageEvent<string>) => {
			const message = JSON.parse(data) as { id?: number; result?: unknown };
			if (message.id !== id) return;
			socket.removeEventListener('message', listen);
			resolve(message.result);
		};
		socket.addEventListener('message', listen);
		socket.send(JSON.stringify({ id, method }));
	});
}
