import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

import type * as ReadJsonAnswer from '../../nodes/minimax/jsonAnswer/readJsonAnswer.ts';

/** The reader as the package ships it: Node itself cannot run its imports without file endings. */
export function loadReader(): typeof ReadJsonAnswer.readJsonAnswer {
	const { outputFiles } = buildSync({
		entryPoints: [
			fileURLToPath(new URL('../../nodes/minimax/jsonAnswer/readJsonAnswer.ts', import.meta.url)),
		],
		bundle: true,
		format: 'cjs',
		platform: 'node',
		write: false,
	});
	const loaded: { exports: Partial<typeof ReadJsonAnswer> } = { exports: {} };
	new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
		loaded,
		loaded.exports,
		createRequire(import.meta.url),
	);
	const { readJsonAnswer } = loaded.exports;
	if (readJsonAnswer === undefined) throw new TypeError('The bundle exports no readJsonAnswer');
	return readJsonAnswer;
}
