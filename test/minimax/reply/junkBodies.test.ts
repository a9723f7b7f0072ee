import fc from '../../support/fastCheck';

import { readCompletion } from '../../../nodes/minimax/reply/readCompletion';
import { completionOf, verdictOf } from '../../support/readReply';

const SEED = 20261124;
const KEY = 'sk-api-Qw8rT2yUiOpAsDfGhJkLzXcVbNm41';

const OPTIONS = { openerMayBeMissing: false, secrets: [KEY] };

function reply(body: string, type: string) {
	return { status: 200, headers: { 'content-type': type }, body };
}

function asEvents(chunks: readonly unknown[]): string {
	return chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
}

const junk = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom<unknown>(null, '', 0, [], {}, [null], { toString: 5, valueOf: 5 }),
);
const fields = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> =>
	fc.oneof(
		{ weight: 4, arbitrary: fc.record(shape, { requiredKeys: [] }) },
		{ weight: 1, arbitrary: junk },
	);
const message = fields({
	content: fc.oneof(fc.constantFrom<unknown>('a', [{ type: 'text', text: 'p' }]), junk),
	reasoning_content: fc.oneof(fc.constant('r'), junk),
	reasoning_details: fc.oneof(fc.constant([{ text: 'r' }]), junk),
	tool_calls: junk,
});
const chunk = fields({
	id: junk,
	error: fields({ type: junk, message: junk, http_code: junk, code: junk }),
	base_resp: fields({ status_code: junk, status_msg: junk }),
	usage: junk,
	request_id: junk,
	choices: fc.array(
		fields({
			index: fc.constantFrom(0, '0'),
			finish_reason: fc.constantFrom(null, 'stop', 7),
			delta: message,
			message,
		}),
		{ maxLength: 2 },
	),
});

it('a body of any junk is a completion or a failure', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(chunk, { maxLength: 4 }), async (chunks) => {
			for (const [body, type] of [
				[asEvents(chunks), 'text/event-stream'],
				[JSON.stringify(chunks[0] ?? {}), 'application/json'],
			] as const) {
				const result = await readCompletion(reply(body, type), OPTIONS);
				expect('failure' in result ? result.failure.cause : 'none').toEqual(expect.any(String));
			}
		}),
		{ seed: SEED, numRuns: 2000 },
	);
});

it('content in parts beside thinking is read from every chunk', async () => {
	const content = [{ type: 'text', text: 'x' }];
	const chunks = ['ab', 'cd', 'ef'].map((text) => ({
		choices: [{ delta: { content, reasoning_content: text } }],
	}));
	const last = { choices: [{ delta: {}, finish_reason: 'stop' }] };
	const events = reply(asEvents([...chunks, last]), 'text/event-stream');
	const completion = await completionOf(events, OPTIONS);
	expect([completion.content, completion.reasoning]).toEqual(['xxx', 'abcdef']);
});

it('a body nested too deep for an item is no completion', async () => {
	const deep = '['.repeat(20_000) + ']'.repeat(20_000);
	const body = `{"odd":${deep},"choices":[{"message":{"content":"a"}}]}`;
	expect(await verdictOf(reply(body, 'application/json'), OPTIONS)).toMatchObject({
		cause: 'body-malformed',
		retryable: false,
		partial: { content: 'a' },
	});
});

it('a key that the answer repeats goes along with no failure', async () => {
	const body = asEvents([{ id: KEY, choices: [{ delta: { content: `say ${KEY}` } }] }]);
	expect(await verdictOf(reply(body, 'text/event-stream'), OPTIONS)).toMatchObject({
		requestId: '[hidden]',
		partial: { content: 'say [hidden]', id: '[hidden]' },
	});
});
