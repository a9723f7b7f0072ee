/**
 * Runs before every test file (setupFiles in jest.config.js) and makes jest's sandbox fit for n8n.
 */
import 'reflect-metadata';
import { types } from 'node:util';

// n8n's error reporter writes each failed run to the console; a test that wants to see it sets `error`.
process.env.N8N_LOG_LEVEL ??= 'silent';

/**
 * A sandbox has an `Error` of its own, so an error made by Node itself (a cut socket, a stream, fetch)
 * is no `instanceof Error` in there, and both n8n and our nodes would treat it otherwise than they do
 * outside: https://github.com/jestjs/jest/issues/2549. Classes derived from Error are not touched.
 */
const isInstance = Function.prototype[Symbol.hasInstance];
const SandboxError = Error;
Object.defineProperty(SandboxError, Symbol.hasInstance, {
	value(this: unknown, value: unknown): boolean {
		if (this === SandboxError && types.isNativeError(value)) return true;
		return isInstance.call(this, value);
	},
});
