import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { startSimulator } from '../../../dev/simulator/startSimulator.ts';

const script = path.resolve(__dirname, '../../../dev/ask/run.ts');

/** Runs the command on the built package (`npm test` builds it first) without a key of this machine's. */
async function ask(args: string[], env: NodeJS.ProcessEnv = {}) {
	const { MINIMAX_API_KEY: _key, MINIMAX_REGION: _region, ...inherited } = process.env;
	const run = promisify(execFile)(process.execPath, [script, ...args], {
		env: { ...inherited, ...env },
	});
	return await run.then(
		({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
		(cause: { code: number; stdout: string; stderr: string }) => cause,
	);
}

jest.setTimeout(60_000);

test('prints the item as the next step of a workflow gets it', async () => {
	const { code, stdout, stderr } = await ask([
		'Hello\n#sim {"reply":"Hi.","reasoningText":"Greet."}',
	]);
	expect({ code, stderr }).toEqual({
		code: 0,
		stderr: 'The simulator answers. Set MINIMAX_API_KEY to ask the real API.\n',
	});
	expect(JSON.parse(stdout)).toEqual({
		content: 'Hi.',
		reasoning: 'Greet.',
		usage: {
			promptTokens: expect.any(Number),
			completionTokens: expect.any(Number),
			// M3 does not tell.
			reasoningTokens: null,
			cachedTokens: expect.any(Number),
			totalTokens: expect.any(Number),
		},
		finishReason: 'stop',
		model: expect.stringMatching(/^MiniMax-/),
		id: expect.stringMatching(/^[0-9a-f]{32}$/),
	});
});

test('prints a field for each column', async () => {
	const { stdout } = await ask([
		'Write to Ines Duarte in Porto, ines@mail.test, before 3 March 2026. She is a private customer.',
		'--columns',
		'name, email, until:date, kind:business|private',
	]);
	expect(Object.entries(JSON.parse(stdout)).slice(0, 4)).toEqual([
		['name', 'Ines Duarte'],
		['email', 'ines@mail.test'],
		['until', '2026-03-03'],
		['kind', 'private'],
	]);
});

test('reports a failure in the words of the panel, and ends with 1', async () => {
	const { code, stdout, stderr } = await ask(['Hello\n#sim {"fault":{"code":1008}}']);
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/balance/i);
});

test('asks the real API with a key, and never prints it', async () => {
	// Stands for the real API: a proxy that nobody listens at keeps the request on this machine.
	const nobody = await startSimulator();
	await nobody.close();
	const apiKey = 'sk-of-a-person-0123456789';
	const { code, stdout, stderr } = await ask(['Hello'], {
		MINIMAX_API_KEY: apiKey,
		MINIMAX_REGION: 'china',
		HTTPS_PROXY: new URL(nobody.url).origin,
	});
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^The real API \(china\) answers; tokens are spent\.\n/);
	expect(stderr).not.toContain(apiKey);
});

test('shows how it is used when it cannot read the command line', async () => {
	const { code, stderr } = await ask([]);
	expect(code).toBe(1);
	expect(stderr).toMatch(/^\nThere is no question\.\n\nUsage: npm run ask -- "A question"/);
});
