import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

import type * as Core from './core.ts';

/** Node.js runs no TypeScript whose imports lack file names, so the core is bundled as for n8n. */
export function loadCore(): typeof Core {
	const { outputFiles } = buildSync({
		entryPoints: [fileURLToPath(new URL('core.ts', import.meta.url))],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'node',
		target: 'node20',
	});
	const loaded = { exports: {} };
	new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
		loaded,
		loaded.exports,
		createRequire(import.meta.url),
	);
	return loaded.exports as typeof Core;
}
