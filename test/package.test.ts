import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { startSimulator } from '../dev/simulator/startSimulator.ts';
import { loadPackage, type LoadedPackage } from '../dev/engine/loadPackage.ts';
import { packAndUnpack } from './support/engine/packAndUnpack';
import { runCredentialTest } from './support/engine/runCredentialTest';
import { jsonOf, runChat } from './support/runChat';

interface Manifest {
	dependencies?: unknown;
	peerDependencies: unknown;
	peerDependenciesMeta: unknown;
	n8n: { nodes: string[]; credentials: string[] };
}

const run = promisify(execFile);

// What a user's n8n installs: the tarball of the built package (`npm test` builds it first).
let folder: string;
let files: string[];
let manifest: Manifest;
let loaded: LoadedPackage;

beforeAll(async () => {
	folder = await packAndUnpack();
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
		.sort();
	manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
	loaded = await loadPackage(folder);
});

it('holds what the client named beside dist, and nothing else', () => {
	expect(files.filter((file) => !file.startsWith('dist/'))).toEqual([
		'LICENSE',
		'README.md',
		'index.js',
		'package.json',
	]);
});

it('holds built files only: the bundle with its licences, what n8n loads, icons and codex', () => {
	const isBuilt =
		/^dist\/(?:bundle\.js|LICENSES|(?:nodes|credentials)\/.+\.(?:js|svg|node\.json))$/;

	expect(files.filter((file) => file.startsWith('dist/') && !isBuilt.test(file))).toEqual([]);
	for (const entry of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		expect(files).toContain(entry);
	}
	for (const entry of manifest.n8n.nodes) {
		expect(files).toContain(entry.replace(/\.js$/, '.json'));
	}
});

it('carries the licence of every package that is bundled', async () => {
	const read = async (name: string) => await readFile(name, 'utf8');
	const repository = path.join(__dirname, '..');
	const bundled = new Set<string>();
	for (const layer of ['nodes', 'credentials']) {
		for (const file of await readdir(path.join(repository, layer), { recursive: true })) {
			if (!file.endsWith('.ts')) continue;
			const source = await read(path.join(repository, layer, file));
			for (const [, name = ''] of source.matchAll(/^(?!import type).* from '([^.'][^']*)';$/gm)) {
				if (!name.startsWith('node:') && !['n8n-workflow', '@n8n/ai-node-sdk'].includes(name))
					bundled.add(name);
			}
		}
	}
	const licences = await read(path.join(folder, 'dist/LICENSES'));

	expect(bundled.size).toBeGreaterThan(0);
	for (const name of bundled) {
		const manifest = await read(path.join(repository, 'node_modules', name, 'package.json'));
		const { version } = JSON.parse(manifest) as { version: string };
		const [, licence = ''] = licences.split(`\n${name} ${version}\n`);

		expect(licence.slice(0, 600)).toMatch(/Copyright[^]*Permission is hereby granted/);
	}
});

it('installs nothing else, by hand neither', async () => {
	const project = await mkdtemp(path.join(tmpdir(), 'install-by-hand-'));
	try {
		// Without it npm goes up to a folder that has one.
		await writeFile(path.join(project, 'package.json'), '{}');
		const options = ['--offline', '--install-links', '--no-audit', '--no-fund'];
		await run('npm', ['install', ...options, folder], { cwd: project });
		const installed = await readdir(path.join(project, 'node_modules'));

		expect(installed.filter((name) => !name.startsWith('.'))).toEqual([path.basename(folder)]);
	} finally {
		await rm(project, { recursive: true });
	}
	// What its runtime is, nevertheless; n8n brings both.
	expect(manifest).toMatchObject({
		peerDependencies: { 'n8n-workflow': '*', '@n8n/ai-node-sdk': '*' },
		peerDependenciesMeta: {
			'n8n-workflow': { optional: true },
			'@n8n/ai-node-sdk': { optional: true },
		},
	});
	expect(manifest.dependencies).toBeUndefined();
});

it('gives n8n the nodes and their credential', () => {
	expect(loaded.known.nodes.miniMaxChat).toEqual({
		className: 'MiniMaxChat',
		sourcePath: 'dist/nodes/MiniMaxChat/MiniMaxChat.node.js',
	});
	expect(loaded.known.nodes.lmChatMiniMax).toEqual({
		className: 'LmChatMiniMax',
		sourcePath: 'dist/nodes/LmChatMiniMax/LmChatMiniMax.node.js',
	});
	expect(loaded.known.credentials.miniMaxPlatformApi).toMatchObject({
		className: 'MiniMaxPlatformApi',
		sourcePath: 'dist/credentials/MiniMaxPlatformApi.credentials.js',
	});
	expect(loaded.nodes.miniMaxChat?.description.iconUrl).toEqual({
		light: expect.stringMatching(/\.svg$/),
		dark: expect.stringMatching(/\.svg$/),
	});
	expect(loaded.nodes.miniMaxChat?.description.codex?.categories).toEqual(['AI']);
});

it('chats with the node and tests the credential as packed', async () => {
	const { miniMaxChat } = loaded.nodes;
	const { miniMaxPlatformApi } = loaded.credentials;
	if (!miniMaxChat || !miniMaxPlatformApi) throw new Error('The package lacks its types');
	const simulator = await startSimulator({ reply: 'Good day', reasoningText: 'A greeting.' });
	try {
		const { outputs, error } = await runChat(simulator, {
			nodeType: miniMaxChat,
			credentialTypes: [miniMaxPlatformApi],
		});
		const data = { apiKey: 'sk-simulator', region: 'custom', baseUrl: simulator.url };

		expect(error).toBeUndefined();
		expect(jsonOf(outputs[0])).toMatchObject([
			{ content: 'Good day', reasoning: 'A greeting.', finishReason: 'stop' },
		]);
		expect(simulator.requests[0]?.body).toMatchObject({ stream: true });
		expect(await runCredentialTest({ credentialType: miniMaxPlatformApi, data })).toMatchObject({
			status: 'OK',
		});
	} finally {
		await simulator.close();
	}
});
