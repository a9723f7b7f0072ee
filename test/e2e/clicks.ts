import assert from 'node:assert/strict';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDebianPackages } from './debianPackages.ts';
import { closeNode, openNode } from './browser/nodePanel.ts';
import { buildWorkflow, items, startByHand, startName } from './buildWorkflow.ts';
import { Hand } from './clicks/hand.ts';
import { tasks } from './clicks/tasks.ts';
import { endWithGroups } from './endWithGroups.ts';
import { openStage } from './openStage.ts';
import { until } from './until.ts';

/**
 * `npm run e2e:clicks [-- --before file.tgz] [--only 2]`: does three tasks in a real editor and counts the
 * clicks, with this package and, beside it, with a packed one whose panel still is that of 0.1.0. Each workflow
 * is run then, and what it gives is checked. The numbers are in docs/clicks.md.
 */
endWithGroups();

const { values } = parseArgs({ options: { before: { type: 'string' }, only: { type: 'string' } } });

async function countClicks(panel: 'before' | 'after', packed?: string): Promise<void> {
	const stage = await openStage(packed);
	await installDebianPackages(['chromium'], stage.artifacts);
	const { user, openEditor, n8n } = await stage.openScene(`clicks-${panel}`);
	const editor = await openEditor();
	const { page } = editor;
	for (const [index, task] of tasks.entries()) {
		if (values.only !== undefined && values.only !== String(index + 1)) continue;
		const known = new Set((await user.listWorkflows()).map(({ id }) => id));
		if (task.rows === undefined) {
			await page.goto(`${n8n.url}/workflow/new`);
		} else {
			const workflow = buildWorkflow(task.title, [startByHand(), items(task.rows)]);
			const pinData = { Items: task.rows.map((json) => ({ json })) };
			const { id } = await user.createWorkflow({ ...workflow, pinData });
			await editor.openWorkflow(id);
			// As after making it: the step is selected.
			await openNode(page, 'Items');
			await closeNode(page);
		}
		const hand = new Hand(page);
		await task[panel](hand).catch(async (error: unknown) => {
			await page.screenshot({ path: join(stage.artifacts, `clicks-${panel}-${index + 1}.png`) });
			throw error;
		});
		await editor.picture(`clicks-${panel}-${index + 1}`);
		await closeNode(page);
		const saved = await until('the editor has saved by itself', async () => {
			const own = (await user.listWorkflows()).find(
				({ id, name }) => !known.has(id) && (task.rows === undefined || name === task.title),
			);
			const workflow = own && (await user.readWorkflow(own.id));
			const last = workflow?.nodes.find(({ name }) => name === task.last.node);
			const parameters = JSON.stringify(last?.parameters ?? '');
			return task.last.holds.every((part) => parameters.includes(part)) ? workflow : undefined;
		});
		const start = task.rows === undefined ? 'Schedule Trigger' : startName;
		const execution = await user.runWorkflow(await user.readWorkflow(saved.id), start);
		assert.equal(execution.status, 'success', execution.error?.message);
		const { main = [] } = execution.runData[task.last.node]?.at(-1)?.data ?? {};
		task.check(main.map((branch) => (branch ?? []).map(({ json }) => json)));
		console.log(
			`${panel}: ${hand.clicks} clicks, ${hand.clicks - hand.takes} with Enter – ${task.title}`,
		);
	}
	await stage.close();
}

await countClicks('after');
if (values.before !== undefined) await countClicks('before', values.before);
process.exit(0);
