import { describeSteering } from '../../../dev/simulator/describeSteering.ts';
import { startSimulator, type Simulator } from '../../../dev/simulator/startSimulator.ts';

let simulator: Simulator;
const linesWith = (start: string) =>
	describeSteering(simulator.url)
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line.startsWith(start));

beforeAll(async () => (simulator = await startSimulator()));
afterAll(async () => await simulator.close());
afterEach(() => simulator.reset());

const ask = async (content: string) => {
	const response = await fetch(`${simulator.url}/chat/completions`, {
		method: 'POST',
		headers: { authorization: 'Bearer sk-simulator', 'content-type': 'application/json' },
		body: JSON.stringify({ model: 'MiniMax-M3', messages: [{ role: 'user', content }] }),
	});
	return response.status;
};

test('the line with a fault makes a message fail twice', async () => {
	const [slow, overloaded] = linesWith('#sim');
	expect(slow).toBe('#sim {"latencyMs": 5000, "tokensPerSecond": 20}');
	const message = `Hello\n${overloaded}`;
	expect([await ask(message), await ask(message), await ask(message)]).toEqual([529, 529, 200]);
});

test('the commands change the settings and put them back', async () => {
	const before = await (await fetch(new URL('/admin/settings', simulator.url))).json();
	const changes = linesWith('curl -d').map((line) => /^curl -d '(.+)' (\S+)$/.exec(line));
	const seen: unknown[] = [];
	for (const change of changes) {
		const [, body = '', address = ''] = change ?? [];
		const response = await fetch(address, { method: 'POST', body });
		expect(response.status).toBe(200);
		seen.push(await response.json());
	}
	expect(seen.at(-1)).toEqual({
		...(before as object),
		faultRates: { status500: 0.1, streamReset: 0.05 },
		rateLimit: { kind: 'fixed', requests: 20, windowMs: 60_000 },
	});

	const [reset] = linesWith('curl -X POST');
	await fetch(reset?.replace('curl -X POST ', '') ?? '', { method: 'POST' });
	expect(await (await fetch(new URL('/admin/settings', simulator.url))).json()).toEqual(before);
});
