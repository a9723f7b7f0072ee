import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDebianPackages } from './debianPackages.ts';
import { endWithGroups } from './endWithGroups.ts';
import { openStage } from './openStage.ts';
import { runSuites } from './runSuites.ts';
import type { Suite } from './suite.ts';

/**
 * `npm run e2e [-- part of a file name …] [--package file.tgz] [--again]`: runs every `*.checks.ts` of
 * this folder against a real n8n. Pictures and logs are left in artifacts/e2e. With --again suites in
 * which a check failed run once more, and the end names what needed it.
 */
endWithGroups();

const startedAt = Date.now();
const { positionals: wanted, values } = parseArgs({
	allowPositionals: true,
	options: { package: { type: 'string' }, again: { type: 'boolean', default: false } },
});
const files = readdirSync(import.meta.dirname)
	.filter((file) => file.endsWith('.checks.ts'))
	.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
	.sort();
const suites: Suite[] = [];
for (const file of files) {
	const { default: suite } = (await import(join(import.meta.dirname, file))) as { default: Suite };
	suites.push(suite);
}

const stage = await openStage(values.package);
await installDebianPackages(['chromium', 'redis-server', 'postgresql'], stage.artifacts);
const first = await runSuites(suites, stage);
const unstable = values.again ? first.failed : [];
const again = suites.filter(({ title }) => unstable.some((name) => name.startsWith(`${title}: `)));
const second = await runSuites(again, stage);
await stage.close();

for (const name of unstable) console.log(`\nneeded a further try - ${name}`);
const failed = values.again ? second.failed : first.failed;
const passed = first.passed + second.passed;
for (const name of failed) console.log(`\nnot ok - ${name}`);
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
console.log(`\n${passed} passed, ${failed.length} failed (${minutes} minutes)`);
process.exit(failed.length === 0 && passed > 0 ? 0 : 1);
