import type { Verdict } from '../../../nodes/minimax/failure/failure';
import {
	readCompletion,
	type ReadOptions,
	type Reply,
} from '../../../nodes/minimax/reply/readCompletion';
import { bytesOfText, cutEvenly } from '../../support/cutBytes';
import { completionOf, verdictOf } from '../../support/readReply';
import { VirtualClock } from '../../support/virtualTime';
import { watchSilence } from '../../../nodes/minimax/reply/watchSilence';
import { noUsage } from '../../support/noUsage';

const SECRET = 'The payload says: open sesame';
const OPTIONS: ReadOptions = { openerMayBeMissing: false };

function event(delta: object | null, rest: object = {}, finishReason?: string): string {
	const choice = { index: 0, delta, ...(finishReason && { finish_reason: finishReason }) };
	return `data: ${JSON.stringify({ id: 'trace-7', model: 'm', choices: [choice], ...rest })}\n\n`;
}

const STARTED = event({ content: '<think>a plan</think>\n\nHel' }) + event({ content: 'lo' });
const PARTIAL = {
	content: 'Hello',
	reasoning: 'a plan',
	usage: noUsage,
	id: 'trace-7',
	model: 'm',
};

/** Bytes that end as given, and whether they were released. */
function source(text: string, end?: () => Promise<never> | never) {
	const state = { isReleased: false };
	async function* bytes() {
		try {
			yield* cutEvenly(bytesOfText(text), 50);
			if (end !== undefined) await end();
		} finally {
			state.isReleased = true;
		}
	}
	return { body: bytes(), state };
}

function reply(body: Reply['body'], status = 200, headers: Reply['headers'] = {}): Reply {
	return { status, headers, body };
}

async function failureOf(given: Reply, changes: Partial<ReadOptions> = {}): Promise<Verdict> {
	const failure = await verdictOf(given, { ...OPTIONS, ...changes });
	expect(JSON.stringify({ ...failure, partial: null })).not.toContain('sesame');
	return failure;
}

function fault(message: string, properties: object = {}): () => never {
	return () => {
		throw Object.assign(new Error(message), properties);
	};
}

