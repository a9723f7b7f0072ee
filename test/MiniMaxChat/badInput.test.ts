import { NodeOperationError, type IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import type { NodeResult } from '../../dev/engine/runNode.ts';
import { apiErrorOf, jsonOf, runChat, textOfEachItem, type ChatSetup } from '../support/runChat';
import { waitFor } from '../support/waitFor';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(async () => await simulator.close());

/** n8n makes a NodeApiError of every error that leaves a declarative node; ours is its cause. */
function refusalOf(result: NodeResult) {
	expect(result.error?.cause).toBeInstanceOf(NodeOperationError);
	const { message, description, itemIndex } = apiErrorOf(result);
	return { message, description, itemIndex };
}

const asJson = (messagesJson: unknown): ChatSetup => ({
	items: [{ chat: messagesJson as IDataObject }],
	parameters: { messagesFrom: 'json', messagesJson: '={{ $json.chat }}' },
});
const withModel = (value: string, parameters: IDataObject): ChatSetup => ({
	parameters: { model: { mode: 'id', value }, ...parameters } as ChatSetup['parameters'],
});

describe('is refused in one sentence before any request:', () => {
	it.each<[string, ChatSetup, message: string]>([
		['no message', { rows: [] }, "'Messages' holds no message with a text [row 1, item 0 in n8n]"],
		[
			'only empty messages',
			{ rows: [{ role: 'user', content: ' \n ' }] },
			"'Messages' holds no message with a text [row 1, item 0 in n8n]",
		],
		[
			'only a system message',
			{ rows: [{ role: 'system', content: 'Be brief.' }] },
			"'Messages' holds nothing for the model to answer, only a system message [row 1, item 0 in n8n]",
		],
		[
			'a role of another model',
			{ rows: [{ role: 'group', content: 'On deck' }] },
			"'Messages', message 1 has the role 'group', which MiniMax-M3 does not know [row 1, item 0 in n8n]",
		],
		[
			'an unknown role',
			asJson([{ role: 'robot', content: 'Hello' }]),
			"'Messages (JSON)', entry 1 has the role 'robot', which MiniMax-M3 does not know [row 1, item 0 in n8n]",
		],
		[
			'broken JSON',
			asJson('[{"role": "user"'),
			"'Messages (JSON)' is not valid JSON [row 1, item 0 in n8n]",
		],
		[
			'JSON that is no array',
			asJson({ role: 'user', content: 'Hello' }),
			"'Messages (JSON)' is not an array of messages [row 1, item 0 in n8n]",
		],
		[
			'an empty array',
			asJson([]),
			"'Messages (JSON)' holds no message with a text [row 1, item 0 in n8n]",
		],
		[
			'an array of text',
			asJson(['Hello']),
			"'Messages (JSON)', entry 1 is not a message [row 1, item 0 in n8n]",
		],
		[
			'a tool result without its call',
			asJson([{ role: 'tool', tool_call_id: 'call_9', content: '7' }]),
			"'Messages (JSON)', entry 1 is a tool result for 'call_9', which no assistant message right before it asked for [row 1, item 0 in n8n]",
		],
		[
			'temperature above what M2 takes',
			withModel('MiniMax-M2.7', { temperature: 1.5 }),
			"'Temperature' is 1.5, but MiniMax-M2.7 takes more than 0 and up to 1 [row 1, item 0 in n8n]",
		],
		[
			'temperature 0 for M2',
			withModel('MiniMax-M2.7', { temperature: 0 }),
			"'Temperature' is 0, but MiniMax-M2.7 takes more than 0 and up to 1 [row 1, item 0 in n8n]",
		],
		[
			'temperature above what M3 takes',
			withModel('minimax-m3', { temperature: 2.5 }),
			"'Temperature' is 2.5, but MiniMax-M3 takes 0 to 2 [row 1, item 0 in n8n]",
		],
		[
			'top P above 1',
			{ parameters: { topP: 1.01 } },
			"'Top P' is 1.01, but MiniMax-M3 takes 0 to 1 [row 1, item 0 in n8n]",
		],
		[
			'temperature that is no number',
			{ items: [{ heat: 'warm' }], parameters: { temperature: '={{ $json.heat }}' } },
			"'Temperature' is not a number [row 1, item 0 in n8n]",
		],
		[
			'max tokens 0',
			{ parameters: { maxTokens: 0 } },
			"'Max Tokens' is 0, but has to be a whole number of at least 1 [row 1, item 0 in n8n]",
		],
		[
			'max tokens that are not whole, for any model',
			withModel('acme/Our-Tune', { maxTokens: 10.5 }),
			"'Max Tokens' is 10.5, but has to be a whole number of at least 1 [row 1, item 0 in n8n]",
		],
		[
			'retries that are no number',
			{ options: { maxRetries: 'many' } },
			"'Max Retries' is not a number [row 1, item 0 in n8n]",
		],
		[
			'a concurrency below 0',
			{ options: { maxConcurrency: -1 } },
			"'Max Concurrency' is -1, but has to be a whole number of at least 0 [row 1, item 0 in n8n]",
		],
		['no model', withModel(' ', {}), "'Model' is empty [row 1, item 0 in n8n]"],
		[
			'additional fields that are no object',
			{ options: { additionalBody: '[1]' } },
			"'Additional Body Fields' is not a JSON object [row 1, item 0 in n8n]",
		],
		[
			'images for a model that reads text only',
			{
				...withModel('MiniMax-M2.7', {}),
				options: { images: { values: [{ source: 'url', url: 'https://example.com/a.png' }] } },
			},
			"'Images' cannot be used with MiniMax-M2.7, which reads text only [row 1, item 0 in n8n]",
		],
		[
			'a base URL that is no address',
			{ baseUrl: 'api.minimax.io/v1' },
			"'Base URL' is not an address that starts with http:// or https:// [row 1, item 0 in n8n]",
		],
		[
			'a base URL of another protocol',
			{ baseUrl: 'ftp://api.minimax.io/v1' },
			"'Base URL' is not an address that starts with http:// or https:// [row 1, item 0 in n8n]",
		],
		['no base URL', { baseUrl: '' }, "'Base URL' is empty [row 1, item 0 in n8n]"],
		['no key', { apiKey: '' }, "'API Key' is empty [row 1, item 0 in n8n]"],
		['a key of blanks', { apiKey: ' \n' }, "'API Key' is empty [row 1, item 0 in n8n]"],
	])('%s', async (_, setup, message) => {
		const refusal = refusalOf(await runChat(simulator, setup));

		expect(refusal).toEqual({ message, description: expect.stringMatching(/\S\.$/), itemIndex: 0 });
		expect(simulator.requests).toEqual([]);
	});
});

it('says what would be right', async () => {
	const tooCold = withModel('MiniMax-M2.7', { temperature: 0 });
	const { description } = refusalOf(await runChat(simulator, tooCold));

	expect(description).toBe(
		'A small number such as 0.01 gives answers that vary as little as possible.',
	);
});

it('does not quote a key that cannot be used', async () => {
	const apiKey = 'sk-••••••••1234';
	const result = await runChat(simulator, { apiKey });

	expect(refusalOf(result).message).toBe(
		"'API Key' holds characters that no key has [row 1, item 0 in n8n]",
	);
	expect(result.saved).not.toContain(apiKey);
	expect(result.saved).not.toContain('1234');
	expect(simulator.requests).toEqual([]);
});

describe('when only item 3 of 5 is bad', () => {
	const setup: ChatSetup = {
		items: ['Hello', 'Hi', 'Hey', '', 'Good day'].map((text) => ({ text, note: `for ${text}` })),
		rows: textOfEachItem,
	};
	const message = "'Messages' holds no message with a text [row 4, item 3 in n8n]";
	const description =
		'Add at least one message with a text. If it comes from an expression, check that the expression gives a value for this item.';

	it('nothing is sent when that stops the workflow', async () => {
		const result = await runChat(simulator, setup);

		expect(refusalOf(result)).toEqual({ message, description, itemIndex: 3 });
		expect(result.run.status).toBe('error');
		expect(simulator.requests).toEqual([]);
	});

	it('the others come through with Continue', async () => {
		const { outputs, error } = await runChat(simulator, {
			...setup,
			onError: 'continueRegularOutput',
		});

		expect(error).toBeUndefined();
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(outputs[0]?.[3]).toMatchObject({
			json: { error: message, details: { description, itemIndex: 3 } },
			pairedItem: { item: 3 },
		});
		expect(jsonOf(outputs[0]).map(({ content }) => typeof content)).toEqual([
			'string',
			'string',
			'string',
			'undefined',
			'string',
		]);
		expect(simulator.requests).toHaveLength(4);
	});

	it('the others come through with an error output, the bad one with its input', async () => {
		const { outputs } = await runChat(simulator, { ...setup, onError: 'continueErrorOutput' });

		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 4].map((item) => ({ item })),
		);
		expect(jsonOf(outputs[1])).toEqual([
			{ text: '', note: 'for ', error: message, details: { description, itemIndex: 3 } },
		]);
		expect(simulator.requests).toHaveLength(4);
	});
});

