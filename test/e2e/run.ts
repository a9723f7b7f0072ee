import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDebianPackages } from './debianPackages.ts';
import { endWithGroups } from './endWithGroups.ts';
import { openStage } from './openStage.ts';
import { runSuites } from './runSuites.ts';
import type { Suite } from './suite.ts';

/**
 * `npm run e2e [-- part of a file name …] [--package file.tgz]`: runs every `*.checks.ts` of this
 * folder against a real n8n. Pictures and logs are left in artifacts/e2e.
 */
endWithGroups();

const startedAt = Date.now();
const { positionals: wanted, values } = parseArgs({
	allowPositionals: true,
	options: { package: { type: 'string' } },
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
const { passed, failed } = await runSuites(suites, stage);
await stage.close();

for (const name of failed) console.log(`\nnot ok - ${name}`);
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
console.log(`\n${passed} passed, ${failed.length} failed (${minutes} minutes)`);
process.exit(failed.length === 0 && passed > 0 ? 0 : 1);
