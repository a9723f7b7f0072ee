/**
 * `npm run ask -- "A question"`: the MiniMax Chat step alone, as it was built, in n8n's real engine,
 * within seconds. Prints the item that the next step of a workflow would get.
 */
import 'reflect-metadata';
import '../engine/resolveN8n.ts';
import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { closeEngine } from '../engine/closeEngine.ts';
import { readRealApi, type RealApi } from '../readRealApi.ts';
import { startSimulator } from '../simulator/startSimulator.ts';
import { readCommandLine, USAGE } from './readCommandLine.ts';

const repository = join(import.meta.dirname, '..', '..');

// n8n reads it as it is loaded; it would log a failure that is put into words here.
process.env['N8N_LOG_LEVEL'] ??= 'silent';

/** Runs the step. Throws with what the panel would show when it fails. */
async function ask(parameters: INodeParameters, realApi: RealApi | undefined): Promise<string> {
	const { loadPackage } = await import('../engine/loadPackage.ts');
	const { runNode } = await import('../engine/runNode.ts');
	const { nodes, credentials } = await loadPackage(repository);
	const nodeType = nodes['miniMaxChat'];
	if (!nodeType) throw new Error('The built package has no node miniMaxChat.');
	const simulator = realApi ? undefined : await startSimulator();
	try {
		const { outputs, error } = await runNode({
			nodeType,
			parameters,
			credentialTypes: Object.values(credentials),
			credentials: {
				miniMaxPlatformApi: realApi
					? { ...realApi }
					: { apiKey: 'sk-simulator', region: 'custom', baseUrl: simulator?.url ?? '' },
			},
		});
		if (error) throw new Error([error.message, error.description].filter(Boolean).join('\n'));
		return outputs
			.flat()
			.map(({ json }) => JSON.stringify(json, null, 2))
			.join('\n');
	} finally {
		await simulator?.close();
		await closeEngine();
	}
}

async function run(): Promise<void> {
	let parameters: INodeParameters;
	try {
		parameters = readCommandLine(process.argv.slice(2));
	} catch (cause) {
		throw new Error(`${(cause as Error).message}\n\n${USAGE}`, { cause });
	}
	const realApi = readRealApi(process.env);
	console.error(
		realApi
			? `The real API (${realApi.region}) answers; tokens are spent.`
			: 'The simulator answers. Set MINIMAX_API_KEY to ask the real API.',
	);
	// The node keeps the key out of all it gives out; here also a server that repeats it is not believed.
	const hide = (text: string) => (realApi ? text.replaceAll(realApi.apiKey, '[hidden]') : text);
	await ask(parameters, realApi).then(
		(item) => console.log(hide(item)),
		(cause: Error) => {
			throw new Error(hide(cause.message), { cause });
		},
	);
}

await run().catch((cause: Error) => {
	console.error(`\n${cause.message}`);
	process.exitCode = 1;
});
