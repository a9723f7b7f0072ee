/**
 * swc turns TypeScript into CommonJS for jest; `tsc` checks the types (npm run typecheck).
 * Out of node_modules it transforms packages that ship only ES modules, and the one file of n8n's
 * engine that calls `import()` (for its expression engine), which jest's sandbox does not have.
 */
const transformed = ['eventsource-parser/', 'n8n-workflow/dist/cjs/expression\\.js$'];

module.exports = {
	testEnvironment: 'node',
	// By default one core stays idle, which on two makes the suite take twice as long.
	maxWorkers: '100%',
	// Tests wait for states, not for times; n8n's engine and LangChain alone take seconds to load on a busy machine.
	testTimeout: 60_000,
	setupFiles: ['<rootDir>/test/support/prepareSandbox.ts'],
	setupFilesAfterEnv: ['<rootDir>/test/support/closeEngine.ts'],
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	transform: {
		'\\.[jt]s$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
				module: { type: 'commonjs' },
			},
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!${transformed.join('|')})`],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
};
