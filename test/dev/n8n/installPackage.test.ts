import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage } from '../../../dev/n8n/installPackage.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'install-package-'))));
afterEach(() => rmSync(home, { recursive: true }));

function pack(manifest: object): string {
	mkdirSync(join(home, 'package'), { recursive: true });
	writeFileSync(join(home, 'package', 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(home, 'package', 'index.js'), 'module.exports = {};\n');
	execFileSync('tar', ['-czf', 'packed.tgz', 'package'], { cwd: home });
	return join(home, 'packed.tgz');
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

test('stands where n8n looks for community packages, beside those that are there', async () => {
	const nodes = join(home, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	const earlier = {
		name: 'installed-nodes',
		private: true,
		dependencies: { 'n8n-nodes-tide': '2.0.0' },
	};
	writeFileSync(join(nodes, 'package.json'), JSON.stringify(earlier));

	const tarball = pack({
		name: 'n8n-nodes-lamp',
		version: '0.3.0',
		peerDependencies: { 'n8n-workflow': '*' },
		devDependencies: { typescript: '5.9' },
	});
	const folder = join(nodes, 'node_modules', 'n8n-nodes-lamp');
	const installed = { name: 'n8n-nodes-lamp', version: '0.3.0', folder };
	expect(await installPackage(tarball, home)).toEqual(installed);
	// An earlier build of the same package is replaced.
	expect(await installPackage(tarball, home)).toEqual(installed);

	expect(readJson(join(folder, 'package.json'))).toEqual({
		name: 'n8n-nodes-lamp',
		version: '0.3.0',
	});
	expect(readFileSync(join(folder, 'index.js'), 'utf8')).toBe('module.exports = {};\n');
	expect(readJson(join(nodes, 'package.json'))).toEqual({
		name: 'installed-nodes',
		private: true,
		dependencies: { 'n8n-nodes-tide': '2.0.0', 'n8n-nodes-lamp': '0.3.0' },
	});
});

test('refuses a package whose dependencies would be missing', async () => {
	const tarball = pack({ name: 'n8n-nodes-lamp', version: '1.0.0', dependencies: { wick: '1' } });
	await expect(installPackage(tarball, home)).rejects.toThrow(
		'n8n-nodes-lamp lists run-time dependencies, which this script does not install.',
	);
});