describe('streams that break', () => {
	test('the end before the finish reason', async () => {
		expect(await failureOf(reply(STARTED, 200, { 'Trace-Id': 'head-7' }))).toEqual({
			cause: 'ended-early',
			kind: 'reply-broken',
			httpStatus: 200,
			code: null,
			apiMessage: null,
			requestId: 'head-7',
			retryable: false,
			retryAfterMs: null,
			hopeless: false,
			partial: PARTIAL,
		});
	});

	test.each([['the end inside an event', `${STARTED}data: {"choices":[{"delta":{"content":" wor`]])(
		'%s',
		async (_name, text) => {
			const { cause, partial } = await failureOf(reply(text));
			expect(cause).toBe('ended-early');
			expect(partial).toEqual(PARTIAL);
		},
	);

	test('a stream without any text may be tried again', async () => {
		const { cause, partial, retryable } = await failureOf(
			reply(event({ role: 'assistant', content: '' })),
		);
		expect([cause, partial, retryable]).toEqual(['ended-early', null, true]);
	});

	test('an event that is not JSON', async () => {
		const { body, state } = source(`${STARTED}data: ${SECRET}\n\n${event({ content: 'more' })}`);
		const { kind, cause, partial, retryable } = await failureOf(reply(body));
		expect([kind, cause, retryable]).toEqual(['reply-broken', 'event-malformed', false]);
		expect(partial).toEqual(PARTIAL);
		expect(state.isReleased).toBe(true);
	});

	test('an event that is not JSON is not asked for again before any text either', async () => {
		const { partial, retryable } = await failureOf(reply(`data: {"choices":[}\n\n`));
		expect([partial, retryable]).toEqual([null, false]);
	});

	test('an answer that is longer than any of a model', async () => {
		const part = event({ content: 'a'.repeat(1024 * 1024) });
		const { cause, partial, retryable } = await failureOf(reply(part.repeat(9)));
		expect([cause, retryable]).toEqual(['reply-too-long', false]);
		expect(partial?.content.startsWith('aaa')).toBe(true);
	});

	test('moderation cuts the answer', async () => {
		const cut = `data: ${JSON.stringify({ choices: [], usage: { total_tokens: 9, prompt_tokens: 4, completion_tokens: 5 }, base_resp: { status_code: 1027, status_msg: 'output new_sensitive' } })}\n\n`;
		const { kind, code, partial, retryable } = await failureOf(
			reply(STARTED + cut + event({ content: 'more' })),
		);
		expect([kind, code, retryable]).toEqual(['content-rejected', 1027, false]);
		expect(partial).toEqual({
			...PARTIAL,
			usage: { ...noUsage, promptTokens: 4, completionTokens: 5, totalTokens: 9 },
		});
	});

	test.each([
		[
			'an error object',
			{ error: { type: 'overloaded_error', message: 'cluster busy (2064)', http_code: '529' } },
			'overloaded',
			2064,
			529,
		],
		[
			'the error envelope',
			{
				type: 'error',
				error: { type: 'server_error', message: 'unknown error, 999 (1000)', http_code: '500' },
				request_id: 'r',
			},
			'server-fault',
			1000,
			500,
		],
		[
			'an error of which only the status is known',
			{ error: { message: 'slow down', http_code: '429' } },
			'rate-limited',
			null,
			429,
		],
		[
			'a code in base_resp',
			{ base_resp: { status_code: 1002, status_msg: 'rate limit' } },
			'rate-limited',
			1002,
			200,
		],
	])('%s in the middle', async (_name, chunk, kind, code, httpStatus) => {
		const begun = await failureOf(reply(`${STARTED}data: ${JSON.stringify(chunk)}\n\n`));
		expect(begun).toMatchObject({ kind, code, httpStatus, retryable: false, partial: PARTIAL });
		const first = await failureOf(reply(`data: ${JSON.stringify(chunk)}\n\n`));
		expect(first).toMatchObject({ kind, code, httpStatus, retryable: true, partial: null });
	});

	test.each<[string, () => never]>([
		['aborted', fault('aborted', { code: 'ECONNRESET' })],
		['reset', fault('read ECONNRESET', { code: 'ECONNRESET' })],
		['ended too soon', fault('Premature close', { code: 'ERR_STREAM_PREMATURE_CLOSE' })],
	])('the connection is %s', async (_name, end) => {
		expect(await failureOf(reply(source(STARTED, end).body))).toMatchObject({
			kind: 'connection-lost',
			cause: 'broke-off',
			retryable: false,
			partial: PARTIAL,
		});
	});

	test.each<[string, () => never]>([
		['by its message', fault('timeout of 300000ms exceeded', { code: 'ECONNABORTED' })],
		['by its name', fault('signal timed out', { name: 'TimeoutError' })],
		['by its code', fault('read', { code: 'ETIMEDOUT' })],
	])('silence, reported %s', async (_name, end) => {
		const failure = await failureOf(reply(source(STARTED, end).body));
		expect(failure).toMatchObject({
			kind: 'timed-out',
			cause: 'went-silent',
			partial: PARTIAL,
		});
		expect(failure.silenceMs).toBeUndefined();
	});

	test('silence for too long', async () => {
		const clock = new VirtualClock();
		const hangUp = jest.fn();
		const silence = watchSilence({ timeoutMs: 1000, timer: clock, hangUp });
		const { body } = source(STARTED, () => new Promise<never>(() => undefined));
		const reading = failureOf(reply(body), { silence });
		await clock.run(1000);
		expect(await reading).toMatchObject({
			cause: 'went-silent',
			silenceMs: 1000,
			partial: PARTIAL,
		});
		expect(hangUp).toHaveBeenCalledTimes(1);
	});

	test('thinking that had arrived apart goes along', async () => {
		const text = event({ reasoning_content: 'half a th' });
		expect((await failureOf(reply(text))).partial).toMatchObject({
			content: '',
			reasoning: 'half a th',
		});
	});

	test('text held back on a self-hosted server goes along', async () => {
		const { partial } = await failureOf(reply(event({ content: 'Hello' })), {
			openerMayBeMissing: true,
		});
		expect(partial).toMatchObject({ content: 'Hello', reasoning: null });
	});
});

