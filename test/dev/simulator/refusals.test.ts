import { type Simulator, startSimulator } from '../../../dev/simulator/startSimulator.ts';
import { waitFor } from '../../support/waitFor';
import { ask, hello } from './askSimulator';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(() => simulator.close());

async function refusalOf(body: unknown, headers = {}): Promise<unknown> {
	const reply = await ask(simulator, body, headers);
	const { request_id: id, ...envelope } = await reply.json();
	expect(id).toBe(reply.headers.get('trace-id'));
	expect(envelope.error?.http_code).toBe(String(reply.status));
	return envelope;
}

function badRequest(words: string): object {
	const message = `${words} (2013)`;
	return { type: 'error', error: { type: 'bad_request_error', message, http_code: '400' } };
}

test.each([
	[
		'',
		"login fail: Please carry the API secret key in the 'Authorization' field of the request header (1004)",
	],
	[
		'Token abc',
		"login fail: Please carry the API secret key in the 'Authorization' field of the request header (1004)",
	],
	['Bearer sk-other', 'invalid api key (2049)'],
])('Authorization "%s" is refused', async (authorization, message) => {
	expect(await refusalOf(hello, { authorization })).toEqual({
		type: 'error',
		error: { type: 'authorized_error', message, http_code: '401' },
	});
});

const user = { role: 'user', content: 'Hi' };
const call = (id: string) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } });
const turn = (...ids: string[]) => ({ role: 'assistant', content: '', tool_calls: ids.map(call) });
const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });
const messages = (...list: object[]) => ({ messages: list });
const tool = (definition: object) => ({ tools: [{ type: 'function', function: definition }] });
const system = { role: 'system', content: 'Be kind.' };
const image = (detail: string) => ({
	type: 'image_url',
	image_url: { url: 'https://x.test/i.png', detail },
});

test.each<[string, object]>([
	['invalid params, model is empty', { model: '' }],
	["invalid params, unknown model 'minimax-m9'", { model: 'MiniMax-M9' }],
	[
		'invalid params, model[MiniMax-M3] does not support reasoning_effort',
		{ model: 'MiniMax-M3', reasoning_effort: 'low' },
	],
	[
		'invalid params, invalid reasoning_effort (allowed: low, medium, high, xhigh, max)',
		{ model: 'MiniMax-M3.1-Flash', reasoning_effort: 'huge' },
	],
	['invalid params, messages is empty', { messages: [] }],
	['invalid params, chat content is empty', messages({ role: 'user', content: ' ' })],
	[
		'invalid params, chat content has invalid message role: developer',
		messages({ role: 'developer', content: 'x' }),
	],
	[
		'invalid params, chat content has invalid message role: group',
		messages({ role: 'group', content: 'x' }),
	],
	['invalid params, invalid chat setting', messages(system, system, user)],
	["invalid params, tool result's tool id(b) not found", messages(user, turn('a'), result('b'))],
	[
		"invalid params, tool result's tool id(a) not found",
		messages(user, turn('a'), result('a'), result('a')),
	],
	[
		'invalid params, tool call result does not follow tool call: b',
		messages(user, turn('a', 'b'), result('a'), user),
	],
	[
		'invalid params, duplicate tool call id(a)',
		messages(user, turn('a'), result('a'), turn('a'), result('a')),
	],
	['invalid params, invalid tool type', { tools: [{ type: 'web_search' }] }],
	[
		'invalid params, function name or parameters is empty',
		tool({ name: '', parameters: { type: 'object' } }),
	],
	['invalid params, function name or parameters is empty', tool({ name: 'f', parameters: {} })],
	['invalid params, temperature must be in (0, 1]', { temperature: 0 }],
	['invalid params, temperature must be in (0, 1]', { temperature: 1.1 }],
	['invalid params, temperature must be in [0, 2]', { temperature: 2.1, model: 'MiniMax-M3' }],
	['invalid params, top_p must be in (0, 1]', { top_p: 0 }],
	['invalid params, top_p must be in [0, 1]', { top_p: -0.1, model: 'MiniMax-M3' }],
	[
		'invalid params, max_completion_tokens must be an integer of at least 1',
		{ max_completion_tokens: 0 },
	],
	['invalid params, max_tokens must be an integer of at least 1', { max_tokens: 1.5 }],
	[
		'invalid params, model[MiniMax-M3] does not support max tokens > 524288',
		{ model: 'MiniMax-M3', max_tokens: 524_289 },
	],
	[
		'invalid params, model[M2-her] does not support max tokens > 2048',
		{ model: 'M2-her', max_completion_tokens: 2_049 },
	],
	[
		'invalid thinking.type: "enabled" (allowed: adaptive, disabled)',
		{ thinking: { type: 'enabled' } },
	],
	['invalid params, invalid thinking: must be an object', { thinking: true }],
	[
		'invalid params, model[MiniMax-M3.1-Flash] requires adaptive thinking',
		{ model: 'MiniMax-M3.1-Flash', thinking: { type: 'disabled' } },
	],
	['invalid params, invalid detail: auto', messages({ role: 'user', content: [image('auto')] })],
	[
		'invalid params, context window exceeds limit',
		messages({ role: 'user', content: 'word '.repeat(170_000) }),
	],
])('%s', async (words, fields) => {
	expect(await refusalOf({ ...hello, ...fields })).toEqual(badRequest(words));
});

