import { readCompletion } from '../../../nodes/minimax/reply/readCompletion';

const encoder = new TextEncoder();

/** A body that begins so and then never ends; whether its reader has closed it. */
function endless(begin: string, rest: string) {
	const state = { isClosed: false };
	const body = {
		[Symbol.asyncIterator]: () => {
			let text = begin;
			return {
				async next() {
					const value = encoder.encode(text);
					text = rest;
					return { done: false as const, value };
				},
				async return() {
					state.isClosed = true;
					return { done: true as const, value: undefined };
				},
			};
		},
	};
	return { body, state };
}

const chunk = (choice: object) => `data: ${JSON.stringify({ id: 'a', choices: [choice] })}\n\n`;
const word = chunk({ index: 0, delta: { content: 'Oslo ' } });
const long = 'x'.repeat(1024 * 1024);

it.each<[string, number, string, string]>([
	['an end sign', 200, `${word}data: [DONE]\n\n`, word],
	['an event that is no chunk', 200, `${word}data: {"id"\n\n`, word],
	['a failure inside of it', 200, `${word}data: {"error":{"code":500,"message":"x"}}\n\n`, word],
	['an answer that its server gave up', 200, word, chunk({ delta: {}, finish_reason: 'error' })],
	['an event that is too long', 200, `${word}data: "`, long],
	['an answer that is too long', 200, word, chunk({ delta: { content: long } })],
	['JSON that is too long', 200, '{"id":"', long],
	['blanks that never end', 200, ' ', ' '.repeat(100_000)],
	['text that is no reply', 200, '<html>', long],
	['a refusal that never ends', 500, '{"error":"', long],
])('%s closes the reply', async (_, status, begin, rest) => {
	const { body, state } = endless(begin, rest);
	await readCompletion({ status, headers: {}, body }, { openerMayBeMissing: false });

	expect(state.isClosed).toBe(true);
});

it('a listener that throws closes the reply', async () => {
	const { body, state } = endless(word, word);
	const onAnswer = (): never => {
		throw new Error('Gone');
	};

	await expect(
		readCompletion({ status: 200, headers: {}, body }, { openerMayBeMissing: false, onAnswer }),
	).rejects.toThrow('Gone');
	expect(state.isClosed).toBe(true);
});
