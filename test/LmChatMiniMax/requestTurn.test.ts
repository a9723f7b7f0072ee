import type { Message } from '@n8n/ai-node-sdk';
import type { ISupplyDataFunctions } from 'n8n-workflow';

import type { ModelSetup } from '../../nodes/LmChatMiniMax/readSetup';
import {
	requestTurn,
	type ShownTurn,
	type TurnRequest,
} from '../../nodes/LmChatMiniMax/requestTurn';
import { TokenCount } from '../../nodes/minimax/tokenCount';
import { clock } from '../../nodes/n8n/clock';
import { readAccess } from '../../nodes/n8n/readAccess';
import { partly } from '../support/partly';

const KEY = 'sk-api-Qw8rT2yUiOpAsDfGhJkLzXcVbNm41';
const question: Message = { role: 'user', content: [{ type: 'text', text: 'How deep?' }] };
const lookup = (text: string, id = 'call_0') => ({
	index: 0,
	id,
	type: 'function',
	function: { name: 'lookup', arguments: text },
});

/** A stream of one chunk with this delta. */
function streamOf(delta: object): string {
	const choices = [{ index: 0, delta, finish_reason: 'stop' }];
	return `data: ${JSON.stringify({ id: 'c1', choices })}\n\ndata: [DONE]\n\n`;
}

// The waits before another try pass at once.
beforeAll(() => {
	const sleep = clock.sleep.bind(clock);
	jest
		.spyOn(clock, 'sleep')
		.mockImplementation(async (ms, signal) => await sleep(ms / 1000, signal));
});
afterAll(() => jest.restoreAllMocks());

let executions = 0;

/** The requests of one execution, in which the API gives these replies one after the other. */
function setUp(replies: string[], changes: object = {}, model = 'MiniMax-M3') {
	const bodies: Array<{ messages: object[] }> = [];
	const timeouts: unknown[] = [];
	executions += 1;
	const execution = `turns-${executions}`;
	const context = partly<ISupplyDataFunctions>({
		getNode: () => ({ id: 'n1', name: 'Model', type: 'lmChatMiniMax', parameters: {} }),
		getExecutionId: () => execution,
		// As n8n gives none where nobody can stop the execution.
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				options: { body: never; timeout: unknown },
			) => {
				bodies.push(options.body);
				timeouts.push(options.timeout);
				const body = replies.shift();
				const type = body?.startsWith('{') ? 'application/json' : 'text/event-stream';
				return { statusCode: 200, headers: { 'content-type': type }, body };
			},
		},
		...changes,
	});
	const setup: ModelSetup = {
		context,
		itemIndex: 2,
		access: readAccess({ apiKey: KEY, region: 'international' }),
		request: { model, messages: [] },
		additionalBody: {},
		maxRetries: 1,
		patienceMs: 3_600_000,
		tokenBudget: 0,
		tokens: new TokenCount(),
	};
	const ask = async (messages: Message[] = [question], more: Partial<TurnRequest> = {}) =>
		await requestTurn(setup, { messages, tools: [], signals: [undefined], ...more });
	return { ask, bodies, timeouts };
}

const thrown = async (asking: Promise<unknown>) =>
	await asking.then(
		() => undefined,
		(error: unknown) => error,
	);

/** The turn as n8n's agent gives it back, with the results of its calls. */
function goneBack({ toolCalls }: Pick<ShownTurn, 'toolCalls'>): Message[] {
	return toolCalls.flatMap(({ id, name, arguments: input }): Message[] => [
		{ role: 'assistant', content: [{ type: 'tool-call', toolCallId: id, toolName: name, input }] },
		{ role: 'tool', content: [{ type: 'tool-result', toolCallId: id, result: 'Nine.' }] },
	]);
}

it('asks and fails also where nobody can end it', async () => {
	const silence = streamOf({ content: '' });
	const { ask, timeouts } = setUp([streamOf({ content: 'Nine.' }), silence, silence]);
	expect((await ask()).completion.content).toBe('Nine.');
	// Of n8n's own nodes.
	expect(timeouts).toEqual([300_000]);
	expect(await thrown(ask())).toMatchObject({
		name: 'NodeApiError',
		message: 'The model stopped without a word',
		functionality: 'configuration-node',
		context: { itemIndex: 2 },
	});
});