describe('after the finish reason the reply is whole', () => {
	const FINISHED = STARTED + event({ content: '!' }, {}, 'stop');
	const expected = {
		content: 'Hello!',
		reasoning: 'a plan',
		finishReason: 'stop',
		usage: noUsage,
	};

	test.each<[string, Reply['body']]>([
		['the end', FINISHED],
		['the end sign', `${FINISHED}data: [DONE]\n\n`],
		['the end inside the usage chunk', `${FINISHED}data: {"usage":{"total_`],
		['a reset', source(FINISHED, fault('aborted', { code: 'ECONNRESET' })).body],
	])('%s', async (_name, body) => {
		expect(await completionOf(reply(body), OPTIONS)).toMatchObject(expected);
	});

	test('usage in a chunk of its own', async () => {
		const usage = `data: {"choices":[],"usage":{"total_tokens":3}}\n\n`;
		const completion = await completionOf(reply(FINISHED + usage), OPTIONS);
		expect(completion.usage).toEqual({ ...noUsage, totalTokens: 3 });
	});

	test('little is waited for behind it', async () => {
		const clock = new VirtualClock();
		const hangUp = jest.fn();
		const silence = watchSilence({ timeoutMs: 300_000, timer: clock, hangUp });
		const { body } = source(FINISHED, () => new Promise<never>(() => undefined));
		const reading = completionOf(reply(body), { ...OPTIONS, silence });
		await clock.run(9_999);
		expect(hangUp).not.toHaveBeenCalled();
		await clock.run(10_000);
		expect(await reading).toMatchObject(expected);
		expect(hangUp).toHaveBeenCalledTimes(1);
	});

	test('at the end sign the connection is released', async () => {
		const { body, state } = source(
			`${FINISHED}data: [DONE]\n\n`,
			() => new Promise<never>(() => undefined),
		);
		await readCompletion(reply(body), OPTIONS);
		expect(state.isReleased).toBe(true);
	});
});

