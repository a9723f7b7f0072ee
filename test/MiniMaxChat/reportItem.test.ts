import type { IExecutePaginationFunctions, INodeExecutionData } from 'n8n-workflow';

import { failureOf } from '../../nodes/minimax/failure/failure';
import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import type { ChatItem } from '../../nodes/MiniMaxChat/chatItem';
import { reportFailure, reportInvalid } from '../../nodes/MiniMaxChat/reportItem';
import { partly } from '../support/partly';

interface Case {
	onError?: 'continueErrorOutput' | 'continueRegularOutput';
	itemCount?: number;
	succeeded?: number;
	/** Items whose answers are kept. */
	kept?: number;
	isTool?: boolean;
	/** The item could not be prepared. */
	isUnprepared?: boolean;
	isStopped?: boolean;
	parameters?: object;
}

function setUp(given: Case = {}) {
	const { itemCount = 5, succeeded = 2, kept = 0, isTool = false, onError } = given;
	let waits = 0;
	const run = {
		itemCount,
		succeeded,
		kept: { count: kept },
		isTool,
		stopsAtFailure: onError === undefined,
		whenIdle: async () => void (waits += 1),
	};
	const item = partly<ChatItem>({
		run,
		index: 3,
		...(given.isUnprepared !== true && { prepared: { settings: { includedInput: 'all' } } }),
	});
	const node = {
		name: 'Chat',
		onError,
		parameters: given.parameters ?? {},
		credentials: { miniMaxPlatformApi: { id: '1', name: 'Mine' } },
	};
	const signal = given.isStopped === true ? AbortSignal.abort() : new AbortController().signal;
	const context = partly<IExecutePaginationFunctions>({
		getNode: () => node,
		getInputData: () => ({ json: { id: 7, town: 'Ulm' } }),
		getExecutionCancelSignal: () => (given.isStopped === false ? undefined : signal),
	});
	return { item, context, waits: () => waits };
}

const failure = failureOf({
	kind: 'server-fault',
	message: 'It failed',
	description: "Look at the credential 'MiniMax Platform API'",
	httpStatus: 500,
	requestId: 'r1',
	attempts: 2,
});
const details = { httpCode: 500, code: null, apiMessage: null, requestId: 'r1', attempts: 2 };
const invalid = new InvalidInput('is empty', 'Fill it.', { input: 'messages' });

const thrown = async (reporting: Promise<unknown>) =>
	await reporting.then(
		() => undefined,
		(error: unknown) => error,
	);

describe('a failed request', () => {
	it('becomes an item with its input, where the workflow continues', async () => {
		const { item, context, waits } = setUp({ onError: 'continueRegularOutput' });
		expect(await reportFailure(context, item, failure)).toEqual([
			{
				json: {
					id: 7,
					town: 'Ulm',
					error: 'It failed [row 4, item 3 in n8n]',
					details: {
						description: "Look at the credential 'Mine'. Request ID: r1.",
						...details,
						itemIndex: 3,
					},
				},
				pairedItem: { item: 3 },
			},
		]);
		expect(waits()).toBe(0);
	});

	it('is not counted where it is the only one', async () => {
		const { item, context } = setUp({ onError: 'continueRegularOutput', itemCount: 1 });
		const [only] = await reportFailure(context, item, failure);
		expect(only?.json.error).toBe('It failed');
	});

	it('goes to the error output without its input, as n8n adds that', async () => {
		const { item, context } = setUp({ onError: 'continueErrorOutput' });
		const [only] = await reportFailure(context, item, failure);
		expect(Object.keys(only?.json ?? {})).toEqual(['error', 'details']);
		// Older versions of n8n see it there, but do not copy it.
		const hidden = (only as INodeExecutionData).error;
		expect(hidden).toEqual({ message: 'It failed [row 4, item 3 in n8n]' });
		expect(Object.keys(only ?? {})).toEqual(['json', 'pairedItem']);
	});

	it.each<[string, Case, string, string]>([
		[
			'and says how many had succeeded, and how to keep them',
			{},
			'It failed [row 4, item 3 in n8n; 2 of 5 items had succeeded]',
			"Look at the credential 'Mine'. To keep the items that succeed, set 'On Error' in the node's settings to 'Continue' or 'Continue (using error output)'. Request ID: r1.",
		],
		[
			'and says how many are kept, and how to pass them on',
			{ kept: 2 },
			'It failed [row 4, item 3 in n8n; 2 of 5 items had succeeded]',
			"Look at the credential 'Mine'. 2 of 5 answers are kept: run the step again, or press Retry, and only the rest is asked for. To pass on the items that succeed, set 'On Error' in the node's settings to 'Continue' or 'Continue (using error output)'. Request ID: r1.",
		],
		[
			'and says no more where it is the only one',
			{ itemCount: 1 },
			'It failed',
			"Look at the credential 'Mine'. Request ID: r1.",
		],
	])(
		'ends the workflow once the others are done, %s',
		async (_what, given, message, description) => {
			const { item, context, waits } = setUp(given);
			expect(await thrown(reportFailure(context, item, failure))).toMatchObject({
				name: 'NodeApiError',
				message,
				description,
				context: { itemIndex: 3, data: details },
			});
			expect(waits()).toBe(1);
		},
	);
});