test('malformed JSON is refused', async () => {
	expect(await refusalOf('{"model":')).toEqual(
		badRequest('invalid params, request body is not valid JSON'),
	);
});

test.each<[string, object]>([
	['zero temperature on M3', { model: 'MiniMax-M3', temperature: 0, top_p: 0 }],
	[
		'roles of M2-her',
		{ model: 'M2-her', ...messages({ role: 'user_system', content: 'x' }, user) },
	],
	['a system message without content', messages({ role: 'system', name: 'MiniMax AI' }, user)],
	['a tool loop with parallel calls', messages(user, turn('a', 'b'), result('b'), result('a'))],
	['content [] beside tool calls', messages(user, { ...turn('a'), content: [] }, result('a'))],
])('%s is taken', async (_name, fields) => {
	expect((await ask(simulator, { ...hello, ...fields })).status).toBe(200);
});

test('only models that see are charged for images', async () => {
	const body = messages({ role: 'user', content: [{ type: 'text', text: 'See' }, image('low')] });
	const tokens = async (model: string) =>
		(await (await ask(simulator, { ...body, model })).json()).usage.prompt_tokens;
	expect(await tokens('MiniMax-M2.7')).toBe(29);
	expect(await tokens('MiniMax-M3')).toBe(775);
});

test('a body above 64 MB is refused', async () => {
	const reply = await ask(simulator, ' '.repeat(64 * 1024 * 1024 + 1));
	expect(reply.status).toBe(413);
	expect((await reply.json()).error.type).toBe('invalid_request_error');
});

test('requests over the rate limit get 429 with code 1002 and no Retry-After', async () => {
	simulator.set({ rateLimit: { kind: 'fixed', requests: 1, windowMs: 60_000 } });
	expect((await ask(simulator, hello)).status).toBe(200);
	const reply = await ask(simulator, hello);
	expect(reply.headers.get('retry-after')).toBeNull();
	expect((await reply.json()).error).toEqual({
		type: 'rate_limit_error',
		message: 'rate limit exceeded, please retry later (1002)',
		http_code: '429',
	});
});

test('too many requests in flight get 429 with code 1041', async () => {
	simulator.set({ maxInFlightPerKey: 2 });
	const release = simulator.hold();
	const asked = Promise.all([1, 2, 3].map(() => ask(simulator, hello)));
	await waitFor(() => simulator.requests.length === 3);
	release();
	const replies = await asked;
	expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});
