import { startSimulator, type Fault, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { anyId, apiErrorOf, runChat } from '../support/runChat';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

/** The error of a run whose only request meets the fault. */
async function failWith(fault: Fault) {
	simulator.script({ fault });
	const result = await runChat(simulator, { options: { maxRetries: 0 } });
	expect(result.run.status).toBe('error');
	expect(simulator.requests).toHaveLength(1);
	return apiErrorOf(result);
}

const keyAdvice =
	"Check 'API Key' in the credential 'My miniMaxPlatformApi' and whether it belongs to the server behind 'Base URL'. A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with.";
const again = 'Run the node again in a moment.';
const wait =
	'Wait until the quota is renewed, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.';

interface CodeCase {
	code: number;
	status: number;
	/** The API's words without the code in parentheses. */
	words?: string;
	message: string;
	description: string;
	/** What n8n's engine makes of it. */
	engineCause: string | undefined;
}

const codeCases: CodeCase[] = [
	...[1000, 1013, 1024].map((code) => ({
		code,
		status: 500,
		message: 'MiniMax reported an internal fault',
		description: again,
		engineCause: 'temporarily-unavailable',
	})),
	{
		code: 1001,
		status: 500,
		message: 'MiniMax took too long and gave up on the request',
		description: 'Run the node again, with a shorter prompt if it happens often.',
		engineCause: 'temporarily-unavailable',
	},
	{
		code: 1033,
		status: 500,
		message: 'A system behind the MiniMax API did not answer',
		description: again,
		engineCause: 'temporarily-unavailable',
	},
	{
		code: 1004,
		status: 401,
		message: 'MiniMax did not accept the API key',
		description: keyAdvice,
		engineCause: 'credential-invalid',
	},
	{
		code: 2049,
		status: 401,
		message: 'MiniMax does not know this API key',
		description: keyAdvice,
		engineCause: 'credential-invalid',
	},
	{
		code: 1008,
		status: 402,
		message: 'The balance of the MiniMax account is used up',
		description:
			'Top up the account in the MiniMax console. If you have a subscription, use its subscription key: a pay-as-you-go key does not draw on the plan.',
		engineCause: 'quota-exhausted',
	},
	...[1028, 1030].map((code) => ({
		code,
		status: 429,
		message: 'The quota of the MiniMax plan is used up',
		description: wait,
		engineCause: 'quota-exhausted',
	})),
	{
		code: 2056,
		status: 429,
		words: 'usage limit exceeded, weekly usage limit reached, resets at 2026-12-01T00:00:00Z',
		message: 'The weekly usage limit of the MiniMax plan is used up until 2026-12-01T00:00:00Z',
		description:
			'Run the workflow again after that time, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.',
		engineCause: 'quota-exhausted',
	},
	{
		code: 2061,
		status: 403,
		message: 'The MiniMax plan of this key does not include MiniMax-M3',
		description:
			"Choose another model in 'Model', get a plan that includes this one, or use a pay-as-you-go key.",
		engineCause: 'configuration-invalid',
	},
	{
		code: 1026,
		status: 422,
		message: "MiniMax's content check rejected the messages",
		description: 'Change what the messages say about sensitive topics, then run the node again.',
		engineCause: undefined,
	},
	{
		code: 1027,
		status: 422,
		message: "MiniMax's content check rejected the model's answer",
		description:
			'Ask in other words so that the answer stays clear of sensitive topics, then run the node again.',
		engineCause: undefined,
	},
	{
		code: 1039,
		status: 400,
		message: 'The request passes the limit on tokens of this account',
		description:
			"Shorten the messages or lower 'Max Tokens'; if many requests run at once, lower 'Max Concurrency' in the options.",
		engineCause: 'configuration-invalid',
	},
	{
		code: 1042,
		status: 400,
		message: 'The messages hold too many invisible characters',
		description:
			'Remove control characters, zero-width characters and long runs of blanks from the messages.',
		engineCause: 'configuration-invalid',
	},
	{
		code: 2013,
		status: 400,
		words: 'invalid params, context window exceeds limit',
		message: 'The messages do not fit into the context window of MiniMax-M3',
		description:
			"Shorten the messages, lower 'Max Tokens', or choose a model with a larger context in 'Model'.",
		engineCause: 'configuration-invalid',
	},
];

describe.each(codeCases)(
	'code $code',
	({ code, status, words, message, description, engineCause }) => {
		it(`as HTTP ${status} with the error envelope`, async () => {
			const error = await failWith({ code, status, message: words });
			const apiMessage = expect.stringMatching(new RegExp(`^${words ?? '.+'} \\(${code}\\)$`));
			const { requestId } = error.data as { requestId: string };

			expect(error).toEqual({
				message,
				description: expect.stringContaining(`${description} The answer was: “`),
				httpCode: String(status),
				itemIndex: 0,
				data: { httpCode: status, code, apiMessage, requestId: anyId },
				engineCause,
			});
			expect(error.description).toMatch(new RegExp(`Request ID: ${requestId}\\.$`));
		});

		it('as HTTP 200 with base_resp', async () => {
			const error = await failWith({ baseResp: code, message: words });
			const apiMessage = words ?? expect.stringMatching(/./);

			expect(error).toEqual({
				message,
				description: expect.stringContaining(description),
				httpCode: '200',
				itemIndex: 0,
				data: { httpCode: 200, code, apiMessage, requestId: anyId },
				engineCause,
			});
			expect(error.description).toContain(`(${code})`);
		});
	},
);

describe('a reply that is no completion', () => {
	it.each<[string, Fault, message: string, apiMessage: string | null]>([
		[
			'HTML with HTTP 502',
			{ status: 502, body: 'html' },
			"The server behind 'Base URL' reported an internal fault (HTTP 502)",
			'502 Bad Gateway',
		],
		[
			'HTML with HTTP 200',
			{ status: 200, body: 'html' },
			"The server behind 'Base URL' sent a web page instead of a completion",
			'502 Bad Gateway',
		],
		[
			'HTML with HTTP 404',
			{ status: 404, body: 'html' },
			"The server behind 'Base URL' has no chat completions at this address",
			'502 Bad Gateway',
		],
		[
			'an empty body with HTTP 200',
			{ status: 200, body: 'empty' },
			"The server behind 'Base URL' sent an empty reply",
			null,
		],
		[
			'an empty body with HTTP 400',
			{ status: 400, body: 'empty' },
			"The server behind 'Base URL' does not take the request (HTTP 400)",
			null,
		],
		[
			'an empty body with HTTP 401',
			{ status: 401, body: 'empty' },
			"The server behind 'Base URL' did not accept the API key",
			null,
		],
		[
			'an empty body with HTTP 413',
			{ status: 413, body: 'empty' },
			"The server behind 'Base URL' does not take a request of this size",
			null,
		],
		[
			'text with HTTP 403',
			{ status: 403, body: { text: 'country not allowed' } },
			"The server behind 'Base URL' denied access",
			'country not allowed',
		],
		[
			'JSON that is something else',
			{ status: 200, body: { text: '{"status":"up"}' } },
			"The server behind 'Base URL' sent a reply that is no completion",
			null,
		],
		[
			'broken JSON with HTTP 200',
			{ status: 200, body: { text: '{"id":"a1","choices":[{"mess' } },
			'The reply is not valid JSON, or it was cut short',
			null,
		],
		[
			'a code that is not known',
			{ baseResp: 4321, message: 'strange weather' },
			"The server behind 'Base URL' answered with the code 4321, which is not known here",
			'strange weather',
		],
	])('%s', async (_, fault, message, apiMessage) => {
		const error = await failWith(fault);
		const httpCode = fault.status ?? 200;

		expect(error).toMatchObject({
			message,
			description: expect.stringMatching(/\S/),
			httpCode: String(httpCode),
			itemIndex: 0,
			data: { httpCode, apiMessage, requestId: anyId },
		});
	});
});

it('a model the API does not know', async () => {
	const parameters = { model: { mode: 'id', value: 'MiniMax-M9' } };

	expect(apiErrorOf(await runChat(simulator, { parameters }))).toEqual({
		message: "MiniMax does not know the model 'MiniMax-M9'",
		description: expect.stringContaining("Choose a model from the list in 'Model'"),
		httpCode: '400',
		itemIndex: 0,
		data: {
			httpCode: 400,
			code: 2013,
			apiMessage: "invalid params, unknown model 'minimax-m9' (2013)",
			requestId: anyId,
		},
		engineCause: 'configuration-invalid',
	});
});

it('a model that a self-hosted server does not serve', async () => {
	simulator.set({ mode: 'vllm', models: ['MiniMaxAI/MiniMax-M2'] });

	expect(apiErrorOf(await runChat(simulator))).toMatchObject({
		message: "The server behind 'Base URL' does not know the model 'MiniMax-M3'",
		httpCode: '404',
		data: { code: null, apiMessage: 'The model `MiniMax-M3` does not exist.' },
	});
});

it('names the item, and says how many succeeded and how to keep them', async () => {
	const items = [{}, {}, { fault: '#sim {"fault":{"code":1026}}' }];
	const rows = [{ role: 'user', content: '=Hello\n{{ $json.fault ?? "" }}' }];
	const error = apiErrorOf(await runChat(simulator, { items, rows }));

	expect(error.message).toBe(
		"MiniMax's content check rejected the messages [row 3, item 2 in n8n; 2 of 3 items had succeeded]",
	);
	expect(error.itemIndex).toBe(2);
	expect(error.description).toContain(
		"2 of 3 answers are kept: run the step again, or press Retry, and only the rest is asked for. To pass on the items that succeed, set 'On Error' in the node's settings to 'Continue' or 'Continue (using error output)'.",
	);
});