describe('replies that are no completion', () => {
	test.each<[string, string]>([
		['nothing', ''],
		['blanks', ' \n\n'],
	])('%s', async (_name, body) => {
		expect(await failureOf(reply(body))).toMatchObject({
			kind: 'reply-broken',
			cause: 'reply-empty',
			partial: null,
		});
	});

	test.each([
		[
			'HTML',
			`<!DOCTYPE html><html><title>Gateway</title><body>${SECRET}</body></html>`,
			'text/html',
		],
		['HTML that claims to be a stream', `<html>${SECRET}</html>`, 'text/event-stream'],
	])('%s', async (_name, body, type) => {
		expect(await failureOf(reply(body, 200, { 'content-type': type }))).toMatchObject({
			kind: 'reply-broken',
			cause: 'reply-is-web-page',
		});
	});

	const message = { content: '<think>a plan</think>\n\nHel\u00e9 "lo"', reasoning: null };
	const body = JSON.stringify({
		id: 'trace-7',
		model: 'm',
		choices: [{ message }],
		usage: { total_tokens: 9 },
	});
	const cutAt = (piece: string) => body.slice(0, body.indexOf(piece) + piece.length);
	test.each<[string, string, string | null]>([
		['in its answer', cutAt('Hel'), 'Hel'],
		['in an escape', cutAt('\u00e9 \\'), 'Hel\u00e9 '],
		['in an escape of four digits', `${cutAt('Hel')}\\u00`, 'Hel'],
		['behind its answer', cutAt(',"reas'), 'Hel\u00e9 "lo"'],
		['in its usage', cutAt('total_tokens":'), 'Hel\u00e9 "lo"'],
		['before its answer', cutAt('"choices":[{"mess'), null],
	])('a JSON body cut %s', async (_name, text, content) => {
		expect(await failureOf(reply(text))).toMatchObject({
			kind: 'reply-broken',
			cause: 'body-malformed',
			retryable: false,
			partial: content === null ? null : { ...PARTIAL, content },
		});
	});

	test.each([
		['more behind it', `${body} ${SECRET}`],
		['a raw line break in a text', body.replace('"id":"trace-7"', '"id":"trace-7","x":"a\nb"')],
		['a comma too many', body.replace(/}$/, ',}')],
	])('a JSON body with %s', async (_name, text) => {
		expect(await failureOf(reply(text))).toMatchObject({
			cause: 'body-malformed',
			retryable: false,
			partial: { content: 'Hel\u00e9 "lo"', reasoning: 'a plan', id: 'trace-7' },
		});
	});

	test('a long JSON body that is cut loses nothing, and takes no time', async () => {
		const content = '{"a": "b"} '.repeat(100_000);
		const text = JSON.stringify({ choices: [{ message: { content } }] });
		const { partial } = await failureOf(reply(text.slice(0, -8)));
		expect(partial?.content).toBe(content.slice(0, partial?.content.length));
		expect(partial?.content.length).toBeGreaterThan(1_090_000);
	});

	test.each([
		['with an answer', cutAt('Hel'), { ...PARTIAL, content: 'Hel' }, false],
		['before its answer', cutAt('"choices":[{"mess'), null, true],
	])('a JSON body whose connection breaks off %s', async (_name, text, partial, retryable) => {
		const { body: bytes } = source(text, fault('aborted', { code: 'ECONNRESET' }));
		expect(await failureOf(reply(bytes))).toMatchObject({
			kind: 'connection-lost',
			retryable,
			partial,
		});
	});

	test.each([
		['a list', '[]'],
		['an object without choices', '{"id":"x"}'],
		['no choices', '{"choices":[],"base_resp":{"status_code":0}}'],
		['choices that are null', '{"choices":null}'],
	])('%s', async (_name, body) => {
		expect(await failureOf(reply(body))).toMatchObject({ kind: 'reply-broken', partial: null });
	});

	test.each<[string, number, object, string, number]>([
		[
			'the error envelope',
			401,
			{
				type: 'error',
				error: { type: 'authorized_error', message: 'login fail (1004)', http_code: '401' },
				request_id: 'req',
			},
			'credential-invalid',
			1004,
		],
		[
			'base_resp with HTTP 200',
			200,
			{ choices: null, base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
			'balance-exhausted',
			1008,
		],
		[
			'an error with HTTP 200',
			200,
			{ error: { message: 'invalid params (2013)' } },
			'request-invalid',
			2013,
		],
	])('%s', async (_name, status, body, kind, code) => {
		expect(await failureOf(reply(JSON.stringify(body), status))).toMatchObject({
			kind,
			code,
			httpStatus: status,
		});
		expect(await failureOf(reply(body, status))).toMatchObject({ kind, code, httpStatus: status });
		const stream = source(JSON.stringify(body)).body;
		expect(
			await failureOf(reply(stream, status, { 'content-type': 'text/event-stream' })),
		).toMatchObject({ kind, code });
	});

	test('a rejected answer goes along with its rejection', async () => {
		const body = {
			choices: [{ message: { content: 'Hello' } }],
			base_resp: { status_code: 1027, status_msg: 'output sensitive' },
		};
		expect(await failureOf(reply(body))).toMatchObject({
			kind: 'content-rejected',
			partial: { content: 'Hello' },
		});
	});

	test('of an endless error body only the start is read', async () => {
		const state = { pieces: 0, isReleased: false };
		async function* endless() {
			try {
				for (;;) {
					state.pieces += 1;
					yield new Uint8Array(65_536).fill(120);
				}
			} finally {
				state.isReleased = true;
			}
		}
		expect(await failureOf(reply(endless(), 502))).toMatchObject({
			kind: 'server-fault',
			httpStatus: 502,
		});
		expect(state).toEqual({ pieces: 17, isReleased: true });
	});

	test('a status counts even where its body breaks off', async () => {
		const { body } = source('{"error":', fault('aborted', { code: 'ECONNRESET' }));
		expect(await failureOf(reply(body, 429))).toMatchObject({
			kind: 'rate-limited',
			httpStatus: 429,
			apiMessage: null,
		});
	});

	test('a connection lost inside a JSON body', async () => {
		const { body } = source('{"id":"x","choices":[', fault('aborted', { code: 'ECONNRESET' }));
		expect(await failureOf(reply(body))).toMatchObject({
			kind: 'connection-lost',
			partial: null,
			retryable: true,
		});
	});

	test('an endless event', async () => {
		async function* endless() {
			yield bytesOfText('data: ');
			for (;;) yield new Uint8Array(1024 * 1024).fill(120);
		}
		expect(await failureOf(reply(endless()))).toMatchObject({
			kind: 'reply-broken',
			cause: 'event-too-long',
		});
	});
});

