import {
	startSimulator,
	type Fault,
	type ScriptedReply,
	type Simulator,
} from '../../dev/simulator/startSimulator.ts';
import { anyId, apiErrorOf, jsonOf, runChat } from '../support/runChat';
import { noUsage } from '../support/noUsage';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

const reasoningText = 'They want a list of towns. ';
const reply = 'Oslo, Bergen, Trondheim, Stavanger';
/** The thinking and three of five pieces of the answer arrive. */
const chunked: ScriptedReply = { reply, reasoningText, chunkCharacters: 8 };
const sentChunks = Math.ceil(reasoningText.length / 8) + 3;
const partial = {
	content: reply.slice(0, 24),
	reasoning: reasoningText.trim(),
	usage: noUsage,
	id: anyId,
	model: 'MiniMax-M3',
};

interface Break {
	name: string;
	fault: Fault;
	message: string;
	httpCode: number;
	code: number | null;
	apiMessage: string | null;
}

const silent = { httpCode: 200, code: null, apiMessage: null };
const breaks: Break[] = [
	{
		name: 'a reset',
		fault: { stream: 'reset' },
		message: "The connection to the server behind 'Base URL' broke off in the middle of the reply",
		...silent,
	},
	{
		name: 'an end before the model was finished',
		fault: { stream: 'end' },
		message: 'The reply ended before the model was finished',
		...silent,
	},
	{
		name: 'an error object',
		fault: { stream: 'error', code: 1013 },
		message: 'MiniMax reported an internal fault',
		httpCode: 500,
		code: 1013,
		apiMessage: 'internal server error (1013)',
	},
	{
		name: 'a base_resp code',
		fault: { stream: 'base-resp', code: 1008 },
		message: 'The balance of the MiniMax account is used up',
		httpCode: 200,
		code: 1008,
		apiMessage: 'insufficient balance',
	},
	{
		name: 'moderation of the answer',
		fault: { stream: 'base-resp', code: 1027 },
		message: "MiniMax's content check rejected the model's answer",
		httpCode: 200,
		code: 1027,
		apiMessage: 'output new_sensitive',
	},
	{
		name: 'malformed JSON',
		fault: { stream: 'malformed' },
		message: 'The reply holds a piece that is not valid JSON',
		...silent,
	},
];

describe.each(breaks)('a stream broken by $name', ({ fault, message, ...facts }) => {
	const { httpCode, code, apiMessage } = facts;
	const brokenOff = { ...chunked, fault: { ...fault, afterChunks: sentChunks } };

	it('keeps what had arrived in the error item', async () => {
		simulator.script(brokenOff);
		const { outputs } = await runChat(simulator, { onError: 'continueRegularOutput' });

		expect(jsonOf(outputs[0])).toEqual([
			{
				error: message,
				details: {
					description: expect.stringMatching(/\S/),
					httpCode,
					code,
					apiMessage,
					requestId: anyId,
					partial,
					itemIndex: 0,
				},
			},
		]);
	});

	it('is not sent again, and the error that stops the workflow keeps it too', async () => {
		simulator.script(brokenOff);
		const error = apiErrorOf(await runChat(simulator));

		expect(error.message).toBe(message);
		expect(error.data).toMatchObject({ partial });
		expect(error.message + error.description).not.toContain('Oslo');
		expect(simulator.requests).toHaveLength(1);
	});
});

it.each(['reset', 'end'] as const)(
	'%s after the model was finished is no failure',
	async (stream) => {
		const chunks = sentChunks + 2;
		simulator.script({ ...chunked, fault: { stream, afterChunks: chunks } });
		const { outputs } = await runChat(simulator);

		expect(jsonOf(outputs[0])).toEqual([
			{
				content: reply,
				reasoning: reasoningText.trim(),
				usage: noUsage,
				finishReason: 'stop',
				model: 'MiniMax-M3',
				id: anyId,
			},
		]);
	},
);

it('a reset before any text is sent again', async () => {
	simulator.set({ ...chunked, fault: { stream: 'reset', afterChunks: 0, times: 1 } });
	const { outputs } = await runChat(simulator);

	expect(jsonOf(outputs[0])).toMatchObject([{ content: reply }]);
	expect(simulator.requests).toHaveLength(2);
});

describe('with Streaming off', () => {
	it.each<[Fault['stream'], string]>([
		[
			'reset',
			"The connection to the server behind 'Base URL' broke off in the middle of the reply",
		],
		['malformed', 'The reply is not valid JSON, or it was cut short'],
	])(
		'a reply cut by %s is not sent again, and what had arrived is kept',
		async (stream, message) => {
			simulator.set({ ...chunked, fault: { stream } });
			const options = { streaming: 'off' };

			const error = apiErrorOf(await runChat(simulator, { options }));
			expect(error).toMatchObject({ message, httpCode: '200', data: { requestId: anyId } });
			expect(error.data).toMatchObject({ partial: { ...partial, content: reply, model: null } });
			expect(simulator.requests).toHaveLength(1);
		},
	);

	it.each([
		['broken JSON', '{"id":"a1","choices":[{"message":{"content":"Oslo, Ber'],
		['JSON that ends before the answer', '{"id":"a1","choices":[{"mess'],
	])('%s is not asked for again', async (_, text) => {
		simulator.set({ fault: { status: 200, body: { text } } });
		await runChat(simulator, { options: { streaming: 'off' } });

		expect(simulator.requests).toHaveLength(1);
	});
});
