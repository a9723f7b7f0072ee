import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findFreePort } from '../../../dev/n8n/findFreePort.ts';
import { startProcessGroup, stopProcessGroup } from '../../../dev/n8n/processGroups.ts';
import { readLogTail } from '../../../dev/n8n/readLogTail.ts';
import { runCommand } from '../../../dev/n8n/runCommand.ts';
import type { Stage } from '../openStage.ts';
import { until } from '../until.ts';
import { certify } from './certify.ts';
import { installVerdaccio } from './installVerdaccio.ts';
import { defaultRegistry, npmEnvironment } from './npmEnvironment.ts';
import { openTunnel } from './openTunnel.ts';

const firstPort = 16_300;

/** A package registry on this machine that n8n and its npm take for npm's own. */
export interface Registry {
	publish: (tarball: string) => Promise<void>;
	/** For the n8n that shall install from it. */
	env: NodeJS.ProcessEnv;
}

/**
 * Starts Verdaccio without uplinks. n8n takes another registry than npm's (the setting
 * N8N_COMMUNITY_PACKAGES_REGISTRY) only with an Enterprise licence, so its settings stay as they
 * are, and the network leads to Verdaccio instead: a tunnel that reaches nothing else, and a
 * certificate that only this n8n trusts.
 */
export async function startRegistry(stage: Stage): Promise<Registry> {
	// Suites of one run each have theirs: users and packages of another would be in the way.
	const folder = mkdtempSync(join(stage.makeFolder('registry'), 'of-suite-'));
	const verdaccio = await installVerdaccio(join(dirname(stage.runtime.folder), 'tools'));
	const host = new URL(await defaultRegistry(folder)).hostname;
	const { key, certificate } = await certify(host, folder);

	const port = await findFreePort(firstPort);
	const url = `http://127.0.0.1:${port}`;
	const configFile = join(folder, 'config.yaml');
	// YAML takes JSON as it is.
	const config = {
		storage: join(folder, 'storage'),
		listen: [url],
		auth: { htpasswd: { file: join(folder, 'htpasswd') } },
		uplinks: {},
		packages: { '**': { access: '$all', publish: '$authenticated' } },
		web: { enable: false },
		log: { type: 'stdout', format: 'pretty', level: 'http' },
	};
	writeFileSync(configFile, JSON.stringify(config));
	const logFile = join(stage.artifacts, 'verdaccio.log');
	const log = openSync(logFile, 'a');
	const child = startProcessGroup(process.execPath, [verdaccio, '--config', configFile], {
		cwd: folder,
		stdio: ['ignore', log, log],
		// The address under which it offers the tarballs.
		env: { ...process.env, VERDACCIO_PUBLIC_URL: `https://${host}/` },
	});
	closeSync(log);
	stage.defer(async () => await stopProcessGroup(child));
	await until(
		'Verdaccio answers',
		async () => {
			if (child.exitCode !== null) throw new Error(`Verdaccio ended:\n${readLogTail(logFile)}`);
			return await fetch(`${url}/-/ping`).then(
				({ ok }) => ok,
				() => false,
			);
		},
		60_000,
	);

	const tunnel = await openTunnel({
		host,
		targetPort: port,
		port: await findFreePort(port + 1),
		key,
		certificate,
	});
	stage.defer(tunnel.close);
	const env = npmEnvironment(folder, { proxy: tunnel.url, certificate });
	const token = await signUp(url);
	return {
		env,
		async publish(tarball) {
			await runCommand({
				purpose: `Publishing ${tarball}`,
				command: 'npm',
				args: [
					'publish',
					tarball,
					`--registry=${url}`,
					`--//${new URL(url).host}/:_authToken=${token}`,
				],
				cwd: folder,
				env: { ...process.env, ...npmEnvironment(folder) },
				logFile: join(folder, 'publish.log'),
			});
		},
	};
}

/** Makes a user who is gone with the registry; npm publishes for nobody else. */
async function signUp(url: string): Promise<string> {
	const name = 'publisher';
	const response = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ name, password: 'Sunny-Harbour-7' }),
	});
	const { token } = (await response.json()) as { token?: string };
	if (token === undefined) throw new Error(`Verdaccio gave no token (${response.status}).`);
	return token;
}
