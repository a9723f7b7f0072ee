import { createRequire } from 'node:module';
import { buildSync } from 'esbuild';

/**
 * What a module of the nodes exports. It is bundled on the way, since Node.js runs no TypeScript whose
 * imports lack file names.
 *
 * @param entryPoint path of a TypeScript file
 */
export function loadBundled(entryPoint: string): unknown {
	const { outputFiles } = buildSync({
		entryPoints: [entryPoint],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
	});
	const loaded: { exports: unknown } = { exports: {} };
	new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
		loaded,
		loaded.exports,
		createRequire(import.meta.url),
	);
	return loaded.exports;
}