it('sends nothing where it has been ended already, and fails as that says', async () => {
	const over = new Error('over');
	const { ask, bodies } = setUp([]);
	for (const signals of [[AbortSignal.abort(over)], [undefined, AbortSignal.abort(over)]]) {
		expect(await thrown(ask([question], { signals }))).toBe(over);
	}
	expect(bodies).toEqual([]);
});

it('says for which item a message cannot be sent', async () => {
	const { ask, bodies } = setUp([]);
	const content = [{ type: 'file' as const, mediaType: 'image/png', data: '' }];
	expect(await thrown(ask([{ role: 'user', content }]))).toMatchObject({
		name: 'NodeOperationError',
		message: 'A message holds a file without data',
		functionality: 'configuration-node',
		context: { itemIndex: 2 },
	});
	expect(bodies).toEqual([]);
});

it('lets out as it is what is none of its failures', async () => {
	const odd = new Error('odd');
	const getExecutionId = () => {
		throw odd;
	};
	expect(await thrown(setUp([], { getExecutionId }).ask())).toBe(odd);
});

it('shows no key in a failure of what the model said', async () => {
	const broken = streamOf({ tool_calls: [lookup(KEY)], content: KEY });
	const { ask } = setUp([broken, broken]);
	expect(await thrown(ask())).toMatchObject({
		message: 'The model called the tool lookup with broken arguments',
		context: { data: { partial: { content: '[hidden]' } } },
	});
});

describe('a turn goes back as the API sent it', () => {
	it('but without nulls, and as that of the assistant where it did not say whose it is', async () => {
		const message = { content: null, audio: null, name: 'MiniMax', tool_calls: [lookup('{}')] };
		const whole = JSON.stringify({ id: 'c1', choices: [{ finish_reason: 'stop', message }] });
		const { ask, bodies } = setUp([whole, streamOf({ content: 'Nine.' })]);
		await ask([question, ...goneBack(await ask())]);
		expect(bodies[1]?.messages).toStrictEqual([
			{ role: 'user', content: 'How deep?' },
			{ role: 'assistant', name: 'MiniMax', tool_calls: [lookup('{}')] },
			{ role: 'tool', tool_call_id: 'call_0', content: 'Nine.' },
		]);
	});

	it('under an id that the conversation does not hold yet', async () => {
		const { ask } = setUp([streamOf({ tool_calls: [lookup('{}', 'other_0')] })]);
		const { toolCalls } = await ask([
			question,
			...goneBack({ toolCalls: [{ id: 'other_0', name: 'lookup', arguments: '{}' }] }),
		]);
		expect(toolCalls).toEqual([
			{ id: expect.stringMatching(/^other_0_[0-9a-f]{8}$/), name: 'lookup', arguments: '{}' },
		]);
	});
});

it('asks again for a turn that is broken, unless its words were heard', async () => {
	const broken = streamOf({ content: 'I look.', tool_calls: [lookup('{"chart": ')] });
	const { ask, bodies } = setUp([broken, streamOf({ content: 'Nine.' })]);
	expect((await ask()).completion.content).toBe('Nine.');
	expect(bodies).toHaveLength(2);

	const heard: string[] = [];
	const other = setUp([broken, streamOf({ content: 'Nine.' })]);
	const onAnswer = (text: string) => void heard.push(text);
	expect(await thrown(other.ask([question], { onAnswer }))).toMatchObject({
		message: 'The model called the tool lookup with broken arguments',
	});
	expect([heard, other.bodies.length]).toEqual([['I look.'], 1]);
});

it.each<[string, string[]]>([
	['MiniMax-M3', ['image_url', 'video_url']],
	// It may be anything on a server of one's own.
	['acme/our-tune', ['image_url', 'video_url']],
	['MiniMax-M2.7', ['text', 'text']],
])('shows %s what it sees', async (model, types) => {
	const { ask, bodies } = setUp([streamOf({ content: 'A port.' })], {}, model);
	const file = (mediaType: string) => ({ type: 'file' as const, mediaType, data: 'AAAA' });
	// One message for each, as notes of one message are joined.
	await ask(
		['image/png', 'video/mp4'].map((type) => ({
			role: 'user',
			content: [file(type), { type: 'text', text: 'What is it?' }],
		})),
	);
	const kinds = bodies[0]?.messages.map((message) =>
		'content' in message && Array.isArray(message.content) ? message.content[0].type : 'text',
	);
	expect(kinds).toEqual(types);
});