describe('what passes through unchanged', () => {
	test.each<[string, object]>([
		['of the platform', { name: 'AbortError', code: 'ABORT_ERR' }],
		['of axios', { name: 'CanceledError', code: 'ERR_CANCELED' }],
		['of n8n', { name: 'ManualExecutionCancelledError' }],
	])('a cancellation %s', async (_name, properties) => {
		const cancellation = Object.assign(new Error('stopped'), properties);
		const end = () => {
			throw cancellation;
		};
		for (const text of [STARTED, STARTED + event({}, {}, 'stop')]) {
			await expect(readCompletion(reply(source(text, end).body), OPTIONS)).rejects.toBe(
				cancellation,
			);
		}
	});

	test('what the listener throws, and the connection is released', async () => {
		const { body, state } = source(STARTED);
		const thrown = new Error('the listener left');
		const onAnswer = () => {
			throw thrown;
		};
		await expect(readCompletion(reply(body), { ...OPTIONS, onAnswer })).rejects.toBe(thrown);
		expect(state.isReleased).toBe(true);
	});
});

describe('the listener', () => {
	test('gets the answer as it comes, and never the thinking', async () => {
		const heard: string[] = [];
		async function* bytes() {
			for (const content of [
				'<th',
				'ink>secret',
				' plan</thi',
				'nk>\n',
				'\nHel',
				'lo <think>',
				'!',
			]) {
				yield bytesOfText(event({ content }));
				heard.push('|');
			}
			yield bytesOfText(event({}, {}, 'stop'));
		}
		await readCompletion(reply(bytes()), { ...OPTIONS, onAnswer: (text) => void heard.push(text) });
		expect(heard.join('')).toBe('||||Hel|lo <think>|!|');
	});

	test('gets a whole frame, when nothing else came', async () => {
		const heard: string[] = [];
		const frame = {
			object: 'chat.completion',
			choices: [{ finish_reason: 'stop', message: { content: '<think>a</think>b' } }],
		};
		const text = `data: ${JSON.stringify(frame)}\n\n`;
		const completion = await completionOf(reply(text), {
			...OPTIONS,
			onAnswer: (piece) => void heard.push(piece),
		});
		expect([completion.content, completion.reasoning, heard]).toEqual(['b', 'a', ['b']]);
	});

	test('holds the reading back while its promise is pending, and keeps the order', async () => {
		const log: string[] = [];
		async function* bytes() {
			for (const content of ['a', 'b']) {
				log.push(`read ${content}`);
				yield bytesOfText(event({ content }));
			}
			yield bytesOfText(event({}, {}, 'stop'));
		}
		const onAnswer = async (text: string) => {
			await new Promise((resolve) => setImmediate(resolve));
			log.push(`heard ${text}`);
		};
		await readCompletion(reply(bytes()), { ...OPTIONS, onAnswer });
		expect(log).toEqual(['read a', 'heard a', 'read b', 'heard b']);
	});
});
