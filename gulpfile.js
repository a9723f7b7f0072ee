/**
 * gulp build: types are checked by tsc, esbuild makes one CommonJS file of the nodes and the credential
 * (devDependencies such as eventsource-parser inside, since n8n installs none), swc minifies it, icons and
 * codex are copied.
 */
const { execFile } = require('node:child_process');
const { mkdir, readdir, readFile, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { promisify } = require('node:util');
const { minify } = require('@swc/core');
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
	const file = (await readdir(folder)).find((file) => /^licen[cs]e(\.(md|txt))?$/i.test(file));
	if (file === undefined) throw new Error(`${name} ships no licence, so it cannot be bundled`);
	return `${name} ${version}\n\n${(await readFile(path.join(folder, file), 'utf8')).trim()}\n`;
}

/** The licences of all packages of which something is in the bundle. */
async function licencesOf({ inputs }) {
	const names = Object.keys(inputs).flatMap((input) => {
		const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
		return name === undefined ? [] : [name];
	});
	const texts = await Promise.all([...new Set(names)].sort().map(licenceOf));
	return `Packages inside of bundle.js\n\n${texts.join('\n')}`;
}

/**
 * Both nodes and the credential are one file, `dist/bundle.js`: two copies of the pace would be two paces per
 * key, and no node would know the other's failures. The files that n8n loads give out one class each.
 */
async function bundle() {
	const { n8n } = require('./package.json');
	const files = [...n8n.credentials, ...n8n.nodes].map((file) => ({
		file,
		source: file.replace(/^dist\//, './').replace(/\.js$/, ''),
		className: path.basename(file).split('.')[0],
	}));
	const { outputFiles, metafile } = await esbuild.build({
		stdin: {
			contents: files
				.map(({ className, source }) => `export { ${className} } from '${source}';`)
				.join('\n'),
			resolveDir: '.',
		},
		bundle: true,
		minifySyntax: true,
		// Else every property that a constructor takes is declared once more.
		tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
		format: 'cjs',
		platform: 'node',
		// n8n 1.123, the oldest supported, runs on Node 20.
		target: 'node20',
		charset: 'utf8',
		legalComments: 'none',
		// A lazy require: only that one looks into NODE_PATH, where n8n offers its own packages.
		supported: { 'dynamic-import': false },
		external: ['n8n-workflow', '@n8n/ai-node-sdk'],
		metafile: true,
		write: false,
	});
	const { code } = await minify(outputFiles[0].text, {
		ecma: 2022,
		compress: { passes: 3, toplevel: true },
		// n8n registers a node under the name of its class.
		mangle: { toplevel: true, reserved: files.map(({ className }) => className) },
		format: { comments: false },
	});
	await mkdir('dist', { recursive: true });
	await writeFile('dist/bundle.js', code);
	await writeFile('dist/LICENSES', await licencesOf(metafile));
	for (const { file, className } of files) {
		const target = path.relative(path.dirname(file), 'dist/bundle.js');
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, `exports.${className} = require('${target}').${className};\n`);
	}
}

function assets() {
	return src('nodes/**/*.svg', { base: '.', encoding: false }).pipe(dest('dist'));
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
		await writeFile(file, JSON.stringify({ ...content, resources }));
	}
}

/** Half a second: for what runs the package while somebody works on it. */
exports.bundle = series(bundle, assets, codex);
exports.build = series(clean, parallel(types, exports.bundle));
exports.default = exports.build;