describe('input that cannot be sent', () => {
	it('becomes an item, where the workflow continues', async () => {
		const { item, context, waits } = setUp({ onError: 'continueRegularOutput' });
		expect(await reportInvalid(context, item, invalid)).toEqual([
			{
				json: {
					id: 7,
					town: 'Ulm',
					error: "'Messages' is empty [row 4, item 3 in n8n]",
					details: { description: 'Fill it.', itemIndex: 3 },
				},
				pairedItem: { item: 3 },
			},
		]);
		expect(waits()).toBe(0);
	});

	it('becomes one without its input where that could not be read', async () => {
		const { item, context } = setUp({ onError: 'continueRegularOutput', isUnprepared: true });
		const [only] = await reportInvalid(context, item, invalid);
		expect(Object.keys(only?.json ?? {})).toEqual(['error', 'details']);
	});

	it.each<[string, Case, string]>([
		['alone', {}, 'Fill it.'],
		[
			'with what is kept',
			{ kept: 4 },
			'Fill it. 4 of 5 answers are kept: run the step again, or press Retry, and only the rest is asked for.',
		],
	])('ends the workflow once the others are done, %s', async (_what, given, description) => {
		const { item, context, waits } = setUp(given);
		expect(await thrown(reportInvalid(context, item, invalid))).toMatchObject({
			name: 'NodeOperationError',
			message: "'Messages' is empty [row 4, item 3 in n8n]",
			description,
			context: { itemIndex: 3 },
		});
		expect(waits()).toBe(1);
	});

	it.each([
		[{}, "'Messages' is empty"],
		[{ content: "={{ $fromAI('town') }}" }, `'Messages' is empty [the call gave 'town' "Ulm"]`],
	])('shows an agent what it gave: %j', async (parameters, message) => {
		const { item, context } = setUp({ isTool: true, itemCount: 1, parameters });
		expect(await thrown(reportInvalid(context, item, invalid))).toMatchObject({ message });
	});

	it('names the credential as the person does', async () => {
		const { item, context } = setUp();
		const key = new InvalidInput('is empty', 'Paste it.', { input: 'apiKey' });
		expect(await thrown(reportInvalid(context, item, key))).toMatchObject({
			description: "Open the credential 'Mine'. Paste it.",
		});
	});
});

describe('what ends an item otherwise', () => {
	it.each([undefined, false])('comes out as it is: signal %s', async (isStopped) => {
		const { item, context, waits } = setUp({ onError: 'continueRegularOutput', isStopped });
		const odd = new Error('odd');
		expect(await thrown(reportInvalid(context, item, odd))).toBe(odd);
		expect(waits()).toBe(0);
	});

	it('is reported as a stopped execution where it is one, once the others are done', async () => {
		const { item, context, waits } = setUp({
			onError: 'continueRegularOutput',
			isStopped: true,
		});
		for (const problem of [new Error('aborted'), invalid]) {
			expect(await thrown(reportInvalid(context, item, problem))).toMatchObject({
				name: 'NodeOperationError',
				message: 'The execution was canceled',
			});
		}
		expect(waits()).toBe(2);
	});
});
