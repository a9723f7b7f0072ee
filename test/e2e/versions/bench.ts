import type { Simulator } from '../../../dev/simulator/startSimulator.ts';
import type { Server } from '../openServer.ts';

/** What the features of one n8n version are tried on. */
export interface Bench extends Server {
	simulator: Simulator;
	/** Whether this n8n is of the given version or later. */
	isFrom: (version: string) => boolean;
}

/** A row of the table. */
export interface Feature {
	name: string;
	/**
	 * Tries it and resolves with what stands in the table. Throws when it is not as this version
	 * should have it.
	 */
	verify: (bench: Bench) => Promise<string>;
}

/** Whether `version` is `floor` or later; numbers only, as in n8n's releases. */
export function isFrom(version: string, floor: string): boolean {
	const parts = version.split('.').map(Number);
	for (const [index, part] of floor.split('.').map(Number).entries()) {
		const own = parts[index] ?? 0;
		if (own !== part) return own > part;
	}
	return true;
}
