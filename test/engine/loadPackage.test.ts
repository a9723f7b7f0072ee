import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NodeOperationError } from 'n8n-workflow';
import { loadPackage } from '../../dev/engine/loadPackage.ts';
import { packAndUnpack } from '../support/engine/packAndUnpack';
import { runNode } from '../../dev/engine/runNode.ts';

const nodeSource = (start: string) => `
${start}
const { NodeOperationError } = require('n8n-workflow');
exports.Greeter = class Greeter {
	description = {
		displayName: 'Greeter', name: 'greeter', group: ['transform'], version: 1, description: 'Greets',
		defaults: { name: 'Greeter' }, inputs: ['main'], outputs: ['main'],
		credentials: [{ name: 'greeterApi' }], properties: [],
	};
	async execute() {
		throw new NodeOperationError(this.getNode(), 'Nobody to greet');
	}
};
`;
const credentialSource = `
exports.GreeterApi = class GreeterApi {
	name = 'greeterApi';
	displayName = 'Greeter API';
	properties = [];
};
`;

const folders: string[] = [];

afterAll(async () => {
	await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

async function writePackage(start = ''): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'greeter-'));
	folders.push(folder);
	await mkdir(path.join(folder, 'dist'));
	const manifest = {
		name: 'n8n-nodes-greeter',
		version: '1.2.3',
		files: ['dist'],
		n8n: {
			n8nNodesApiVersion: 1,
			nodes: ['dist/Greeter.node.js'],
			credentials: ['dist/GreeterApi.credentials.js'],
		},
	};
	await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
	await writeFile(path.join(folder, 'dist/Greeter.node.js'), nodeSource(start));
	await writeFile(path.join(folder, 'dist/GreeterApi.credentials.js'), credentialSource);
	await writeFile(path.join(folder, 'notes.txt'), 'not in the tarball');
	return folder;
}

async function unpack(source: string): Promise<string> {
	const folder = await packAndUnpack(source);
	folders.push(path.resolve(folder, '../..'));
	return folder;
}

test('a packed package is loaded with its node and credential, and the node runs', async () => {
	const folder = await unpack(await writePackage());
	const { known, nodes, credentials } = await loadPackage(folder);

	expect(known).toEqual({
		nodes: { greeter: { className: 'Greeter', sourcePath: 'dist/Greeter.node.js' } },
		credentials: {
			greeterApi: {
				className: 'GreeterApi',
				sourcePath: 'dist/GreeterApi.credentials.js',
				extends: undefined,
				supportedNodes: ['greeter'],
			},
		},
	});
	expect(credentials.greeterApi?.displayName).toBe('Greeter API');
	const { greeter } = nodes;
	if (!greeter) throw new Error('The node is missing');
	const { error } = await runNode({ nodeType: greeter });
	expect(error).toBeInstanceOf(NodeOperationError);
	expect(error?.message).toBe('Nobody to greet');
});

test('the same build is packed once, a changed one again', async () => {
	const source = await writePackage();
	const first = await unpack(source);

	expect(await packAndUnpack(source)).toBe(first);
	await writeFile(path.join(source, 'dist/Greeter.node.js'), nodeSource('// changed'));
	expect(await unpack(source)).not.toBe(first);
});

test('a module that was not bundled is missed, though our node_modules has it', async () => {
	const folder = await unpack(await writePackage("require('eventsource-parser');"));

	await expect(loadPackage(folder)).rejects.toThrow("Cannot find module 'eventsource-parser'");
});
