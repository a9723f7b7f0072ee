import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findFreePort } from '../../dev/n8n/findFreePort.ts';
import { installN8n } from '../../dev/n8n/installN8n.ts';
import { endWithGroups } from './endWithGroups.ts';
import { openServer } from './openServer.ts';
import { buildAndPack } from '../../dev/n8n/buildAndPack.ts';
import { breakServers } from './soak/breakServers.ts';
import { resistServers } from './soak/resistServers.ts';
import type { Ground } from './soak/ground.ts';
import { loadServer } from './soak/loadServer.ts';
import { startSimulatorProcess } from './soak/simulatorProcess.ts';
import { stretchMessages } from './soak/stretchMessages.ts';

/**
 * `npm run e2e:soak [-- part of a check's name …] [--minutes 5] [--parallel 100] [--package file.tgz]`:
 * what a real n8n with this package makes of dying servers, slow and huge replies and long load.
 * Prints a line of numbers for each check.
 */
endWithGroups();

const { positionals: wanted, values } = parseArgs({
	allowPositionals: true,
	options: {
		minutes: { type: 'string', default: '5' },
		parallel: { type: 'string', default: '100' },
		package: { type: 'string' },
	},
});
const checks = [loadServer, ...stretchMessages, ...resistServers, ...breakServers].filter(
	({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
const repository = join(import.meta.dirname, '..', '..');
const artifacts = join(repository, 'artifacts', 'soak');
rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'n8n-soak-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const tarball = values.package ?? (await buildAndPack(repository, folder));
const simulator = await startSimulatorProcess(await findFreePort(16_700));
const inspectPort = await findFreePort(16_800);
const server = await openServer({
	runtime: await installN8n(),
	tarball,
	folder: join(folder, 'n8n'),
	port: await findFreePort(16_720),
	apiUrl: simulator.url,
	// For measureMemory.ts; nothing is opened before it asks.
	env: { NODE_OPTIONS: `--inspect-port=127.0.0.1:${inspectPort}` },
});
const ground: Ground = {
	server,
	simulator,
	inspectPort,
	minutes: Number(values.minutes),
	parallel: Number(values.parallel),
};

let failed = 0;
for (const { name, measure } of checks) {
	await simulator.reset();
	try {
		console.log(`ok - ${name}: ${await measure(ground)}`);
	} catch (error) {
		failed += 1;
		const { message, stack } = error instanceof Error ? error : new Error(String(error));
		console.log(`not ok - ${name}: ${message.slice(0, 2_000)}`);
		appendFileSync(join(artifacts, 'failures.txt'), `${name}\n${stack}\n\n`);
	}
}
await server.close();
await simulator.kill();
copyFileSync(server.logFile, join(artifacts, 'n8n.log'));
console.log(`\n${checks.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 && checks.length > 0 ? 0 : 1);