it('a credential that cannot be used makes an error item of every item', async () => {
	const { outputs } = await runChat(simulator, {
		items: [{}, {}],
		apiKey: '',
		onError: 'continueRegularOutput',
	});

	expect(jsonOf(outputs[0]).map(({ error }) => error)).toEqual([
		"'API Key' is empty [row 1, item 0 in n8n]",
		"'API Key' is empty [row 2, item 1 in n8n]",
	]);
	expect(simulator.requests).toEqual([]);
});

describe('an expression that throws', () => {
	const content = "={{ $json.text ?? $('Nowhere').first().json.text }}";
	const rows = [{ role: 'user', content }];
	const items = [{ text: 'Hello' }, { text: 'Hello' }, { text: null }, { text: 'Hello' }];

	it('keeps the whole run from being sent, and nothing goes unhandled', async () => {
		const unhandled: unknown[] = [];
		const note = (reason: unknown) => unhandled.push(reason);
		process.on('unhandledRejection', note);
		const { error } = await runChat(simulator, { items: [{ text: ' ' }, ...items], rows });
		// Rejections are reported once the microtasks are done.
		await new Promise((resolve) => setImmediate(resolve));
		process.off('unhandledRejection', note);

		expect(error?.message).toContain("Referenced node doesn't exist");
		expect(simulator.requests).toEqual([]);
		expect(unhandled).toEqual([]);
	});

	it('costs only its own item with Continue', async () => {
		const { outputs } = await runChat(simulator, {
			items,
			rows,
			onError: 'continueRegularOutput',
		});

		expect(jsonOf(outputs[0]).map((json) => json.content)).toEqual([
			'Hello! How can I help you today?',
			'Hello! How can I help you today?',
			undefined,
			'Hello! How can I help you today?',
		]);
	});

	it('comes in time where one batch holds them all', async () => {
		const batch = { batchSize: 50, batchInterval: 30 };
		await runChat(simulator, {
			items,
			rows,
			parameters: { requestOptions: { batching: { batch } } },
		});

		expect(simulator.requests).toEqual([]);
	});

	it('comes too late for the rows that Batching has sent before', async () => {
		const { error } = await runChat(simulator, {
			items,
			rows,
			parameters: { requestOptions: { batching: { batch: { batchSize: 1, batchInterval: 30 } } } },
		});

		expect(error?.message).toContain("Referenced node doesn't exist");
		// The run may end before they have come in.
		await waitFor(() => simulator.requests.length >= 2);
		expect(simulator.requests).toHaveLength(2);
	});
});

it('sends the first item only with Execute Once', async () => {
	const { outputs } = await runChat(simulator, {
		items: [{ text: 'Hello' }, { text: 'Hello' }, { text: 'Hello' }],
		rows: textOfEachItem,
		executeOnce: true,
	});

	expect(jsonOf(outputs[0])).toHaveLength(1);
	expect(simulator.requests).toHaveLength(1);
});
