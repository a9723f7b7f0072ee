import { createServer } from 'node:net';

/** The first port from `start` on that nobody listens to on 127.0.0.1 and that is not in `taken`. */
export async function findFreePort(start: number, taken: number[] = []): Promise<number> {
	for (let port = start; port <= 65_535; port++) {
		if (!taken.includes(port) && (await isFree(port))) return port;
	}
	throw new Error(`No port from ${start} on is free on 127.0.0.1. Close a program that listens.`);
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
