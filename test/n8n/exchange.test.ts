import type { IExecutePaginationFunctions, IN8nHttpFullResponse } from 'n8n-workflow';

import { FailureError } from '../../nodes/minimax/failure/failure';
import { completionRequest, exchange, type Exchange } from '../../nodes/n8n/exchange';
import { readAccess } from '../../nodes/n8n/readAccess';
import { partly } from '../support/partly';

const eventStream = { 'content-type': 'text/event-stream' };
const json = { 'content-type': 'application/json' };
const whole = JSON.stringify({
	id: 'c1',
	choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: 'Nine.' } }],
});
const streamed = [
	{ delta: { role: 'assistant', content: 'Ni' } },
	{ delta: { content: 'ne.' }, finish_reason: 'stop' },
]
	.map((choice) => `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, ...choice }] })}\n\n`)
	.join('');

interface Sent {
	type: string;
	options: Record<string, unknown>;
	additional: unknown;
	signal: AbortSignal | undefined;
}

type Reply = (signal: AbortSignal) => Promise<Partial<IN8nHttpFullResponse>>;

const answering = (response: Partial<IN8nHttpFullResponse>) => async () => response;

/** Sends one request through what n8n's HTTP helper is given, and has it answered. */
function send(reply: Reply, changes: Partial<Exchange> = {}) {
	const sent: Sent[] = [];
	const seen: string[] = [];
	const helper = async function (
		this: IExecutePaginationFunctions,
		type: string,
		options: Sent['options'],
		additional: unknown,
	) {
		const signal = this.getExecutionCancelSignal();
		sent.push({ type, options: { ...options }, additional, signal });
		options.url = 'changed by n8n';
		return await reply(signal ?? new AbortController().signal);
	};
	const context = partly<IExecutePaginationFunctions>({
		helpers: { httpRequestWithAuthentication: helper },
		getExecutionCancelSignal: () => undefined,
	});
	const access = readAccess({
		apiKey: 'my-secret-key',
		region: 'custom',
		baseUrl: 'http://llm.example/v1',
	});
	const done = exchange(context, {
		access,
		body: { model: 'MiniMax-M3', messages: [] },
		requestOptions: { ...completionRequest, timeout: 60_000 },
		signal: undefined,
		accepted: () => seen.push('accepted'),
		onConnection: (state) => seen.push(state),
		...changes,
	});
	return { done, sent, seen, access };
}

const failureIn = async (done: Promise<unknown>) =>
	await done.then(
		() => undefined,
		(error: unknown) => (error instanceof FailureError ? error.failure : error),
	);

it('gives the HTTP helper what to send, and keeps its own options as they are', async () => {
	const requestOptions = { ...completionRequest, timeout: 60_000 };
	const { done, sent, access } = send(answering({ statusCode: 200, headers: json, body: whole }), {
		requestOptions,
	});
	await done;

	expect(sent).toEqual([
		{
			type: 'miniMaxPlatformApi',
			options: {
				method: 'POST',
				url: '/chat/completions',
				encoding: 'stream',
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				timeout: 60_000,
				baseURL: 'http://llm.example/v1',
				body: { model: 'MiniMax-M3', messages: [] },
				returnFullResponse: true,
			},
			additional: { credentialsDecrypted: access.credentialsDecrypted },
			signal: expect.any(AbortSignal),
		},
	]);
	expect(requestOptions.url).toBe('/chat/completions');
});

