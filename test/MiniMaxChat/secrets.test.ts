import {
	startSimulator,
	type ScriptedReply,
	type Simulator,
} from '../../dev/simulator/startSimulator.ts';
import { runChat } from '../support/runChat';

/** Shapes that a plain search and replace misses in one way or the other. */
const keys = [
	'sk-api-Zb3kV9qLmX27RtYpW0sHnD4fGjC8uE6aoIy1T5xQ',
	'eyJhbGciOiJSUzI1NiJ9.eyJHcm91cElEIjoiNzc3In0.Qx7-c_4Zk3wPmB0uVt9LsA',
	'a+b/c==$&$1\\d{3}[x]%2F"quoted"',
	"o'neil{{$json.key}}<b>&amp;",
	'UPPERCASEKEYWITHOUTDIGITS',
	'12345678',
];

const simulatorKeys = ['sk-simulator', ...keys];
let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ apiKeys: simulatorKeys });
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

/** Failure paths; where the API can have words of its own, they quote the key. */
const failures: Array<[string, (echo: string) => ScriptedReply]> = [
	['401 that quotes it', (echo) => ({ fault: { code: 1004, message: echo } })],
	['base_resp that quotes it', (echo) => ({ fault: { baseResp: 2049, message: echo } })],
	['HTML that quotes it', (echo) => ({ fault: { body: { text: `<html><h1>${echo}</h1>` } } })],
	['text that quotes it', (echo) => ({ fault: { status: 500, body: { text: echo } } })],
	['a header that quotes it', (echo) => ({ fault: { code: 2013 }, headers: headersWith(echo) })],
	['a reset', () => ({ fault: { connection: 'reset' } })],
	['a broken stream', () => ({ fault: { stream: 'reset' } })],
	['an error in a stream', (echo) => ({ fault: { stream: 'error', message: echo } })],
	['malformed JSON in a stream', () => ({ fault: { stream: 'malformed' } })],
	['success', () => ({})],
];

function headersWith(echo: string): Record<string, string> {
	return { 'Trace-Id': echo, 'X-Request-Id': echo, 'WWW-Authenticate': echo };
}

describe.each(keys)('the key %s is nowhere in what n8n saves', (key) => {
	it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)(
		'with %s',
		async (onError) => {
			for (const [name, failWith] of failures) {
				simulator.reset();
				simulator.script(failWith(`Bearer ${key} is no key, ${key}`));
				const options = { maxRetries: 0 };
				const { saved, error } = await runChat(simulator, { apiKey: key, onError, options });

				expect(simulator.requests.map(({ headers }) => headers.authorization)).toEqual([
					`Bearer ${key}`,
				]);
				const texts = [saved, error?.message, error?.stack, JSON.stringify(error)];
				const found = formsOf(key).filter((form) => texts.some((text) => text?.includes(form)));
				expect({ name, found }).toEqual({ name, found: [] });
			}
		},
	);
});

it.each([
	['a refused connection', { baseUrl: 'http://127.0.0.1:1/v1' }],
	['a host that does not exist', { baseUrl: 'http://minimax.invalid/v1' }],
	['a base URL that holds it', { baseUrl: `https://user:${keys[0]}@127.0.0.1:1/v1` }],
])('nor with %s', async (_, setup) => {
	const [apiKey = ''] = keys;
	const { saved, error } = await runChat(simulator, {
		...setup,
		apiKey,
		options: { maxRetries: 0 },
	});

	expect(error).toBeDefined();
	expect(saved).not.toContain(apiKey);
	expect(`${error?.stack} ${JSON.stringify(error)}`).not.toContain(apiKey);
});
