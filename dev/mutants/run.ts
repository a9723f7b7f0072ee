/**
 * `npm run mutants -- --folder nodes/minimax/request`: changes the code of a folder in small ways, one at a
 * time (StrykerJS), and prints which of the changes no test notices. The folder's own tests run first, for what
 * they let pass those of its layer, and for what is left those of all layers. docs/mutants.md keeps the scores.
 * What a run has found is kept in .cache/mutants, and used by the next one where neither the code nor its tests
 * changed.
 */
import { existsSync, globSync, mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keyOf } from './keyOf.ts';
import { listMutants } from './listMutants.ts';
import { sample } from './sample.ts';
import { tryMutants } from './tryMutants.ts';

const { values } = parseArgs({
	options: {
		/** Or a pattern of files: 'nodes/minimax/*.ts' are those beside the folders of the core. */
		folder: { type: 'string' },
		/** How many of the changes are tried; all of them by default. */
		sample: { type: 'string', default: 'Infinity' },
		/** Another seed draws another sample. */
		seed: { type: 'string', default: '1' },
		/** Only the folder's own tests: a lower bound in a minute, where the others take many. */
		near: { type: 'boolean', default: false },
		/** Also changes what a module computes as it is loaded, such as tables: all tests run for each. */
		static: { type: 'boolean', default: false },
	},
});
const { folder } = values;
if (folder === undefined)
	throw new Error('Which folder? For example: --folder nodes/minimax/request');

const layers = ['minimax', 'n8n', 'credentials', 'MiniMaxChat', 'LmChatMiniMax'];
const layer = layers.find((name) => folder.split('/').includes(name));
if (layer === undefined) throw new Error(`${folder} belongs to none of ${layers.join(', ')}`);
const files = globSync(folder.includes('*') ? folder : `${folder}/**/*.ts`, {
	// What the panel shows is data: n8n's lint and the description's own tests look at it.
	exclude: (name) => /\.(fields|node)\.ts$/.test(name),
});
const all = await listMutants(files);
const tried = sample(all, Number(values.sample), Number(values.seed));
console.log(`${all.length} changes in ${files.length} files, of which ${tried.length} are tried.`);

mkdirSync('.cache/mutants', { recursive: true });
const noticed = new Set<string>();
/** Static ones, and those that cannot be loaded. */
const ignored = new Set<string>();

async function tryWith(roots: string[], phase: string): Promise<void> {
	const left = tried.filter((mutant) => !noticed.has(keyOf(mutant)) && !ignored.has(keyOf(mutant)));
	if (left.length === 0) return;
	const keptIn = `.cache/mutants/${folder?.replaceAll('/', '-')}.${phase}.json`;
	for (const result of await tryMutants(left, { roots, withStatic: values.static }, keptIn)) {
		if (result.status === 'Killed' || result.status === 'Timeout') noticed.add(keyOf(result, 1));
		else if (!['Survived', 'NoCoverage'].includes(result.status)) ignored.add(keyOf(result, 1));
	}
}
const own = folder.replace(/^nodes\//, 'test/').replace(/^credentials/, 'test/credentials');
const near = existsSync(own) ? own : `test/${layer}`;
await tryWith([near], 'own');
if (!values.near) {
	if (near !== `test/${layer}`) await tryWith([`test/${layer}`], 'layer');
	await tryWith(
		layers.map((name) => `test/${name}`),
		'all',
	);
}

const counted = tried.filter((mutant) => !ignored.has(keyOf(mutant)));
const unnoticed = counted.filter((mutant) => !noticed.has(keyOf(mutant)));
for (const { fileName, location, mutatorName, replacement } of unnoticed) {
	const { line, column } = location.start;
	console.log(`${fileName}:${line + 1}:${column + 1} ${mutatorName}: ${replacement}`);
}
const score = (100 * (counted.length - unnoticed.length)) / counted.length;
console.log(
	`${folder}: ${counted.length - unnoticed.length} of ${counted.length} noticed, ${score.toFixed(1)} %`,
);
