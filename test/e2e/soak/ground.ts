import type { Server } from '../openServer.ts';
import type { SimulatorProcess } from './simulatorProcess.ts';

/** What the checks stand on. */
export interface Ground {
	/** Changes with each restart, so it is read anew where it is used. */
	server: Server;
	simulator: SimulatorProcess;
	inspectPort: number;
	/** How long and how wide the load is. */
	minutes: number;
	parallel: number;
}

export interface SoakCheck {
	name: string;
	/** Resolves with the numbers to print, throws where they are not good enough. */
	measure: (ground: Ground) => Promise<string>;
}

export function seconds(sinceMs: number): string {
	return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
