import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';

interface TunnelOptions {
	/** The host that is led elsewhere; requests for others are refused. */
	host: string;
	/** Where its requests go, over plain HTTP on this machine. */
	targetPort: number;
	/** The proxy's own port. */
	port: number;
	/** Files: what the client meets in place of the host's certificate. */
	key: string;
	certificate: string;
}

/** An HTTPS proxy for one host, behind which stands a server of this machine. */
export async function openTunnel(
	options: TunnelOptions,
): Promise<{ url: string; close: () => Promise<void> }> {
	const { host, targetPort, port, key, certificate } = options;
	const open = new Set<Duplex>();
	const keep = (socket: Duplex) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		socket.on('error', () => socket.destroy());
	};
	const tls = createTlsServer(
		{ key: readFileSync(key), cert: readFileSync(certificate) },
		(client) => {
			const target = connect(targetPort, '127.0.0.1');
			keep(client);
			keep(target);
			client.pipe(target).pipe(client);
		},
	);
	const proxy = createServer((_request, response) => response.writeHead(502).end());
	proxy.on('connect', ({ url }, client) => {
		keep(client);
		if (url !== `${host}:443`) return client.end('HTTP/1.1 502 Not reachable\r\n\r\n');
		client.write('HTTP/1.1 200 Connected\r\n\r\n');
		tls.emit('connection', client);
	});
	await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${port}`,
		async close() {
			for (const socket of open) socket.destroy();
			proxy.closeAllConnections();
			await new Promise((resolve) => proxy.close(resolve));
		},
	};
}
