import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ReceivedRequest } from './recordRequests.ts';
import { serveRequest } from './serveRequest.ts';
import type { ScriptedReply, SimulatorSettings } from './settings.ts';
import { Simulation } from './simulation.ts';

export type { ReceivedRequest } from './recordRequests.ts';
export type { Fault, ScriptedReply, SimulatorSettings } from './settings.ts';

/** Where it listens, which keys it takes, and the settings that `reset` goes back to. */
export interface SimulatorOptions extends Partial<SimulatorSettings> {
	/** 0, the default, takes a free port. */
	port?: number;
	/** 127.0.0.1 */
	host?: string;
	/** Default `['sk-simulator']`. */
	apiKeys?: string[];
	/** Milliseconds since 1970; rate-limit windows and `created` go by it. */
	now?: () => number;
}

export interface Simulator {
	/** Base URL including `/v1`. */
	url: string;
	/** What it received, refused requests included; the latest 10,000. */
	requests: ReceivedRequest[];
	inFlight(): number;
	peakInFlight(): number;
	/** Changes lasting settings. */
	set(settings: Partial<SimulatorSettings>): void;
	/** Queues settings for the next chat requests, one each, first come first served. */
	script(...replies: ScriptedReply[]): void;
	/** Leaves chat requests that arrive from now on without an answer until the returned function is called. */
	hold(): () => void;
	/** Settings, script, log, rate-limit windows and memory back to the start. */
	reset(): void;
	/** Ends open connections too. */
	close(): Promise<void>;
}

/**
 * Starts a stand-in for api.minimax.io: POST /v1/chat/completions, GET /v1/models, and /admin/*
 * to steer it from other processes.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const {
		port = 0,
		host = '127.0.0.1',
		apiKeys = ['sk-simulator'],
		now = Date.now,
		...settings
	} = options;
	const simulation = new Simulation(apiKeys, now, settings);
	const server = createServer({ noDelay: true, requestTimeout: 0 }, (request, response) => {
		serveRequest(simulation, request, response).catch(() => response.destroy());
	});
	// A client may reuse a connection after a pause; closing it in between would look like a fault.
	server.keepAliveTimeout = 120_000;
	// A thousand clients may connect at once.
	const backlog = 4_096;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen({ port, host, backlog }, resolve);
	});
	return {
		url: `http://${host}:${portOf(server.address())}/v1`,
		requests: simulation.log.entries,
		inFlight: () => simulation.inFlight.total,
		peakInFlight: () => simulation.inFlight.peak,
		set: (patch) => simulation.set(patch),
		script: (...replies) => simulation.script(replies),
		hold: () => simulation.hold(),
		reset: () => simulation.reset(),
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function portOf(address: AddressInfo | string | null): number {
	if (address === null || typeof address === 'string') throw new TypeError('not a TCP address');
	return address.port;
}
