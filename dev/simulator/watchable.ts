import type { SimulatorSettings } from './settings.ts';

/**
 * For people who watch: an answer of three sentences takes three seconds, in pieces of a few words where
 * the real API sends about 125 characters at a time.
 */
export const watchable = {
	latencyMs: 300,
	tokensPerSecond: 50,
	chunkCharacters: 20,
} as const satisfies Partial<SimulatorSettings>;
