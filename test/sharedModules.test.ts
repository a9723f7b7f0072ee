import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { packAndUnpack } from './support/engine/packAndUnpack';

// What has an identity must be there once, or the nodes do not know each other's.
const shared = [
	{ file: 'dist/nodes/minimax/failure/failure.js', holds: 'FailureError' },
	{ file: 'dist/nodes/minimax/pace/pace.js', holds: 'LearnedPace' },
];
const bundles = [
	'dist/nodes/MiniMaxChat/MiniMaxChat.node.js',
	'dist/nodes/LmChatMiniMax/LmChatMiniMax.node.js',
];

let folder: string;

beforeAll(async () => {
	folder = await packAndUnpack();
});

const read = async (file: string) => await readFile(path.join(folder, file), 'utf8');

test.each(shared)('$holds is made in $file', async ({ file, holds }) => {
	expect(await read(file)).toMatch(new RegExp(`\\b${holds} = class|\\bclass ${holds}\\b`));
});

test.each(bundles)('%s has it from there', async (bundle) => {
	const text = await read(bundle);
	const required = [...text.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, file]) =>
		path.posix.join(path.posix.dirname(bundle), `${file}`),
	);

	expect(new Set(required)).toEqual(new Set(shared.map(({ file }) => file)));
	for (const { holds } of shared) {
		expect(text).not.toMatch(new RegExp(`\\b${holds} = class|\\bclass ${holds}\\b`));
	}
});
