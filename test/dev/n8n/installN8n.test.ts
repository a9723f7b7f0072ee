import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	readdirSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installN8n } from '../../../dev/n8n/installN8n.ts';

/** Notes its calls; makes what the real npm would make; ends with 1 for a call listed in `refuse`. */
const standInForNpm = `#!/bin/sh
echo "$1 $2" >> "$STAND_IN/calls"
mkdir -p node_modules/.bin node_modules/node/node_modules/node-here/include
printf '#!/bin/sh\\n' > node_modules/.bin/node
chmod +x node_modules/.bin/node
if grep -qx "$1 $2" "$STAND_IN/refuse"; then
	echo 'no compiler on this machine'
	exit 1
fi
`;

let home: string;
let before: NodeJS.ProcessEnv;
const say = jest.fn<undefined, [string]>();
const calls = () => readFileSync(join(home, 'calls'), 'utf8').trim().split('\n');
const refuse = (call: string) => writeFileSync(join(home, 'refuse'), `${call}\n`);

beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), 'install-n8n-'));
	mkdirSync(join(home, 'bin'));
	writeFileSync(join(home, 'bin', 'npm'), standInForNpm);
	chmodSync(join(home, 'bin', 'npm'), 0o755);
	writeFileSync(join(home, 'refuse'), '');
	before = process.env;
	process.env = {
		...before,
		STAND_IN: home,
		XDG_CACHE_HOME: home,
		PATH: `${join(home, 'bin')}:${before.PATH ?? ''}`,
	};
	jest.spyOn(process.stdout, 'write').mockReturnValue(true);
});

afterEach(() => {
	process.env = before;
	jest.restoreAllMocks();
	rmSync(home, { recursive: true });
});

const folder = () => join(home, 'n8n-nodes-minimax-platform', 'n8n-2.41.1');

test('installs once, and returns at once the next time', async () => {
	const runtime = await installN8n({ say });
	expect(runtime).toEqual({
		version: '2.41.1',
		folder: folder(),
		node: join(folder(), 'node_modules/.bin/node'),
		script: join(folder(), 'node_modules/n8n/bin/n8n'),
	});
	expect(JSON.parse(readFileSync(join(folder(), 'package.json'), 'utf8'))).toEqual({
		name: 'n8n-runtime',
		private: true,
		dependencies: { n8n: '2.41.1', node: '24.21.0' },
		overrides: {
			'@n8n/design-system': 'file:./left-out',
			'agent-browser': 'file:./left-out',
		},
	});
	expect(JSON.parse(readFileSync(join(folder(), 'left-out', 'package.json'), 'utf8'))).toEqual({
		name: 'left-out',
		version: '0.0.0',
		private: true,
	});
	expect(await installN8n({ say })).toEqual(runtime);
	expect(calls()).toEqual(['install --ignore-scripts', 'rebuild node', 'rebuild sqlite3']);
	expect(existsSync(join(folder(), 'installing.lock'))).toBe(false);
});

test('goes on at the step that did not finish', async () => {
	refuse('rebuild sqlite3');
	await expect(installN8n({ say })).rejects.toThrow(
		'Installing n8n 2.41.1 (sqlite3) did not finish (npm ended with 1). ' +
			`The last lines of ${join(folder(), 'logs', 'sqlite3.log')}:\n    no compiler on this machine`,
	);
	refuse('nothing');
	await installN8n({ say });
	expect(calls().slice(3)).toEqual(['rebuild sqlite3']);
});

test('begins with an empty folder when the packages were not all there', async () => {
	refuse('install --ignore-scripts');
	await expect(installN8n({ say })).rejects.toThrow('Installing n8n 2.41.1 (packages)');
	const halfUnpacked = join(folder(), 'node_modules', 'half-unpacked');
	mkdirSync(halfUnpacked);
	refuse('nothing');
	await installN8n({ say });
	expect(existsSync(halfUnpacked)).toBe(false);
});

test('leaves out source maps, which nobody reads here', async () => {
	refuse('rebuild sqlite3');
	await expect(installN8n({ say })).rejects.toThrow('did not finish');
	const dist = join(folder(), 'node_modules', 'n8n', 'dist');
	mkdirSync(dist, { recursive: true });
	for (const name of ['start.js', 'start.js.map']) writeFileSync(join(dist, name), '');
	refuse('nothing');
	await installN8n({ say });
	expect(readdirSync(dist)).toEqual(['start.js']);
});

test('takes over the lock of a start that was killed', async () => {
	mkdirSync(folder(), { recursive: true });
	// Above the highest process id Linux gives out.
	writeFileSync(join(folder(), 'installing.lock'), '4194305');
	await installN8n({ say });
	expect(calls()).toHaveLength(3);
});

test('gives an older n8n the packages it can get from the registry', async () => {
	await installN8n({ version: '1.123.81', nodeVersion: '20.19.0', say });
	const manifest = readFileSync(join(folder(), '../n8n-1.123.81/package.json'), 'utf8');
	expect(JSON.parse(manifest)).toEqual({
		name: 'n8n-runtime',
		private: true,
		dependencies: { n8n: '1.123.81', node: '20.19.0', zod: '3.25.67' },
		overrides: { xlsx: '0.18.5' },
	});
});
