import { once } from 'node:events';
import { join } from 'node:path';
import { startProcessGroup, stopProcessGroup } from '../../../dev/n8n/processGroups.ts';
import type { ReceivedRequest, SimulatorSettings } from '../../../dev/simulator/startSimulator.ts';
import { until } from '../until.ts';

interface SimulatorState {
	inFlight: number;
	/** Replies so far by HTTP status; `none` counts those that broke off before one. */
	byStatus: Record<string, number>;
}

/** The simulator in a process of its own, which can be killed and whose memory is not measured. */
export interface SimulatorProcess {
	/** Base URL including `/v1`, the same after a restart. */
	url: string;
	start: () => Promise<void>;
	/** SIGKILL; its settings are gone with it. */
	kill: () => Promise<void>;
	set: (settings: Partial<SimulatorSettings>) => Promise<void>;
	reset: () => Promise<void>;
	state: () => Promise<SimulatorState>;
	requests: () => Promise<ReceivedRequest[]>;
}

export async function startSimulatorProcess(port: number): Promise<SimulatorProcess> {
	const origin = `http://127.0.0.1:${port}`;
	const script = join(import.meta.dirname, '..', '..', '..', 'dev', 'simulator', 'main.ts');
	const admin = async <T>(method: string, route: string, body?: object): Promise<T> => {
		const response = await fetch(`${origin}/admin/${route}`, {
			method,
			...(body && { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`/admin/${route}: ${await response.text()}`);
		return (await response.json()) as T;
	};
	const launch = () =>
		startProcessGroup(process.execPath, [script, '--port', `${port}`], { stdio: 'ignore' });
	let child = launch();
	const ready = async () =>
		void (await until('the simulator answers', async () => {
			return await admin('GET', 'state').catch(() => undefined);
		}));
	await ready();
	return {
		url: `${origin}/v1`,
		async start() {
			child = launch();
			await ready();
		},
		async kill() {
			const gone = once(child, 'exit');
			child.kill('SIGKILL');
			await gone;
			await stopProcessGroup(child, 0);
		},
		set: async (settings) => void (await admin('POST', 'settings', settings)),
		reset: async () => void (await admin('POST', 'reset')),
		state: async () => await admin('GET', 'state'),
		requests: async () => await admin('GET', 'requests'),
	};
}
