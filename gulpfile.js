/**
 * gulp build: types are checked by tsc, esbuild makes CommonJS files of the nodes, of what they share, and
 * of the credential (devDependencies such as eventsource-parser inside, since n8n installs none), icons
 * and codex are copied.
 */
const { execFile } = require('node:child_process');
const { mkdir, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, parallel, series, src } = require('gulp');

const run = promisify(execFile);

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

/** The text of a bundled package's licence, which MIT and ISC ask to keep. */
async function licenceOf(name) {
	const folder = path.join('node_modules', name);
	const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
	const own = (await readdir(folder)).find((file) => /^licen[cs]e(\.(md|txt))?$/i.test(file));
	// A package that ships none has one beside the build; there is no bundling without.
	const file = own ? path.join(folder, own) : path.join('dev', 'licences', `${name}.txt`);
	return `${name} ${version}\n\n${(await readFile(file, 'utf8')).trim()}`;
}

/** A comment with the licences of all packages of which something is in the output. */
async function licencesOf({ inputs }) {
	const names = Object.keys(inputs).flatMap((input) => {
		const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
		return name === undefined ? [] : [name];
	});
	if (names.length === 0) return '';
	const texts = await Promise.all([...new Set(names)].sort().map(licenceOf));
	return `/*\nBundled packages\n\n${texts.join('\n\n')}\n*/\n`;
}

/**
 * What both nodes use goes into one file that both require, `dist/nodes/core.js`: two copies of the pace
 * would be two paces per key, and no node would know the other's failures. The credential stands alone.
 */
async function bundle() {
	const { n8n } = require('./package.json');
	await bundleFiles(n8n.nodes);
	await bundleFiles(n8n.credentials);
}

async function bundleFiles(targets) {
	// n8n 1.123, the oldest supported, runs on Node 20.
	const options = { platform: 'node', target: 'node20', charset: 'utf8', legalComments: 'none' };
	const { outputFiles, metafile } = await esbuild.build({
		...options,
		entryPoints: targets.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts')),
		outbase: '.',
		outdir: 'dist',
		bundle: true,
		// esbuild shares code between files as ES modules only, so these become CommonJS below.
		format: 'esm',
		splitting: true,
		chunkNames: 'nodes/core',
		external: ['n8n-workflow', '@n8n/ai-node-sdk'],
		metafile: true,
		write: false,
	});
	await Promise.all(
		outputFiles.map(async ({ path: file, text }) => {
			const { code } = await esbuild.transform(text, {
				...options,
				format: 'cjs',
				// A lazy require: only that one looks into NODE_PATH, where n8n offers its own packages.
				supported: { 'dynamic-import': false },
			});
			const output = metafile.outputs[path.relative(process.cwd(), file)];
			await mkdir(path.dirname(file), { recursive: true });
			await writeFile(file, code + (await licencesOf(output)));
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
		credentialDocumentation: [{ url: homepage.replace(/#.*/, '#a-key-in-three-steps') }],
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
