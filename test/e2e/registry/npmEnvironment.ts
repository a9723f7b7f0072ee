import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * What npm goes by when nothing of this machine's own npm settings counts. With a tunnel, every
 * request of npm and of n8n itself over HTTPS goes there.
 */
export function npmEnvironment(
	folder: string,
	tunnel?: { proxy: string; certificate: string },
): NodeJS.ProcessEnv {
	const empty = join(folder, 'npmrc');
	mkdirSync(folder, { recursive: true });
	writeFileSync(empty, '');
	return {
		NPM_CONFIG_REGISTRY: undefined,
		npm_config_registry: undefined,
		npm_config_userconfig: empty,
		npm_config_globalconfig: join(folder, 'no-npmrc'),
		npm_config_cache: join(folder, 'npm-cache'),
		npm_config_update_notifier: 'false',
		...(tunnel && {
			HTTPS_PROXY: tunnel.proxy,
			https_proxy: tunnel.proxy,
			HTTP_PROXY: undefined,
			http_proxy: undefined,
			ALL_PROXY: undefined,
			NO_PROXY: '127.0.0.1,localhost',
			no_proxy: '127.0.0.1,localhost',
			npm_config_https_proxy: tunnel.proxy,
			npm_config_noproxy: '127.0.0.1,localhost',
			npm_config_cafile: tunnel.certificate,
			NODE_EXTRA_CA_CERTS: tunnel.certificate,
		}),
	};
}

/** The address npm uses when no settings name one; so does n8n. */
export async function defaultRegistry(folder: string): Promise<string> {
	const { stdout } = await promisify(execFile)('npm', ['config', 'get', 'registry'], {
		cwd: folder,
		env: { ...process.env, ...npmEnvironment(folder) },
	});
	return stdout.trim();
}
