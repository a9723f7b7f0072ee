import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';

test('skips a port that somebody listens to', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	expect(await findFreePort(port)).toBeGreaterThan(port);
	server.close();
	await once(server, 'close');
	expect(await findFreePort(port)).toBe(port);
});

test('says so when there is none', async () => {
	await expect(findFreePort(65_536)).rejects.toThrow('No port from 65536 on is free');
});
