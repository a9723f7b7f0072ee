import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { driveN8n } from '../../dev/n8n/driveN8n.ts';
import type { N8nUser } from '../../dev/n8n/driveN8n.ts';
import type { N8nRuntime } from '../../dev/n8n/installN8n.ts';
import { installPackage } from '../../dev/n8n/installPackage.ts';
import { launchN8n } from '../../dev/n8n/launchN8n.ts';
import type { RunningN8n } from '../../dev/n8n/launchN8n.ts';
import type { Credential, StoredCredential } from '../../dev/n8n/n8nTypes.ts';

const login = { email: 'owner@example.com', password: 'Sunny-Harbour-7' };
const apiKey = 'sk-simulator';

interface ServerOptions {
	runtime: N8nRuntime;
	tarball: string;
	/** Database, packages and log of this n8n. */
	folder: string;
	/** The first port to try. */
	port: number;
	/** Base URL of the simulator. */
	apiUrl: string;
	env?: NodeJS.ProcessEnv;
}

/** One n8n of any version with the package, its owner signed in, and a credential. */
export interface Server {
	n8n: RunningN8n;
	user: N8nUser;
	credential: StoredCredential;
	logFile: string;
	/** SIGKILL, and a new start on the same folder. `n8n` and `user` change. */
	restart: () => Promise<void>;
	close: () => Promise<void>;
}

export async function openServer(options: ServerOptions): Promise<Server> {
	const { runtime, tarball, folder, port, apiUrl } = options;
	await installPackage(tarball, folder);
	const logFile = join(folder, 'n8n.log');
	const env = { ...settingsFor(runtime), ...options.env };
	const launch = { runtime, userFolder: folder, logFile, env };
	const n8n = await launchN8n({ ...launch, port });
	const user = await driveN8n(n8n.url, login);
	const server: Server = {
		n8n,
		user,
		credential: await user.createCredential(credentialFor(apiUrl)),
		logFile,
		async restart() {
			await server.n8n.kill();
			server.n8n = await launchN8n({ ...launch, port: n8n.port });
			server.user = await driveN8n(server.n8n.url, login);
		},
		close: async () => await server.n8n.stop(),
	};
	return server;
}

export function credentialFor(baseUrl: string, key = apiKey): Credential {
	const data = { apiKey: key, region: 'custom', baseUrl };
	return { name: 'MiniMax Platform', type: 'miniMaxPlatformApi', data };
}

function settingsFor({ version, folder }: N8nRuntime): NodeJS.ProcessEnv {
	const modules = join(folder, 'node_modules', 'n8n', 'dist', 'modules');
	return {
		// Fetches a list from n8n's own server; versions without it refuse its name.
		...(existsSync(join(modules, 'mcp-registry')) && { N8N_DISABLED_MODULES: 'mcp-registry' }),
		// The isolate n8n 1.123 can evaluate expressions in does not load under Node 20.
		...(version.startsWith('1.') && { N8N_EXPRESSION_ENGINE: 'legacy' }),
	};
}
