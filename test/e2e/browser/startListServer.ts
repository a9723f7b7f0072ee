import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a server says when it is asked for its models. */
export type Listing = 'refused' | 'silent' | 'slow' | 'empty' | 'failing' | string[];

const slowMs = 6_000;

/** A server that lists models in its own way and leaves everything else to another one. */
export async function startListServer(listing: Listing, restUrl: string) {
	const server = createServer((request, response) => {
		const work = request.url?.endsWith('/models')
			? list(listing, response)
			: pass(request, response);
		work.catch((error: unknown) => response.destroy(error as Error));
	});
	const pass = async (request: IncomingMessage, response: ServerResponse) => {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part as Buffer);
		const answer = await fetch(`${restUrl}${request.url?.replace(/^\/v1/, '')}`, {
			method: request.method ?? 'POST',
			headers: {
				'Content-Type': 'application/json',
				Authorization: request.headers.authorization ?? '',
			},
			body: Buffer.concat(parts),
		});
		response.writeHead(answer.status, {
			'Content-Type': answer.headers.get('Content-Type') ?? 'application/json',
		});
		response.end(Buffer.from(await answer.arrayBuffer()));
	};
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function list(listing: Listing, response: ServerResponse): Promise<void> {
	if (listing === 'silent') return;
	if (listing === 'slow') await pause(slowMs, undefined, { ref: false });
	const status = listing === 'refused' ? 401 : listing === 'failing' ? 500 : 200;
	const ids = Array.isArray(listing) ? listing : ['slow-model'];
	const data = ids.map((id) => ({ id, object: 'model', created: 1_790_000_000 }));
	response.writeHead(status, { 'Content-Type': 'application/json' });
	response.end(
		status === 200 && listing !== 'empty' ? JSON.stringify({ object: 'list', data }) : '',
	);
}