describe('the connection', () => {
	it.each<[string, Partial<IN8nHttpFullResponse>, string[]]>([
		[
			'a stream begins to answer',
			{ statusCode: 200, headers: eventStream, body: streamed },
			['answered', 'accepted'],
		],
		['a whole answer', { statusCode: 200, headers: json, body: whole }, ['answered']],
		[
			'an answer that does not say its type',
			{ statusCode: 200, headers: {}, body: whole },
			['answered'],
		],
	])('%s', async (_what, response, states) => {
		const { done, seen } = send(answering(response));
		await expect(done).resolves.toMatchObject({ content: 'Nine.', id: 'c1' });
		expect(seen).toEqual(states);
	});

	it('a refusal in the shape of a stream is none', async () => {
		const body = 'data: {"error":{"message":"slow (1002)"}}\n\n';
		const { done, seen } = send(answering({ statusCode: 429, headers: eventStream, body }));
		expect(await failureIn(done)).toMatchObject({ cause: 'account-rate-exceeded' });
		expect(seen).toEqual(['answered']);
	});

	it('that fails is lost, in the words of the node that shows it', async () => {
		const failing = async () => await Promise.reject(new Error('socket hang up'));
		const failureShown = async (changes: Partial<Exchange>) =>
			await failureIn(send(failing, changes).done);

		const chat = send(failing);
		expect(await failureIn(chat.done)).toMatchObject({
			cause: 'connection-closed',
			description: expect.stringMatching(/^Run the node again\./),
		});
		expect(chat.seen).toEqual(['lost']);
		expect(await failureShown({ panel: 'chat' })).toMatchObject({
			description: expect.stringMatching(/^Run the node again\./),
		});
		expect(await failureShown({ panel: 'model' })).toMatchObject({
			description: expect.stringMatching(/^Run the workflow again\./),
		});
	});

	it('nobody need listen to it', async () => {
		const none = { onConnection: undefined };
		await send(answering({ statusCode: 200, headers: json, body: whole }), none).done;
		const failing = async () => await Promise.reject(new Error('connect ECONNREFUSED'));
		expect(await failureIn(send(failing, none).done)).toMatchObject({
			cause: 'connection-refused',
		});
	});
});

it('passes the answer on as it comes, where somebody listens', async () => {
	const heard: string[] = [];
	const { done } = send(answering({ statusCode: 200, headers: eventStream, body: streamed }), {
		onAnswer: (text) => void heard.push(text),
	});
	await done;
	expect(heard.join('')).toBe('Nine.');
});

describe('a refusal', () => {
	const refused = answering({
		statusCode: 401,
		headers: json,
		body: JSON.stringify({ error: { message: 'no my-secret-key (1004)' } }),
	});

	it('is reported without the key, in the words of MiniMax Chat', async () => {
		const failure = await failureIn(send(refused).done);
		expect(failure).toMatchObject({ cause: 'key-refused', apiMessage: 'no [hidden] (1004)' });
		expect(failure).toEqual(await failureIn(send(refused, { panel: 'chat' }).done));
	});
});

describe('the end', () => {
	const never: Reply = async (signal) =>
		await new Promise((_, reject) => {
			signal.addEventListener('abort', () => reject(signal.reason));
		});

	it('comes when the execution is stopped', async () => {
		const stop = new AbortController();
		const { done } = send(never, { signal: stop.signal });
		stop.abort(new Error('stopped'));
		await expect(done).rejects.toBe(stop.signal.reason);
	});

	it('comes when nothing comes in time, and hangs up', async () => {
		const { done, sent, seen } = send(never, {
			requestOptions: { ...completionRequest, timeout: 20 },
		});
		expect(await failureIn(done)).toMatchObject({ cause: 'reply-too-late', kind: 'timed-out' });
		expect(sent[0]?.signal?.aborted).toBe(true);
		expect(seen).toEqual(['lost']);
	});
});

describe('text without any tag', () => {
	const says = (content: string, finish = 'stop') =>
		answering({
			statusCode: 200,
			headers: json,
			body: JSON.stringify({
				choices: [{ finish_reason: finish, message: { role: 'assistant', content } }],
			}),
		});
	const ask = async (reply: Reply, body: Exchange['body']) => {
		const { content, reasoning } = await send(reply, { body }).done;
		return { content, reasoning };
	};
	const messages: [] = [];
	const leaked = says('Hm.</think>Nine.');

	it('up to a closing tag is thinking, unless the model has none', async () => {
		const thought = { content: 'Nine.', reasoning: 'Hm.' };
		expect(await ask(leaked, { model: 'MiniMax-M2.7', messages })).toEqual(thought);
		expect(await ask(leaked, { model: 'of-somebody', messages })).toEqual(thought);
		expect(
			await ask(leaked, { model: 'MiniMax-M3', messages, thinking: { type: 'adaptive' } }),
		).toEqual(thought);
		expect((await ask(leaked, { model: 'M2-her', messages })).reasoning).toBeNull();
		expect(
			(await ask(leaked, { model: 'MiniMax-M3', messages, thinking: { type: 'disabled' } }))
				.reasoning,
		).toBeNull();
	});

	it('that was cut off is thinking where the model always begins with it', async () => {
		const cut = says('Hm', 'length');
		expect((await ask(cut, { model: 'MiniMax-M2.7', messages })).reasoning).toBe('Hm');
		expect((await ask(cut, { model: 'MiniMax-M3', messages })).content).toBe('Hm');
	});
});
