import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { useCredential } from '../../dev/n8n/importExamples.ts';
import type { Execution, StoredWorkflow, Workflow } from '../../dev/n8n/n8nTypes.ts';
import { readNodeItems } from '../../dev/n8n/readNodeItems.ts';
import { watchable } from '../../dev/simulator/watchable.ts';
import { askInChat, openChat } from './browser/chatPanel.ts';
import { showCanvas } from './browser/showCanvas.ts';
import type { Suite } from './suite.ts';

const byHand = "When clicking 'Execute workflow'";

/** Every example, imported as it is and run to its end; its canvas with the sticky note is kept as a picture. */
const suite: Suite = {
	title: 'Examples',
	async run(stage, check) {
		const scene = await stage.openScene('examples', {
			// As with `npm start`.
			simulator: watchable,
		});
		const { user, credential, simulator } = scene;
		const editor = await scene.openEditor();
		const { page } = editor;
		const folder = join(stage.repository, 'examples');
		const left = new Set(readdirSync(folder).filter((name) => name.endsWith('.json')));

		/** Imports an example and looks at it. */
		const open = async (name: string): Promise<StoredWorkflow> => {
			left.delete(`${name}.json`);
			const file = join(folder, `${name}.json`);
			const example = JSON.parse(readFileSync(file, 'utf8')) as Workflow;
			const workflow = await user.createWorkflow(useCredential(example, credential));
			await editor.openWorkflow(workflow.id);
			await showCanvas(page);
			await editor.picture(`example-${name}`);
			return workflow;
		};
		const run = async (name: string, trigger = byHand): Promise<Execution> => {
			const execution = await user.runWorkflow(await open(name), trigger);
			assert.equal(execution.status, 'success', execution.error?.message);
			return execution;
		};
		const jsonOf = (execution: Execution, node: string, output = 0) =>
			readNodeItems(execution, node, output).map(({ json }) => json);
		const ask = async (name: string, question: string, isComplete: (answer: string) => boolean) => {
			const { id } = await open(name);
			await openChat(page);
			const states = await askInChat(page, question, isComplete);
			await page.getByText('Workflow executed successfully').first().waitFor();
			await editor.picture(`example-${name}-chat`);
			const [last] = await user.listExecutions(id);
			return { states, execution: await user.waitForExecution(last?.id ?? '') };
		};

		await check('scheduled-digest: a mail with the digest and the tokens it took', async () => {
			const execution = await run('scheduled-digest', 'Every morning');
			const [answer] = jsonOf(execution, 'Summarize for residents');
			const [mail] = jsonOf(execution, 'Compose the mail');
			assert.match(String(mail?.['subject']), /^Sallow Ferry, \d{1,2} \p{L}+: what is on$/u);
			assert.equal(mail?.['body'], answer?.['content']);
			assert.match(String(mail?.['body']), /Water pressure will be low on Wednesday/);
			const usage = answer?.['usage'] as { totalTokens: number };
			assert.equal(mail?.['tokensUsed'], usage.totalTokens);
		});

		await check('classify-rows: a label for each row, the empty one apart', async () => {
			const execution = await run('classify-rows');
			assert.deepEqual(
				jsonOf(execution, 'To the developers').map((json) => [json['row'], json['label']]),
				[2, 5, 10, 13, 16, 19].map((row) => [row, 'bug']),
			);
			assert.equal(jsonOf(execution, 'To the office').length, 13);
			const [empty] = jsonOf(execution, 'Rows to look at');
			assert.equal(empty?.['row'], 7);
			assert.match(String(empty?.['why']), /^'Messages'/);
		});

		await check('compare-rows-together: the share of rows that come out equal', async () => {
			const execution = await run('compare-rows-together');
			const [result] = jsonOf(execution, 'Compare');
			assert.deepEqual(
				[result?.['rows'], result?.['equal'], result?.['differing']],
				[50, '100 %', []],
			);
			assert.deepEqual(
				new Set(jsonOf(execution, '20 rows a request').map((json) => json['rowsInRequest'])),
				new Set([20, 10]),
			);
			assert.ok(Number(result?.['tokensTogether']) < Number(result?.['tokensRowByRow']));
		});

		await check('extract-invoices: a table of text and pictures', async () => {
			const execution = await run('extract-invoices');
			const rows = jsonOf(execution, 'Table');
			assert.equal(rows.length, 3);
			assert.deepEqual(rows[0], {
				file: 'invoice-1.txt',
				supplier: 'Fjord Coffee Roasters',
				invoice_number: 'INV-7781',
				date: '2026-11-03',
				amount: 177.5,
				currency: 'EUR',
			});
			const [csv] = readNodeItems(execution, 'CSV file');
			assert.match(JSON.stringify(csv?.binary), /"fileName":"invoices.csv"/);
		});

		await check('describe-images: one line of text for each picture', async () => {
			const execution = await run('describe-images');
			assert.deepEqual(jsonOf(execution, 'Alternative text'), [
				{ fileName: 'sales-by-quarter.png', alternativeText: seen(320, 200) },
				{ fileName: 'traffic-light.png', alternativeText: seen(200, 400) },
			]);
		});

		await check('error-output: three summaries, and one alert for two rows', async () => {
			const execution = await run('error-output');
			const summaries = jsonOf(execution, 'Summaries');
			assert.deepEqual(
				summaries.map(({ ticket }) => ticket),
				[1041, 1043, 1045],
			);
			assert.equal(
				summaries[1]?.['summary'],
				'We have cancelled in April and want the money back.',
			);
			const alerts = jsonOf(execution, 'Compose the alert');
			assert.equal(alerts.length, 1);
			assert.equal(alerts[0]?.['subject'], '2 of 5 tickets could not be summarized');
			const [empty, unknown, ...more] = String(alerts[0]?.['text']).split('\n');
			assert.match(empty ?? '', /^1042: 'Messages'/);
			assert.match(unknown ?? '', /^1044: .*MiniMax-M0/);
			assert.deepEqual(more, []);
		});

		await check(
			'continue-conversation: the second step gets the first one’s thinking',
			async () => {
				const execution = await run('continue-conversation');
				const [versions] = jsonOf(execution, 'Both versions');
				assert.match(String(versions?.['long']), /ferry to Sallow does not sail on Sunday/);
				assert.ok(String(versions?.['short']).length < String(versions?.['long']).length);
				const request = simulator.requests.findLast(({ method }) => method === 'POST');
				const [draft] = jsonOf(execution, 'Draft');
				const [choice] = draft?.['choices'] as Array<{ message: object }>;
				assert.deepEqual((request?.body as { messages: object[] }).messages[1], choice?.message);
				assert.ok('reasoning_details' in (choice?.message ?? {}), 'the turn holds its thinking');
			},
		);

		await check('agent-with-tools: two calls in a row, the thinking goes back', async () => {
			const before = simulator.requests.length;
			const sentence = '17 * 23 is 391, and 391 / 4 is 97.75.';
			await ask(
				'agent-with-tools',
				'What is 17 times 23, and what is that divided by 4?',
				(answer) => answer.includes(sentence),
			);
			const requests = simulator.requests.slice(before).filter(({ method }) => method === 'POST');
			assert.equal(requests.length, 3);
			const { messages } = requests[2]?.body as { messages: Array<Record<string, unknown>> };
			const turns = messages.filter(({ role }) => role === 'assistant');
			assert.deepEqual(
				turns.map(({ tool_calls: calls }) =>
					(calls as Array<{ function: object }>).map((call) => call.function),
				),
				[
					[{ name: 'Calculator', arguments: '{"input":"17 * 23"}' }],
					[{ name: 'Calculator', arguments: '{"input":"391 / 4"}' }],
				],
			);
			for (const turn of turns) assert.ok('reasoning_details' in turn, 'a turn lost its thinking');
		});

		await check('streaming-chat: the answer grows, the silent step is not heard', async () => {
			const { states, execution } = await ask(
				'streaming-chat',
				'My parcel has not arrived. Where is it?',
				(answer) => answer.endsWith('answers what you asked.'),
			);
			assert.ok(states.length >= 10, `the answer was seen in ${states.length} states`);
			for (const state of states) assert.match(state, /^Y(ou said)?/);
			const [label] = jsonOf(execution, 'Sort the question');
			assert.equal(label?.['content'], 'complaint');
			assert.equal(jsonOf(execution, 'Answer')[0]?.['content'], states.at(-1));
		});

		await check('every example has its check', async () => {
			assert.deepEqual([...left], []);
		});
	},
};

const seen = (width: number, height: number) =>
	`I see a PNG picture, ${width} pixels wide and ${height} high. I am a stand-in for MiniMax and see no more of a picture than that.`;

export default suite;
