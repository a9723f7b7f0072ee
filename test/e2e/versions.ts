import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endWithGroups } from './endWithGroups.ts';
import { buildAndPack } from '../../dev/n8n/buildAndPack.ts';
import { chatFeatures } from './versions/chatFeatures.ts';
import { keptFeatures } from './versions/keptFeatures.ts';
import { modelFeatures } from './versions/modelFeatures.ts';
import { tryVersion } from './versions/tryVersion.ts';
import type { Column } from './versions/tryVersion.ts';
import { writeTable } from './versions/writeTable.ts';

/**
 * `npm run e2e:versions [-- 2.33.7 2.20.0@22.23.3 …] [--only] [--package file.tgz]`: tries the packed
 * package on several versions of n8n, each with a Node it supports, and writes what works where to
 * docs/versions.md. Versions given (`@` and a Node version if it shall be another than usual) are
 * tried besides the usual ones; with --only instead of them, and the file stays as it is. The first
 * run installs each n8n into the cache folder.
 */
endWithGroups();

const usualVersions = ['1.123.81', '2.16.1', '2.41.1'];

const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { package: { type: 'string' }, only: { type: 'boolean', default: false } },
});
const versions = [...new Set(values.only ? positionals : [...usualVersions, ...positionals])];
const repository = join(import.meta.dirname, '..', '..');
const artifacts = join(repository, 'artifacts', 'versions');
rmSync(artifacts, { recursive: true, force: true });
mkdirSync(artifacts, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'n8n-versions-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const features = [...chatFeatures, ...keptFeatures, ...modelFeatures];
const tarball = values.package ?? (await buildAndPack(repository, folder));
const columns: Column[] = [];
for (const wanted of versions) {
	columns.push(await tryVersion(wanted, { features, tarball, folder, artifacts }));
}
columns.sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));

const table = writeTable(features, columns);
console.log(`\n${table}`);
const failed = columns.flatMap(({ failures }) => failures);
if (!values.only) {
	writeFileSync(
		join(repository, 'docs', 'versions.md'),
		`# What works on which n8n\n\nWritten by \`npm run e2e:versions\`, which tries the packed package on real servers.\n\n${table}`,
	);
}
console.log(`\n${failed.length === 0 ? 'All as expected' : `${failed.length} not as expected`}`);
process.exit(failed.length === 0 && columns.length > 0 ? 0 : 1);
