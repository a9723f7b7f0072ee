import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

import { LABELS } from '../nodes/n8n/words/putInputIntoWords';

const ROOT = join(__dirname, '..');

/** From top to bottom; a file may import from its own room and from those in lower lines. */
const ROOMS = [
	['credentials', 'nodes/MiniMaxChat', 'nodes/LmChatMiniMax'],
	['nodes/LmChatMiniMax/sdkGaps'],
	['nodes/n8n'],
	['nodes/n8n/words'],
	['nodes/minimax/keptAnswers', 'nodes/minimax/columns', 'nodes/minimax/rows'],
	['nodes/minimax/reply', 'nodes/minimax/jsonAnswer', 'nodes/minimax/pace'],
	['nodes/minimax/jsonSchema'],
	['nodes/minimax/jsonSchema/pattern'],
	['nodes/minimax/request'],
	['nodes/minimax/failure'],
	['nodes/minimax/json'],
	['nodes/minimax'],
];

interface Import {
	file: string;
	/** The file, or the package's name. */
	imported: string;
}

/** Type imports included: they say as much about who knows whom. */
const imports: Import[] = globSync('{nodes,credentials}/**/*.ts', { cwd: ROOT }).flatMap((file) => {
	const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), 'utf8'));
	return importedFiles.map(({ fileName }) => ({
		file,
		imported: fileName.startsWith('.')
			? relative(ROOT, join(ROOT, dirname(file), fileName))
			: fileName,
	}));
});

const inCore = ({ file }: Import) => file.startsWith('nodes/minimax/');
const isOurs = ({ imported }: Import) => /^(?:nodes|credentials)\//.test(imported);
const levelOf = (room: string) => ROOMS.findIndex((rooms) => rooms.includes(room));

test('every room is known', () => {
	const rooms = new Set(imports.map(({ file }) => dirname(file)));
	expect([...rooms].filter((room) => levelOf(room) === -1)).toEqual([]);
	expect(imports.length).toBeGreaterThan(200);
});

test('imports run one way, from the nodes over n8n to the core and through its rooms', () => {
	const upwards = imports.filter(isOurs).filter(({ file, imported }) => {
		const [from, to] = [dirname(file), dirname(imported)];
		return from !== to && levelOf(to) <= levelOf(from);
	});
	expect(upwards).toEqual([]);
});

test('the core says nothing of the panel, and nothing of n8n', () => {
	const PANEL = [...Object.values(LABELS).map((label) => `'${label}'`), 'On Error', 'Repair JSON'];
	const namesThem = (text: string) =>
		/n8n|workflow|expression(?! has)/i.test(text) || PANEL.some((label) => text.includes(label));
	const texts = globSync('nodes/minimax/**/*.ts', { cwd: ROOT }).flatMap((file) =>
		readTexts(readFileSync(join(ROOT, file), 'utf8'))
			.filter(namesThem)
			.map((text) => ({ file, text })),
	);
	expect(texts).toEqual([
		{ file: 'nodes/minimax/jsonSchema/formats.ts', text: 'a regular expression' },
	]);
});

test('no files import each other in a circle', () => {
	const importedBy = new Map<string, string[]>();
	for (const { file, imported } of imports.filter(isOurs)) {
		importedBy.set(file, [...(importedBy.get(file) ?? []), `${imported}.ts`]);
	}
	const done = new Set<string>();
	const walk = (file: string, path: string[]): void => {
		if (path.includes(file)) throw new Error([...path, file].join(' → '));
		if (done.has(file)) return;
		for (const next of importedBy.get(file) ?? []) walk(next, [...path, file]);
		done.add(file);
	};
	for (const file of importedBy.keys()) walk(file, []);
});

test('the core knows nothing of n8n and of Node.js', () => {
	const foreign = imports.filter(inCore).filter((each) => !isOurs(each));
	const forbidden = foreign.filter(
		({ imported }) =>
			/n8n|langchain/.test(imported) ||
			imported.startsWith('node:') ||
			builtinModules.includes(imported),
	);
	expect(forbidden).toEqual([]);
});

/** What stands in the quotes of a source: texts, and the parts of templates. */
function readTexts(source: string): string[] {
	const texts: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) texts.push(node.text);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('', source, ts.ScriptTarget.Latest));
	return texts;
}
