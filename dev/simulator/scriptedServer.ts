import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that answers each request as the script says, without a thought for HTTP's rules. */
export interface ScriptedServer {
	/** Base URL, ending in /v1. */
	url: string;
	/** Bodies of the requests so far, parsed. */
	requests: Array<Record<string, unknown>>;
	close(): Promise<void>;
}

export type Script = (
	response: ServerResponse,
	socket: Socket,
	/** From 0. */
	request: number,
	body: Record<string, unknown>,
) => void;

export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
	const requests: Array<Record<string, unknown>> = [];
	const onRequest: RequestListener = (request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const body: Record<string, unknown> = JSON.parse(Buffer.concat(parts).toString());
			requests.push(body);
			script(response, request.socket, requests.length - 1, body);
		});
	};
	const server = createServer(onRequest);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		requests,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** One event of a stream. */
export function eventOf(choice: object, rest: object = {}): string {
	return `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, ...choice }], ...rest })}\n\n`;
}
