import { drawFault } from '../../../dev/simulator/chooseFault.ts';
import { seededRandom } from '../../../dev/simulator/random.ts';
import {
	type Fault,
	type Simulator,
	startSimulator,
} from '../../../dev/simulator/startSimulator.ts';
import { ask, hello } from './askSimulator';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({
		reply: 'One two three',
		reasoning: 'none',
		chunkCharacters: 3,
	});
});
afterEach(() => simulator.reset());
afterAll(() => simulator.close());

test.each<[Fault, number, string, string]>([
	[{ status: 500 }, 500, 'server_error', 'unknown error, 999 (1000)'],
	[
		{ status: 529 },
		529,
		'overloaded_error',
		'cluster is busy at peak hours, please retry later (2064)',
	],
	[{ code: 1008 }, 402, 'insufficient_balance_error', 'insufficient balance (1008)'],
	[{ status: 500, code: 1008, message: 'no money' }, 500, 'server_error', 'no money (1008)'],
	[{ code: 1026 }, 422, 'unprocessable_entity_error', 'input new_sensitive (1026)'],
])('%j is an error envelope', async (fault, status, type, message) => {
	simulator.set({ fault });
	const reply = await ask(simulator, hello);
	expect(reply.status).toBe(status);
	expect((await reply.json()).error).toEqual({ type, message, http_code: String(status) });
});

test('base_resp comes with HTTP 200, Retry-After when told', async () => {
	simulator.set({ fault: { baseResp: 1008 } });
	const reply = await ask(simulator, hello);
	expect([reply.status, await reply.json()]).toEqual([
		200,
		{ base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
	]);
	simulator.set({ fault: { status: 429, retryAfter: 7 } });
	expect((await ask(simulator, hello)).headers.get('retry-after')).toBe('7');
});

test('bodies that are not the API', async () => {
	simulator.set({ fault: { body: 'html' } });
	const html = await ask(simulator, hello);
	expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html']);
	simulator.set({ fault: { body: 'empty', status: 200 } });
	const empty = await ask(simulator, hello);
	expect([empty.status, await empty.text()]).toEqual([200, '']);
});

test('a reset before the reply, and one in the middle of a stream', async () => {
	simulator.set({ fault: { connection: 'reset' } });
	await expect(ask(simulator, hello)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
	simulator.set({ fault: { stream: 'reset', afterChunks: 2 } });
	const reply = await ask(simulator, { ...hello, stream: true });
	const { received, failed } = await readUntilBroken(reply);
	expect(received.match(/"content":"(.*?)"/g)).toEqual(['"content":"One"', '"content":" tw"']);
	expect(failed).toBe(true);
	expect(simulator.requests.map(({ closedByClient }) => closedByClient)).toEqual([false, false]);
});

test.each<[NonNullable<Fault['stream']>, RegExp]>([
	['end', /"content":"One".*\n\n$/],
	[
		'error',
		/data: \{"type":"error","error":\{"type":"server_error","message":"unknown error, 999 \(1000\)".*\}\n\n$/,
	],
	['malformed', /data: \{"id":"[0-9a-f]+","choices":\[\{"ind\n\n$/],
])('a stream that breaks with %s', async (stream, ending) => {
	simulator.set({ fault: { stream, afterChunks: 1 } });
	const text = await (await ask(simulator, { ...hello, stream: true })).text();
	expect(text).toMatch(ending);
	expect(text).not.toContain('finish_reason');
});

test('moderation ends a stream with a base_resp', async () => {
	simulator.set({ fault: { stream: 'base-resp', code: 1027, afterChunks: 1 } });
	const text = await (await ask(simulator, { ...hello, stream: true })).text();
	const last = JSON.parse(text.trim().split('\n\n').at(-1)?.slice('data: '.length) ?? '');
	expect(last.base_resp).toEqual({ status_code: 1027, status_msg: 'output new_sensitive' });
});

test('a stalled stream stays open until the client leaves', async () => {
	simulator.set({ fault: { stream: 'stall', afterChunks: 1 } });
	const reply = await ask(simulator, { ...hello, stream: true });
	const reader = reply.body?.getReader();
	const first = await reader?.read();
	expect(new TextDecoder().decode(first?.value)).toContain('"content":"One"');
	await reader?.cancel();
	while (simulator.inFlight() > 0) await new Promise((resolve) => setImmediate(resolve));
	expect(simulator.requests[0]?.closedByClient).toBe(true);
});

test('a whole reply can break off as well', async () => {
	simulator.set({ fault: { stream: 'end' } });
	const text = await (await ask(simulator, hello)).text();
	expect(text.startsWith('{"id":"')).toBe(true);
	expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test('a fault with `times` passes, in a #sim line per message', async () => {
	const statuses = async (content: string) => {
		const seen: number[] = [];
		for (let at = 0; at < 3; at += 1) {
			seen.push((await ask(simulator, { ...hello, messages: [{ role: 'user', content }] })).status);
		}
		return seen;
	};
	expect(await statuses('A\n#sim {"fault":{"status":503,"times":2}}')).toEqual([503, 503, 200]);
	expect(await statuses('B\n#sim {"fault":{"status":503,"times":1}}')).toEqual([503, 200, 200]);
});

test('random faults follow the seed and the rates', () => {
	const draw = (seed: number) => {
		const random = seededRandom(seed);
		const rates = { status500: 0.05, reset: 0.02, status529: 0.01 };
		return Array.from({ length: 5_000 }, () => drawFault(rates, random));
	};
	const drawn = draw(3);
	expect(draw(3)).toEqual(drawn);
	expect(draw(4)).not.toEqual(drawn);
	const share = (fault: Fault) =>
		drawn.filter((one) => JSON.stringify(one) === JSON.stringify(fault)).length / drawn.length;
	expect(share({ status: 500 })).toBeCloseTo(0.05, 1);
	expect(share({ connection: 'reset' })).toBeCloseTo(0.02, 1);
	expect(() => drawFault({ nonsense: 1 }, () => 0)).toThrow('unknown fault kind nonsense');
});

async function readUntilBroken(reply: Response): Promise<{ received: string; failed: boolean }> {
	const decoder = new TextDecoder();
	const reader = reply.body?.getReader();
	let received = '';
	try {
		for (;;) {
			const part = await reader?.read();
			if (!part || part.done) return { received, failed: false };
			received += decoder.decode(part.value, { stream: true });
		}
	} catch {
		return { received, failed: true };
	}
}
