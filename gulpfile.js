/**
 * gulp build: types are checked by tsc, each node and credential becomes one CommonJS file by esbuild
 * (devDependencies such as eventsource-parser inside, since n8n installs none), icons and codex are copied.
 */
const { execFile } = require('node:child_process');
const { mkdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

/**
 * What both nodes need to have in common: a copy of the pace in each bundle would be two paces per key,
 * and of the failures that the shared pace hands on, one node would not know those of the other.
 */
const SHARED_MODULES = ['nodes/minimax/pace/pace', 'nodes/minimax/failure/failure'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

async function types() {
	await run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json']).catch(
		(error) => {
			throw new Error(error.stdout || error.message);
		},
	);
}

/** Leaves the shared modules out of a bundle and requires the files beside it instead. */
const shareModules = {
	name: 'share-modules',
	setup(build) {
		build.onResolve({ filter: /^\.{1,2}\// }, ({ path: request, resolveDir, kind }) => {
			if (kind === 'entry-point') return undefined;
			const target = path.relative(process.cwd(), path.resolve(resolveDir, request));
			const shared = SHARED_MODULES.find((module) => target === path.normalize(module));
			if (shared === undefined) return undefined;
			// As seen from a node's folder in dist.
			return { path: `../${path.posix.relative('nodes', shared)}.js`, external: true };
		});
	},
};

/** Bundled packages keep their licence: MIT and ISC ask for it. */
async function licencesOf(metafile) {
	const folders = new Set(
		Object.keys(metafile.inputs)
			.map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[0])
			.filter(Boolean),
	);
	const texts = await Promise.all(
		[...folders].sort().map(async (folder) => {
			const { name, version, license } = JSON.parse(
				await readFile(`${folder}package.json`, 'utf8'),
			);
			const text = await Promise.any(
				['LICENSE', 'LICENSE.md', 'LICENCE', 'license'].map((file) =>
					readFile(folder + file, 'utf8'),
				),
			).catch(() => `Licence: ${license}`);
			return `${name} ${version}\n\n${text.trim()}`;
		}),
	);
	return texts.length === 0 ? '' : `/*\nBundled packages\n\n${texts.join('\n\n')}\n*/\n`;
}

async function bundle() {
	const { n8n } = require('./package.json');
	const [nodes, credentials] = [n8n.nodes, n8n.credentials].map((files) =>
		files.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
	);
	await bundleFiles([...nodes, ...SHARED_MODULES.map((module) => `${module}.ts`)], [shareModules]);
	await bundleFiles(credentials, []);
}

async function bundleFiles(entryPoints, plugins) {
	const { outputFiles, metafile } = await esbuild.build({
		entryPoints,
		outbase: '.',
		outdir: 'dist',
		bundle: true,
		format: 'cjs',
		platform: 'node',
		// n8n 1.123, the oldest supported, runs on Node 20.
		target: 'node20',
		external: ['n8n-workflow', '@n8n/ai-node-sdk'],
		// A lazy require: only that one looks into NODE_PATH, where n8n offers its own packages.
		supported: { 'dynamic-import': false },
		charset: 'utf8',
		legalComments: 'none',
		plugins,
		metafile: true,
		write: false,
	});
	await Promise.all(
		outputFiles.map(async ({ path: file, text }) => {
			const output = metafile.outputs[path.relative(process.cwd(), file)];
			await mkdir(path.dirname(file), { recursive: true });
			await writeFile(file, text + (await licencesOf(output)));
		}),
	);
}

function assets() {
	return src(['nodes/**/*.svg', 'credentials/**/*.svg'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);
}

/** Addresses stand in package.json alone; the panel's help links are made from it. */
async function codex() {
	const { n8n, homepage } = require('./package.json');
	const resources = {
		primaryDocumentation: [{ url: homepage }],
		credentialDocumentation: [{ url: homepage.replace(/#.*/, '#credential-and-regions') }],
	};
	for (const file of n8n.nodes.map((node) => `${node.slice(0, -'.js'.length)}.json`)) {
		const content = JSON.parse(await readFile(file.replace(/^dist\//, ''), 'utf8'));
		await writeFile(file, `${JSON.stringify({ ...content, resources }, null, 2)}\n`);
	}
}

/** Half a second: for what runs the package while somebody works on it. */
exports.bundle = series(bundle, assets, codex);
exports.build = series(clean, parallel(types, exports.bundle));
exports.default = exports.build;
