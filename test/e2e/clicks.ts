import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDebianPackages } from './debianPackages.ts';
import { closeNode } from './browser/nodePanel.ts';
import type { Editor } from './browser/openEditor.ts';
import { buildWorkflow, items, startByHand, startName } from './buildWorkflow.ts';
import { Hand } from './clicks/hand.ts';
import { tasks, type Task } from './clicks/tasks.ts';
import { endWithGroups } from './endWithGroups.ts';
import type { Scene } from './openScene.ts';
import { openStage } from './openStage.ts';
import { until } from './until.ts';

/**
 * `npm run e2e:clicks [-- --before file.tgz] [--built-in] [--only 2]`: does three tasks in a real editor and
 * counts the clicks: with this package, with a packed one whose panel still is that of 0.1.0, and with the node
 * that n8n has for the task. Each workflow is run then, and what it gives is checked. Numbers and presses are in
 * docs/clicks.md.
 */
endWithGroups();

const { values } = parseArgs({
	options: {
		before: { type: 'string' },
		'built-in': { type: 'boolean', default: false },
		only: { type: 'string' },
	},
});

type Panel = 'before' | 'after' | 'builtIn';

/** Does the task in an n8n with that panel, runs what it has made, and returns the hand that did it. */
async function doTask(
	task: Task,
	panel: Panel,
	{ user, n8n }: Scene,
	editor: Editor,
): Promise<Hand> {
	const { page } = editor;
	const known = new Set((await user.listWorkflows()).map(({ id }) => id));
	if (task.rows === undefined) {
		await page.goto(`${n8n.url}/workflow/new`);
	} else {
		const workflow = buildWorkflow(task.title, [startByHand(), items(task.rows)]);
		const pinData = { Items: task.rows.map((json) => ({ json })) };
		const { id } = await user.createWorkflow({ ...workflow, pinData });
		await editor.openWorkflow(id);
	}
	const hand = new Hand(page);
	await task[panel]?.(hand);
	await editor.picture(`clicks-${panel}-${tasks.indexOf(task) + 1}`);
	// While the panel is open: n8n takes over a condition 1.5 s after the last key, and from a closed panel never.
	const lastName = task.last[panel] ?? '';
	const saved = await until('the editor has saved by itself', async () => {
		const own = (await user.listWorkflows()).find(
			({ id, name }) => !known.has(id) && (task.rows === undefined || name === task.title),
		);
		const workflow = own && (await user.readWorkflow(own.id));
		const last = workflow?.nodes.find(({ name }) => name === lastName);
		const parameters = JSON.stringify(last?.parameters ?? '');
		return task.last.holds.every((part) => parameters.includes(part)) ? workflow : undefined;
	});
	await closeNode(page);
	const start = task.rows === undefined ? 'Schedule Trigger' : startName;
	const execution = await user.runWorkflow(saved, start);
	assert.equal(execution.status, 'success', execution.error?.message);
	const { main = [] } = execution.runData[lastName]?.at(-1)?.data ?? {};
	task.check(main.map((branch) => (branch ?? []).map(({ json }) => json)));
	return hand;
}

async function countClicks(panel: Panel, packed?: string): Promise<void> {
	const stage = await openStage(packed);
	await installDebianPackages(['chromium'], stage.artifacts);
	const scene = await stage.openScene(`clicks-${panel}`);
	const editor = await scene.openEditor();
	// What n8n explains to newcomers would lie over the panel, and is no click of these tasks.
	await editor.page.addLocatorHandler(editor.page.getByText('Got it'), async (explained) => {
		await explained.click();
	});
	for (const task of tasks) {
		const position = String(tasks.indexOf(task) + 1);
		if (values.only !== undefined && values.only !== position) continue;
		if (task[panel] === undefined) continue;
		try {
			const { presses } = await doTask(task, panel, scene, editor);
			const typed = presses.filter(({ orEnter }) => !orEnter);
			console.log(
				`${panel}: ${presses.length} by mouse alone, ${typed.length} with Enter in lists – ${task.title}`,
			);
			const list = presses.map(({ what, orEnter }) => (orEnter ? `(${what})` : what));
			console.log(`    ${list.join(', ')}`);
		} catch (error) {
			problems += 1;
			console.log(`${panel}: ${task.title} came to nothing: ${String(error)}`);
			await scene.keepPictures(join(stage.artifacts, `failed-clicks-${panel}-${position}`));
		}
	}
	await stage.close();
}

let problems = 0;
await countClicks('after');
if (values['built-in']) await countClicks('builtIn');
if (values.before !== undefined) await countClicks('before', values.before);
process.exit(problems === 0 ? 0 : 1);
