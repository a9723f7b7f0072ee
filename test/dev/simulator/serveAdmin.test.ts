import { type Simulator, startSimulator } from '../../../dev/simulator/startSimulator.ts';
import { ask, hello } from './askSimulator';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ reply: 'Yes.', reasoning: 'none' });
});
afterAll(() => simulator.close());

async function admin(method: string, path: string, body?: unknown): Promise<[number, unknown]> {
	const reply = await fetch(new URL(`/admin/${path}`, simulator.url), {
		method,
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	return [reply.status, await reply.json()];
}

async function contentOf(reply: Response): Promise<string> {
	return (await reply.json()).choices[0].message.content;
}

test('another process steers it and reads what arrived', async () => {
	expect(await admin('POST', 'settings', { reply: 'No.' })).toEqual([
		200,
		expect.objectContaining({ reply: 'No.', latencyMs: 0 }),
	]);
	expect(await admin('POST', 'script', [{ fault: { status: 529 } }])).toEqual([200, { queued: 1 }]);
	expect((await ask(simulator, hello)).status).toBe(529);
	const answer = await (await ask(simulator, hello)).json();
	expect(answer.choices[0].message.content).toBe('No.');

	const [, requests] = await admin('GET', 'requests');
	expect(requests).toMatchObject([
		{ id: 1, body: hello, status: 529 },
		{ id: 2, body: hello, status: 200 },
	]);
	expect(JSON.stringify(requests)).not.toContain('rawBody');
	const [, later] = await admin('GET', 'requests?since=1&raw=1');
	expect(later).toMatchObject([{ id: 2, rawBody: JSON.stringify(hello) }]);
	expect(await admin('GET', 'state')).toEqual([
		200,
		{
			inFlight: 0,
			peakInFlight: 1,
			byStatus: { '200': 1, '529': 1 },
			scripted: 0,
			tokens: answer.usage.total_tokens,
		},
	]);
	expect(await admin('DELETE', 'requests')).toEqual([200, {}]);
	expect(simulator.requests).toEqual([]);
	await admin('POST', 'reset');
	expect(await contentOf(await ask(simulator, hello))).toBe('Yes.');
});

test('a setting that does not exist is refused', async () => {
	expect(await admin('POST', 'settings', { lattencyMs: 1 })).toEqual([
		400,
		{ error: expect.stringContaining('unknown simulator setting lattencyMs') },
	]);
	expect((await admin('POST', 'script', 7))[0]).toBe(400);
	expect((await admin('GET', 'nothing'))[0]).toBe(404);
});
