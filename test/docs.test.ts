/**
 * What the documents name exists: links and their anchors, pictures, npm scripts with their options,
 * files. An address outside of the repository is only looked at for its form, as tests ask nobody.
 */
import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { findCommands, findFiles, findLinks, listAnchors } from './support/readMarkdown';

const repository = path.resolve(__dirname, '..');
const documents = ['.', 'docs', 'examples', '.github']
	.flatMap((folder) => {
		const names = readdirSync(path.join(repository, folder), { recursive: folder !== '.' });
		return names.map((name) => path.join(folder, String(name)));
	})
	.filter((name) => name.endsWith('.md'))
	.sort();
const read = (file: string) => readFileSync(path.join(repository, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test('there are documents to look at', () => {
	expect(documents).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/soak.md']));
});

describe.each(documents)('%s', (document) => {
	const text = read(document);

	test('leads to what exists', () => {
		const broken = findLinks(text).filter((link) => {
			if (/^(https|mailto):/.test(link)) return !URL.canParse(link);
			const [file = '', anchor] = decodeURI(link).split('#');
			const target = file === '' ? document : path.join(path.dirname(document), file);
			if (!existsSync(path.join(repository, target))) return true;
			return anchor !== undefined && !listAnchors(read(target)).includes(anchor);
		});
		expect(broken).toEqual([]);
	});

	test('names commands that exist', () => {
		expect(findCommands(text).map(findFault).filter(Boolean)).toEqual([]);
	});

	test('names files that exist', () => {
		const missing = findFiles(text).filter((file) => !existsSync(path.join(repository, file)));
		expect(missing).toEqual([]);
	});
});

test('the README quotes errors in the words of the nodes', () => {
	const sources = globSync('nodes/**/*.ts', { cwd: repository }).map(read).join('\n');
	const quoted = [...read('README.md').matchAll(/^\| "([^"]+)" \|/gm)].map(
		([, words]) => words ?? '',
	);
	expect(quoted.length).toBeGreaterThan(0);
	expect(quoted.filter((words) => !sources.includes(words))).toEqual([]);
});

/** What is wrong with `npm run NAME -- arguments`, if anything. */
function findFault({ script, options, rest }: ReturnType<typeof findCommands>[number]) {
	const command = scripts[script];
	if (command === undefined) return `npm run ${script}`;
	const source = command
		.split(' ')
		.filter((word) => /^(dev|test)\/.+\.ts$/.test(word))
		.flatMap((file) => [file, ...readdirNames(path.dirname(file))])
		.map((file) => read(file))
		.join('\n');
	const unknown = options.filter((option) => !new RegExp(`\\b'?${option}'?\\b`).test(source));
	if (unknown.length > 0) return `npm run ${script} -- --${unknown.join(' --')}`;
	if (script !== 'e2e') return undefined;
	const suites = readdirSync(path.join(repository, 'test/e2e'));
	const part = rest.find((name) => !suites.some((file) => file.includes(name)));
	return part && `npm run e2e -- ${part}`;
}

/** A command's options may be read by a file beside the one that runs. */
function readdirNames(folder: string): string[] {
	return readdirSync(path.join(repository, folder))
		.filter((name) => name.endsWith('.ts'))
		.map((name) => path.join(folder, name));
}
