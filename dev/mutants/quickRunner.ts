import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import TestRunner, { type Config, type TestRunnerContext } from 'jest-runner';

type RunTests = TestRunner['runTests'];
type Test = Parameters<RunTests>[0][number];

/** What is known of a file of tests. */
interface TestFile {
	names: string[];
	runtimeMs: number;
	/** How many changes it has noticed. */
	noticed: number;
}

/**
 * Runs as few files of tests for a change as it can. StrykerJS gives jest the names of the tests that pass through
 * the change. By itself jest would load every file to look for these names, and would go on after a failure. Here
 * only files with such tests are loaded, until one fails; the first are those that have noticed many changes in
 * little time.
 */
export default class QuickRunner extends TestRunner {
	private readonly names: RegExp | undefined;
	/** A file beside the copied sources, since StrykerJS starts a new process whenever a change never ends. */
	private readonly keptIn: string;
	private readonly files: Map<string, TestFile>;

	constructor(config: Config.GlobalConfig, context: TestRunnerContext) {
		super(config, context);
		const { testNamePattern, rootDir } = config;
		this.names = testNamePattern === undefined ? undefined : new RegExp(testNamePattern, 'i');
		this.keptIn = join(rootDir, 'testFiles.json');
		const kept = existsSync(this.keptIn) ? readFileSync(this.keptIn, 'utf8') : '[]';
		this.files = new Map(JSON.parse(kept) as Array<[path: string, file: TestFile]>);
	}

	override async runTests(...[tests, watcher, options]: Parameters<RunTests>): Promise<void> {
		let hasFailed = false;
		this.on('test-file-failure', () => void (hasFailed = true));
		this.on('test-file-success', ([{ path }, { numFailingTests, testResults, perfStats }]) => {
			const known = this.files.get(path);
			if (numFailingTests > 0) hasFailed = true;
			if (numFailingTests > 0 && known !== undefined) known.noticed += 1;
			if (this.names !== undefined) return;
			const names = testResults.map(({ fullName }) => fullName);
			this.files.set(path, { names, runtimeMs: perfStats.runtime, noticed: 0 });
		});
		for (const test of this.pick(tests)) {
			await super.runTests([test], watcher, options);
			if (hasFailed) break;
		}
		writeFileSync(this.keptIn, JSON.stringify([...this.files]));
	}

	private pick(tests: Test[]): Test[] {
		const { names, files } = this;
		if (names === undefined) return tests;
		const costOf = ({ path }: Test) => {
			const { runtimeMs = 0, noticed = 0 } = files.get(path) ?? {};
			return runtimeMs / (1 + noticed);
		};
		return tests
			.filter(({ path }) => files.get(path)?.names.some((name) => names.test(name)) ?? true)
			.sort((one, other) => costOf(one) - costOf(other));
	}
}
