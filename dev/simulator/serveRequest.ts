import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerChat } from './answerChat.ts';
import { newHexId } from './dialects/newId.ts';
import { Exchange } from './exchange.ts';
import { parseJson } from './json.ts';
import { listModels } from './listModels.ts';
import { readBody } from './readBody.ts';
import { readKey } from './readKey.ts';
import { Rejection } from './rejection.ts';
import { sendJson, sendRejection } from './sendReply.ts';
import { serveAdmin } from './serveAdmin.ts';
import type { Simulation } from './simulation.ts';

/** Routes a request, keeps the log, and turns refusals into replies. */
export async function serveRequest(
	simulation: Simulation,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const exchange = new Exchange(request, response, simulation.now);
	const url = new URL(request.url ?? '/', 'http://simulator');
	if (url.pathname.startsWith('/admin/')) {
		return serveAdmin(simulation, exchange, url, (await readBody(request)) ?? '');
	}
	response.once('close', () => simulation.log.count(exchange.record?.status ?? null));
	try {
		if (request.method === 'POST' && url.pathname === '/v1/chat/completions') {
			await serveChat(simulation, exchange);
		} else {
			await serveOther(simulation, exchange, url);
		}
	} catch (error) {
		if (response.headersSent) return exchange.reset();
		const rejection =
			error instanceof Rejection
				? error
				: new Rejection(`simulator: ${error instanceof Error ? error.message : String(error)}`);
		sendRejection(exchange, simulation.settings.mode, rejection);
	}
}

async function serveChat(simulation: Simulation, exchange: Exchange): Promise<void> {
	const { authorization } = exchange.request.headers;
	// Counted by the header as it stands: what is refused later was in flight all the same.
	const key = authorization ?? '';
	const inFlight = simulation.inFlight.enter(key);
	exchange.response.once('close', () => simulation.inFlight.leave(key));
	const rawBody = await receive(simulation, exchange);
	if (rawBody === null) return;
	await simulation.gate;
	readKey(authorization, simulation.apiKeys, simulation.settings.mode);
	await answerChat(simulation, exchange, key, exchange.record?.body, inFlight);
}

async function serveOther(simulation: Simulation, exchange: Exchange, url: URL): Promise<void> {
	if ((await receive(simulation, exchange)) === null) return;
	const { settings, apiKeys } = simulation;
	const route = `${exchange.request.method} ${url.pathname}`;
	const checkKey = () => readKey(exchange.request.headers.authorization, apiKeys, settings.mode);
	if (route === 'GET /v1/models') {
		checkKey();
		return sendJson(exchange, settings.mode, 200, listModels(settings), newHexId());
	}
	// What n8n's built-in credential tests itself with; native endpoints fail with HTTP 200.
	if (route === 'GET /v1/files/list') {
		const failure = refusal(checkKey);
		const base = { status_code: failure?.code ?? 0, status_msg: failure?.message ?? 'success' };
		return sendJson(exchange, settings.mode, 200, { files: [], base_resp: base }, newHexId());
	}
	throw new Rejection('page not found', { status: 404, code: 2013, type: 'not_found_error' });
}

function refusal(check: () => unknown): Rejection | undefined {
	try {
		check();
		return undefined;
	} catch (error) {
		if (error instanceof Rejection) return error;
		throw error;
	}
}

/** Reads the body and puts the request into the log; null when the client left before the end. */
async function receive(simulation: Simulation, exchange: Exchange): Promise<string | null> {
	const { request } = exchange;
	const entry = {
		at: exchange.arrivedAt,
		method: request.method ?? '',
		path: request.url ?? '',
		headers: request.headers,
		status: null,
		closedByClient: false,
	};
	try {
		const rawBody = await readBody(request);
		exchange.record = simulation.log.add({
			...entry,
			rawBody: rawBody ?? '',
			body: rawBody === null || rawBody === '' ? undefined : parseJson(rawBody),
			closedByClient: rawBody === null,
		});
		return rawBody;
	} catch (error) {
		exchange.record = simulation.log.add({ ...entry, rawBody: '', body: undefined });
		throw error;
	}
}
