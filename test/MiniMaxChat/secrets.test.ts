import {
	startSimulator,
	type ScriptedReply,
	type Simulator,
} from '../../dev/simulator/startSimulator.ts';
import type { NodeResult } from '../../dev/engine/runNode.ts';
import { runChat } from '../support/runChat';

/** Shapes that a plain search and replace misses in one way or the other. */
const keys = [
	'sk-api-Zb3kV9qLmX27RtYpW0sHnD4fGjC8uE6aoIy1T5xQ',
	'eyJhbGciOiJSUzI1NiJ9.eyJHcm91cElEIjoiNzc3In0.Qx7-c_4Zk3wPmB0uVt9LsA',
	'a+b/c==$&$1\\d{3}[x]%2F"quoted"z',
	"o'neil{{$json.key}}<b>&amp;z",
	'UPPERCASEKEYWITHOUTDIGITS',
	'12345678',
];

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ apiKeys: keys });
});
afterEach(async () => await simulator.close());

/** Every form of the key in which it could be read back. */
function formsOf(key: string): string[] {
	const escaped = JSON.stringify(key).slice(1, -1);
	return [
		key,
		escaped,
		JSON.stringify(escaped).slice(1, -1),
		encodeURIComponent(key),
		Buffer.from(key).toString('base64'),
		Buffer.from(key).toString('base64').replace(/=+$/, ''),
	];
}

/** Replies that have words of their own quote the key. */
const failures: Array<(echo: string) => ScriptedReply> = [
	(echo) => ({ fault: { body: { text: `<html><h1>${echo}</h1>` } } }),
	(echo) => ({ fault: { status: 500, body: { text: echo } } }),
	(echo) => ({ fault: { code: 2013 }, headers: headersWith(echo) }),
	() => ({ fault: { connection: 'reset' } }),
	() => ({ fault: { stream: 'reset' } }),
	(echo) => ({ fault: { stream: 'error', message: echo } }),
	(echo) => ({ fault: { stream: 'base-resp', message: echo } }),
	() => ({ fault: { stream: 'malformed' } }),
	() => ({}),
	// These two end the sending, so a run of several items has one of them, in the last place.
	(echo) => ({ fault: { baseResp: 2049, message: echo } }),
	(echo) => ({ fault: { code: 1004, message: echo } }),
];

function headersWith(echo: string): Record<string, string> {
	return { 'Trace-Id': echo, 'X-Request-Id': echo, 'WWW-Authenticate': echo };
}

function searchFor(key: string, { saved, error }: NodeResult): string[] {
	const texts = [saved, error?.message, error?.stack, JSON.stringify(error)];
	return formsOf(key).filter((form) => texts.some((text) => text?.includes(form)));
}

describe.each(keys)('the key %s is nowhere in what n8n saves', (key) => {
	const words = `Bearer ${key} is no key, ${key}`;
	// One after the other, so that each one gets its own reply.
	const options = { maxRetries: 0, maxConcurrency: 1 };

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)('%s', async (onError) => {
		const items = failures.slice(0, -1).map(() => ({}));
		simulator.script(...failures.slice(0, -1).map((failWith) => failWith(words)));
		const result = await runChat(simulator, { apiKey: key, items, onError, options });

		expect(simulator.requests.map(({ headers }) => headers.authorization)).toEqual(
			items.map(() => `Bearer ${key}`),
		);
		expect(result.outputs.flat()).toHaveLength(items.length);
		expect(searchFor(key, result)).toEqual([]);
	});
});

it.each(failures)('nor when reply %# ends the workflow', async (failWith) => {
	const [, , apiKey = ''] = keys;
	simulator.script(failWith(`Bearer ${apiKey} is no key, ${apiKey}`));
	const result = await runChat(simulator, { apiKey, options: { maxRetries: 0 } });

	expect(simulator.requests).toHaveLength(1);
	expect(searchFor(apiKey, result)).toEqual([]);
});

it.each([
	['a refused connection', { baseUrl: 'http://127.0.0.1:1/v1' }],
	['a host that does not exist', { baseUrl: 'http://minimax.invalid/v1' }],
	['a base URL that holds it', { baseUrl: `https://user:${keys[0]}@127.0.0.1:1/v1` }],
])('nor with %s', async (_, setup) => {
	const [apiKey = ''] = keys;
	const options = { maxRetries: 0 };
	const result = await runChat(simulator, { ...setup, apiKey, options });

	expect(result.error).toBeDefined();
	expect(searchFor(apiKey, result)).toEqual([]);
});
