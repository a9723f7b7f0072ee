import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

import type { readJsonAnswer } from '../../nodes/minimax/jsonAnswer/readJsonAnswer.ts';
import type { readSchema } from '../../nodes/minimax/jsonAnswer/readSchema.ts';
import type { Read } from './judge.ts';

interface Reader {
	readJsonAnswer: typeof readJsonAnswer;
	readSchema: typeof readSchema;
}

/** The reader of the sources, bundled: Node itself cannot run their imports without file endings. */
export function loadReader(): Read {
	const { outputFiles } = buildSync({
		stdin: {
			contents: "export * from './readJsonAnswer'; export * from './readSchema';",
			resolveDir: fileURLToPath(new URL('../../nodes/minimax/jsonAnswer', import.meta.url)),
		},
		bundle: true,
		format: 'cjs',
		platform: 'node',
		write: false,
	});
	const loaded: { exports: Partial<Reader> } = { exports: {} };
	new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
		loaded,
		loaded.exports,
		createRequire(import.meta.url),
	);
	const { readJsonAnswer: read, readSchema: readGiven } = loaded.exports;
	if (read === undefined || readGiven === undefined) throw new TypeError('An export is missing');
	return (text, schema, finishReason) => read(text, readGiven(schema), finishReason);
}
