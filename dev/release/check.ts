/**
 * `npm run release:check`: whether this commit may be tagged with the version in package.json. What
 * takes a second comes first, then what a release has to pass. The real n8n (`npm run e2e`) is run by
 * the workflow that publishes.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkChangelog } from './checkChangelog.ts';

const repository = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const git = (...args: string[]) =>
	execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();

const { version } = JSON.parse(read('package.json')) as { version: string };
const lock = JSON.parse(read('package-lock.json')) as { version: string };

const faults = checkChangelog(read('CHANGELOG.md'), version);
if (lock.version !== version) {
	faults.push(`package-lock.json says ${lock.version}: run npm install.`);
}
const tagged = git('tag', '--list', version) === '' ? '' : git('rev-list', '-n', '1', version);
if (tagged !== '' && tagged !== git('rev-parse', 'HEAD')) {
	faults.push(`The tag ${version} is on another commit: raise the version.`);
}
if (git('status', '--porcelain') !== '') faults.push('There are changes that are not committed.');

for (const args of [
	['run', 'lint'],
	['run', 'lint:docs'],
	['run', 'lint:unused'],
	['run', 'typecheck'],
	['test'],
	['run', 'check:pack'],
]) {
	console.log(`\n== npm ${args.join(' ')}`);
	const { status } = spawnSync('npm', args, { cwd: repository, stdio: 'inherit' });
	if (status !== 0) faults.push(`npm ${args.join(' ')} did not succeed.`);
}

for (const fault of faults) console.error(`\nnot ready: ${fault}`);
if (faults.length === 0) console.log(`\n${version} can be released: see CONTRIBUTING.md.`);
process.exitCode = faults.length === 0 ? 0 : 1;
