import { TestEnvironment } from 'jest-environment-node';

/** What jest-circus reports of a test (its `Circus.Event`), as far as it matters here. */
interface TestEvent {
	name: string;
	test?: { errors: unknown[]; mode?: string | null };
}

/**
 * Skips the rest of a file once one of its tests has failed: the change is noticed then, and the tests that follow
 * may wait for what the change has made impossible.
 */
export default class FirstFailureEnvironment extends TestEnvironment {
	private hasFailed = false;

	handleTestEvent({ name, test }: TestEvent): void {
		if (test === undefined) return;
		if (name === 'test_done' && test.errors.length > 0) this.hasFailed = true;
		if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
	}
}
