import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildAndPack } from './n8n/buildAndPack.ts';
import { driveN8n } from './n8n/driveN8n.ts';
import { findFreePort } from './n8n/findFreePort.ts';
import { importExamples } from './n8n/importExamples.ts';
import { cacheFolder, installN8n } from './n8n/installN8n.ts';
import { installPackage } from './n8n/installPackage.ts';
import { launchN8n } from './n8n/launchN8n.ts';
import { killAllProcessGroups, stopAllProcessGroups } from './n8n/processGroups.ts';
import { reloadOnChange } from './n8n/reloadOnChange.ts';
import { chooseCredential, saveCredential } from './n8n/saveCredential.ts';
import { readRealApi } from './readRealApi.ts';
import { describeSteering } from './simulator/describeSteering.ts';
import { startSimulator } from './simulator/startSimulator.ts';
import { watchable } from './simulator/watchable.ts';

/**
 * `npm start`: a real n8n with this package, its examples and a credential, ready to be tried out.
 * With `-- --watch` n8n takes every change of the sources within a second or two.
 * What it keeps between starts is in a folder of this clone's own, beside n8n in the cache: inside the
 * repository the package would get the repository's n8n-workflow instead of n8n's.
 */
const repository = join(import.meta.dirname, '..');
const clone = createHash('sha256').update(repository).digest('hex').slice(0, 8);
const userFolder = join(cacheFolder(), `start-${clone}`);
const logFile = join(userFolder, 'n8n.log');
const login = { email: 'demo@example.com', password: 'MiniMax-demo-1' };

let stopping = false;

process.on('exit', killAllProcessGroups);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		// npm passes on a signal that the terminal has sent already.
		if (stopping) return;
		console.log('\nStopping n8n and all that was started with it.');
		void stop(0);
	});
}

async function stop(exitCode: number): Promise<void> {
	stopping = true;
	await stopAllProcessGroups();
	process.exit(exitCode);
}

async function start(): Promise<void> {
	const { values } = parseArgs({ options: { watch: { type: 'boolean', default: false } } });
	// First, since what is wrong here need not wait for the installation.
	const realApi = readRealApi(process.env);
	const runtime = await installN8n();

	const tarball = await buildAndPack(repository, userFolder);
	const { name, version, folder } = await installPackage(tarball, userFolder);

	const simulator = realApi
		? undefined
		: await startSimulator({ port: await findFreePort(4010), ...watchable });

	console.log(`Starting n8n ${runtime.version} with ${name} ${version}`);
	const n8n = await launchN8n({
		runtime,
		userFolder,
		logFile,
		// Fetches a list of MCP servers from n8n's own server; versions before it refuse its name.
		env: {
			N8N_DISABLED_MODULES: 'mcp-registry',
			...(values.watch && { N8N_DEV_RELOAD: 'true' }),
		},
	});
	void n8n.ended.then(async (outcome) => {
		if (stopping) return;
		console.error(`\nn8n ended by itself (${outcome}). Its log is ${logFile}.`);
		await stop(1);
	});

	const editor = await driveN8n(n8n.url, login).catch((cause: Error) => {
		throw new Error(
			`Signing in as ${login.email} did not work; has the login been changed in n8n? ` +
				`Delete ${userFolder} to begin anew, or put the login back.\n${cause.message}`,
			{ cause },
		);
	});
	const credential = await saveCredential(editor, chooseCredential(realApi, simulator?.url ?? ''));
	const examples = await importExamples(
		editor,
		join(repository, 'examples'),
		credential,
		join(userFolder, 'imported.json'),
	);

	console.log(`
  n8n        ${n8n.url}
  Login      ${login.email}   Password  ${login.password}
  Model API  ${simulator ? `${simulator.url} (simulator, nothing is spent)` : `the real API (${realApi?.region}), with your key: tokens are spent`}
  Credential ${credential.name}

  Open an example, press "Execute workflow", then look at the node's output:
${examples.map((example) => `    ${example.name}\n      ${n8n.url}/workflow/${example.id}`).join('\n')}

${simulator ? describeSteering(simulator.url) : ''}
  Ctrl-C ends n8n${simulator ? ' and the simulator' : ''}. Log: ${logFile}
  To begin anew, delete ${userFolder}
`);
	if (!values.watch) return;
	reloadOnChange({
		repository,
		installed: folder,
		logFile: join(userFolder, 'bundle.log'),
		say: (line) => console.log(`  ${line}`),
	});
	console.log('  Changes under nodes/ and credentials/ are reloaded.');
}

await start().catch(async (cause: Error) => {
	// Whatever a stop interrupts fails, and that is no news.
	if (stopping) return;
	console.error(`\n${cause.message}`);
	await stop(1);
});
