/**
 * `npm run check:pack`: what would be published, judged as n8n judges it. The file list is exact, the size
 * has a bound, the scanner's own rules run over the sources and over the packed files, and npm publishes as a dry run.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const repository = join(import.meta.dirname, '..');
/** 90 kB, in bytes; 89,983 on 28 November 2026. A jump means that something has come in twice. */
const LARGEST_TARBALL = 90 * 1024;
const atTheTop = ['LICENSE', 'README.md', 'index.js', 'package.json'];

function listFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** Packs, and unpacks beside it. Returns the folder and the tarball's size in bytes. */
function packAndUnpack(work: string): { folder: string; size: number } {
	execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', work], {
		cwd: repository,
		stdio: 'pipe',
	});
	const tarball = readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '';
	execFileSync('tar', ['-xzf', tarball], { cwd: work });
	return { folder: join(work, 'package'), size: statSync(join(work, tarball)).size };
}

function findFaults(folder: string): string[] {
	const { n8n, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
		dependencies?: object;
	};
	const files = listFiles(folder);
	const strangers = files.filter((file) => !atTheTop.includes(file) && !file.startsWith('dist/'));
	const leftovers = files.filter((file) => /\.(ts|map)$|\.test\.|tsbuildinfo/.test(file));
	const missing = [...atTheTop, ...n8n.nodes, ...n8n.credentials].filter(
		(file) => !files.includes(file),
	);
	return [
		...strangers.map((file) => `${file} should not be in the package`),
		...leftovers.map((file) => `${file} is no built file`),
		...missing.map((file) => `${file} is missing`),
		...(dependencies === undefined ? [] : ['package.json has run-time dependencies']),
	];
}

/** What npm would publish; under a version of its own, as one that is out would be refused. */
function rehearsePublishing(folder: string): string {
	const npm = (...args: string[]) =>
		execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	npm('version', '0.0.0-rehearsal', '--no-git-tag-version', '--ignore-scripts');
	const answered = npm('publish', '--dry-run', '--ignore-scripts', '--tag', 'rehearsal', '--json');
	const packed = Object.values(
		JSON.parse(answered) as Record<string, { id: string; size: number }>,
	);
	return packed.map(({ id, size }) => `${id}, ${(size / 1000).toFixed(1)} kB`).join('\n');
}

const work = mkdtempSync(join(tmpdir(), 'minimax-check-'));
try {
	const { folder, size } = packAndUnpack(work);
	const faults = findFaults(folder);
	console.log(`packed: ${Math.round(size / 1000)} kB`);
	if (size > LARGEST_TARBALL) faults.push(`the tarball has ${size} bytes, of ${LARGEST_TARBALL}`);
	for (const [what, where, patterns] of [
		['sources', repository, SOURCE_FILE_PATTERNS],
		['packed files', folder, undefined],
	] as const) {
		const { passed, message, details } = await analyzePackage(where, patterns);
		console.log(`n8n's scanner, ${what}: ${passed ? 'no errors' : message}`);
		if (!passed) faults.push(details ?? message ?? `${what} did not pass`);
	}
	console.log(`npm publish, dry run: ${rehearsePublishing(folder)}`);
	for (const fault of faults) console.error(fault);
	process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
	rmSync(work, { recursive: true, force: true });
}
