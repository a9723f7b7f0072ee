import { appendFileSync, copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import { installN8n } from '../../../dev/n8n/installN8n.ts';
import { startSimulator } from '../../../dev/simulator/startSimulator.ts';
import { openServer } from '../openServer.ts';
import { isFrom } from './bench.ts';
import type { Bench, Feature } from './bench.ts';

const firstPort = 16_600;

/** How one version did. */
export interface Column {
	version: string;
	nodeVersion: string;
	/** By feature. */
	cells: Record<string, string>;
	failures: string[];
}

interface Options {
	features: Feature[];
	tarball: string;
	/** For the data of n8n. */
	folder: string;
	/** For logs that outlive the run. */
	artifacts: string;
}

/** @param wanted an n8n version, with `@` and a Node version where that is not the usual one */
export async function tryVersion(wanted: string, options: Options): Promise<Column> {
	const [version = '', nodeVersion = usualNode(version)] = wanted.split('@');
	console.log(`\n# n8n ${version} on Node ${nodeVersion}`);
	const column: Column = { version, nodeVersion, cells: {}, failures: [] };
	const fail = (what: string, error: unknown) => {
		const { message, stack } = error instanceof Error ? error : new Error(String(error));
		console.log(`not ok - ${what}\n${message}`);
		const report = stack ?? message;
		appendFileSync(join(options.artifacts, 'failures.txt'), `${version}: ${what}\n${report}\n\n`);
		column.failures.push(`${version}: ${what}`);
	};

	const folder = join(options.folder, version);
	mkdirSync(folder, { recursive: true });
	const simulator = await startSimulator({ port: await findFreePort(firstPort) });
	let close = async () => await simulator.close();
	try {
		const server = await openServer({
			runtime: await installN8n({ version, nodeVersion }),
			tarball: options.tarball,
			folder,
			port: await findFreePort(firstPort),
			apiUrl: simulator.url,
		});
		close = async () => {
			await server.close();
			await simulator.close();
		};
		// The server itself, as a restart changes what is in it.
		const bench: Bench = Object.assign(server, {
			simulator,
			isFrom: (floor: string) => isFrom(version, floor),
		});
		for (const { name, verify } of options.features) {
			simulator.reset();
			try {
				const cell = await verify(bench);
				column.cells[name] = cell;
				console.log(`ok - ${name}: ${cell}`);
			} catch (error) {
				fail(name, error);
			}
		}
	} catch (error) {
		fail('starting', error);
	} finally {
		await close();
		const log = join(folder, 'n8n.log');
		if (existsSync(log)) copyFileSync(log, join(options.artifacts, `n8n-${version}.log`));
	}
	return column;
}

/** The oldest line of Node that is in use and that the version's `engines` allow. */
function usualNode(version: string): string {
	if (isFrom(version, '2.36')) return '24.21.0';
	return isFrom(version, '2.10') ? '22.23.3' : '20.20.2';
}
