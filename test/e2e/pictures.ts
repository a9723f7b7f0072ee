import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { closeNode, openNode } from './browser/nodePanel.ts';
import { showCanvas } from './browser/showCanvas.ts';
import { installDebianPackages } from './debianPackages.ts';
import { endWithGroups } from './endWithGroups.ts';
import { openStage } from './openStage.ts';
import { writeContactSheet, type Picture } from './pictures/contactSheet.ts';
import { listScenes } from './pictures/scenes.ts';

/**
 * `npm run e2e:pictures [-- --only "Part of a title"]`: opens the panels of both nodes in a real editor, with
 * every option, at both widths, light and dark, and puts the pictures together in docs/images/panel
 * (docs/panel.md shows them). Each by itself is in artifacts/e2e/pictures.
 */
endWithGroups();

const { values } = parseArgs({ options: { only: { type: 'string' } } });

const viewports = [
	{ width: 1280, height: 720 },
	{ width: 1440, height: 900 },
];
const themes = ['light', 'dark'] as const;
const columnsOfSheet = 4;

const stage = await openStage();
await installDebianPackages(['chromium'], stage.artifacts);
const { user, openEditor, credential } = await stage.openScene('pictures');
const scenes = listScenes(await user.listNodeTypes()).filter(
	({ title }) => values.only === undefined || title.includes(values.only),
);
const { type, id, name } = credential;
const nodes = scenes.map((scene, index) => ({
	id: randomUUID(),
	name: `${scene.title} ${index}`,
	type: `n8n-nodes-minimax-platform.${scene.type}`,
	typeVersion: 1,
	// All of them fit on the canvas.
	position: [(index % 9) * 240, Math.floor(index / 9) * 220] as [number, number],
	parameters: scene.parameters,
	credentials: { [type]: { id, name } },
}));
const workflow = await user.createWorkflow({ name: 'Pictures', nodes, connections: {} });

const { page, openWorkflow } = await openEditor();
const sheets = new Map<string, Picture[]>();
let problems = 0;
for (const viewport of viewports) {
	await page.setViewportSize(viewport);
	await openWorkflow(workflow.id);
	await showCanvas(page);
	for (const [index, scene] of scenes.entries()) {
		await openNode(page, nodes[index]?.name ?? '');
		await page.mouse.move(1, 1);
		await scene.show?.(page).catch(complainAbout(`${scene.title} at ${viewport.width}`));
		for (const theme of themes) {
			await page.emulateMedia({ colorScheme: theme });
			const png = await page.screenshot({ caret: 'hide', ...(await panelOf(page)) });
			const key = `${scene.sheet}.${viewport.width}.${theme}`;
			sheets.set(key, [...(sheets.get(key) ?? []), { title: scene.title, png }]);
			const file = `${scene.sheet}-${index}-${viewport.width}.${theme}.png`;
			writeFileSync(join(stage.artifacts, 'pictures', file), png);
		}
		// The first closes what has been opened in the panel, if anything.
		await page.keyboard.press('Escape');
		if (await page.getByTestId('ndv').isVisible()) await closeNode(page);
	}
	console.log(`${scenes.length} panels at ${viewport.width} × ${viewport.height}`);
}

const folder = values.only === undefined ? 'docs/images/panel' : 'artifacts/e2e/sheets';
for (const [key, pictures] of sheets) {
	await writeContactSheet(page, join(stage.repository, folder, `${key}.webp`), pictures, {
		columns: columnsOfSheet,
		isDark: key.endsWith('dark'),
	});
}
await stage.close();
process.exit(problems === 0 ? 0 : 1);

/** A field that does not unfold is to be seen in the picture, not to end the others. */
function complainAbout(what: string) {
	return (error: unknown): void => {
		problems += 1;
		console.log(`${what}: ${String(error)}`);
	};
}

/** The column of the parameters, and what unfolds beside it. */
async function panelOf(shown: Page) {
	const panel = await shown.getByTestId('ndv').boundingBox();
	const fields = await shown.getByTestId('node-parameters').first().boundingBox();
	if (!panel || !fields) return {};
	// Lists and hints are wider than their fields.
	const left = 140;
	const right = 80;
	return {
		clip: {
			x: fields.x - left,
			y: panel.y,
			width: left + fields.width + right,
			height: panel.height,
		},
	};
}
