import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './openStage.ts';
import type { Check, Suite } from './suite.ts';

export interface Tally {
	passed: number;
	failed: string[];
}

const longestCheckMs = 240_000;

/** Runs suites in order, prints `ok` or `not ok` for each check, keeps pictures of what failed. */
export async function runSuites(suites: Suite[], stage: Stage): Promise<Tally> {
	const tally: Tally = { passed: 0, failed: [] };
	for (const suite of suites) {
		console.log(`\n# ${suite.title}`);
		const fail = async (name: string, error: unknown) => {
			tally.failed.push(`${suite.title}: ${name}`);
			console.log(`not ok - ${name}\n${indent(describe(error))}`);
			const report = `${suite.title}: ${name}\n${describe(error, true)}\n\n`;
			appendFileSync(join(stage.artifacts, 'failures.txt'), report);
			await stage.keepPictures(name);
		};
		const check: Check = async (name, work) => {
			const startedAt = performance.now();
			try {
				await withTimeLimit(work());
				tally.passed += 1;
				const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
				console.log(`ok - ${name} (${seconds} s)`);
			} catch (error) {
				await fail(name, error);
			}
		};
		try {
			await suite.run(stage, check);
		} catch (error) {
			await fail('setting the stage', error);
		} finally {
			await stage.closeScenes();
		}
	}
	return tally;
}

async function withTimeLimit(work: Promise<unknown>): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const limit = new Promise<never>((_resolve, reject) => {
		const late = () => reject(new Error(`Not done after ${longestCheckMs / 1000} s.`));
		timer = setTimeout(late, longestCheckMs);
	});
	try {
		await Promise.race([work, limit]);
	} finally {
		clearTimeout(timer);
	}
}

function describe(error: unknown, whole = false): string {
	if (!(error instanceof Error)) return String(error);
	return whole ? (error.stack ?? error.message) : error.message;
}

function indent(text: string): string {
	return text
		.split('\n')
		.slice(0, 30)
		.map((line) => `    ${line.slice(0, 400)}`)
		.join('\n');
}
