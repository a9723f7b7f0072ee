import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startProcessGroup, stopProcessGroup } from '../n8n/processGroups.ts';
import type { ScriptedReply, SimulatorSettings } from '../simulator/settings.ts';

export interface SimulatorProcess {
	/** Base URL including `/v1`. */
	url: string;
	/** Everything back to the start, then these settings. */
	reset(settings: Partial<SimulatorSettings>): Promise<void>;
	/** Settings for the next requests, one each. */
	script(replies: ScriptedReply[]): Promise<void>;
	/** Answers by HTTP status, `none` for connections that ended without one; and the tokens of them all. */
	count(): Promise<{ byStatus: Record<string, number>; tokens: number }>;
	stop(): Promise<void>;
}

/** The simulator in a process of its own, so that its CPU time is not n8n's or the benchmark's. */
export async function startSimulatorProcess(
	port: number,
	apiKeys: string[],
): Promise<SimulatorProcess> {
	const main = join(import.meta.dirname, '..', 'simulator', 'main.ts');
	const args = [main, '--port', String(port), ...apiKeys.flatMap((key) => ['--key', key])];
	const child = startProcessGroup(process.execPath, args, {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	if (child.stdout === null) throw new Error('The simulator has no output to read.');
	const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
	const admin = url.replace(/\/v1$/, '/admin');

	const call = async (method: string, path: string, body?: object): Promise<unknown> => {
		const response = await fetch(`${admin}/${path}`, {
			method,
			...(body && { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`The simulator says: ${await response.text()}`);
		return await response.json();
	};

	return {
		url,
		async reset(settings) {
			await call('POST', 'reset');
			await call('POST', 'settings', settings);
		},
		async script(replies) {
			await call('POST', 'script', replies);
		},
		async count() {
			return (await call('GET', 'state')) as { byStatus: Record<string, number>; tokens: number };
		},
		stop: async () => await stopProcessGroup(child),
	};
}
