import type { Exchange } from './exchange.ts';
import { parseJson } from './json.ts';
import type { ReceivedRequest } from './recordRequests.ts';
import { sendText } from './sendReply.ts';
import { readSettings } from './settings.ts';
import type { Simulation } from './simulation.ts';

/**
 * Steers the simulator from other processes. Never part of what is played.
 *
 * - `GET /admin/requests` the log, without raw bodies unless `?raw=1`; `?since=<id>` for later ones
 * - `DELETE /admin/requests` empties it
 * - `POST /admin/settings` a patch of the lasting settings; answers all of them
 * - `POST /admin/script` one scripted reply or an array
 * - `POST /admin/reset`, `GET /admin/state`
 */
export function serveAdmin(
	simulation: Simulation,
	exchange: Exchange,
	url: URL,
	rawBody: string,
): void {
	const route = `${exchange.request.method} ${url.pathname}`;
	switch (route) {
		case 'GET /admin/requests': {
			const since = Number(url.searchParams.get('since') ?? 0);
			const entries = simulation.log.entries.filter(({ id }) => id > since);
			return send(exchange, 200, url.searchParams.has('raw') ? entries : entries.map(withoutRaw));
		}
		case 'DELETE /admin/requests':
			simulation.log.clear();
			return send(exchange, 200, {});
		case 'GET /admin/settings':
			return send(exchange, 200, simulation.settings);
		case 'POST /admin/settings':
			return change(exchange, () => {
				simulation.set(readSettings(parseJson(rawBody)));
				return simulation.settings;
			});
		case 'POST /admin/script':
			return change(exchange, () => {
				const value = parseJson(rawBody);
				simulation.script((Array.isArray(value) ? value : [value]).map(readSettings));
				return { queued: simulation.scripted.length };
			});
		case 'POST /admin/reset':
			simulation.reset();
			return send(exchange, 200, {});
		case 'GET /admin/state':
			return send(exchange, 200, {
				inFlight: simulation.inFlight.total,
				peakInFlight: simulation.inFlight.peak,
				byStatus: simulation.log.byStatus,
				scripted: simulation.scripted.length,
				tokens: simulation.tokens,
			});
		default:
			return send(exchange, 404, { error: `no admin route ${route}` });
	}
}

function withoutRaw({ rawBody: _rawBody, ...entry }: ReceivedRequest): object {
	return entry;
}

function change(exchange: Exchange, apply: () => object): void {
	let answer: object;
	try {
		answer = apply();
	} catch (error) {
		return send(exchange, 400, { error: error instanceof Error ? error.message : String(error) });
	}
	send(exchange, 200, answer);
}

function send(exchange: Exchange, status: number, value: object): void {
	sendText(exchange, status, { 'Content-Type': 'application/json' }, JSON.stringify(value));
}
