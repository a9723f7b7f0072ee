import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	url: string | undefined;
	headers: IncomingHttpHeaders;
	body: string;
}

export interface EchoServer {
	baseUrl: string;
	received: Received[];
	/** Open requests that were never answered. */
	hanging: ServerResponse[];
	/** `pieces` is answered in three; each but the first waits until this says `taken`. */
	pieces: EventEmitter;
	close(): Promise<void>;
}

/** `fail` is answered with 500, `hang` with a first piece and nothing more, `cut` with half a reply. */
export async function startEchoServer(): Promise<EchoServer> {
	const received: Received[] = [];
	const hanging: ServerResponse[] = [];
	const pieces = new EventEmitter();
	const server = createServer(async (request, response) => {
		const body = (await request.setEncoding('utf8').toArray()).join('');
		received.push({ url: request.url, headers: request.headers, body });
		const { text = '' } = JSON.parse(body || '{}') as { text?: string };
		response.setHeader('content-type', 'application/json');
		if (request.url === '/words') return response.end('["alpha","beta"]');
		const { authorization } = request.headers;
		if (authorization === 'Bearer poor-key') return response.end('{"status":{"code":1008}}');
		if (authorization !== 'Bearer secret-key') response.statusCode = 401;
		if (text === 'fail') response.statusCode = 500;
		if (text === 'hang') {
			hanging.push(response);
			return response.write('piece');
		}
		if (text === 'cut') return response.write('piece', () => response.destroy());
		if (text === 'pieces') {
			for (const piece of ['one', 'two', 'three']) {
				response.write(piece);
				await once(pieces, 'taken');
			}
			return response.end();
		}
		response.end(JSON.stringify({ echoed: text, code: 0 }));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		baseUrl: `http://127.0.0.1:${port}`,
		received,
		hanging,
		pieces,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
