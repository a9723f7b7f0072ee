import type { IExecutePaginationFunctions } from 'n8n-workflow';

import type { Completion } from '../../nodes/minimax/completion';
import { failureOf, type Failure } from '../../nodes/minimax/failure/failure';
import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import { sendPatiently, type SendPatientlyOptions } from '../../nodes/minimax/pace/sendPatiently';
import { attachMedia } from '../../nodes/MiniMaxChat/attachMedia';
import { requestCompletion } from '../../nodes/MiniMaxChat/requestCompletion';
import { exchange } from '../../nodes/n8n/exchange';
import { readAccess } from '../../nodes/n8n/readAccess';
import { partly } from '../support/partly';
import { totalUsage } from '../support/totalUsage';

// When requests go out is tested in virtual time (test/minimax/pace), over the wire in the engine; here, what a
// run hears of them.
jest.mock('../../nodes/minimax/pace/sendPatiently', () => ({ sendPatiently: jest.fn() }));
jest.mock('../../nodes/MiniMaxChat/attachMedia', () => ({ attachMedia: jest.fn() }));
jest.mock('../../nodes/n8n/exchange', () => ({ exchange: jest.fn() }));
const sending = jest.mocked(sendPatiently);
const attaching = jest.mocked(attachMedia);
const exchanging = jest.mocked(exchange);
afterEach(() => jest.resetAllMocks());

const body = { model: 'MiniMax-M3', messages: [{ role: 'user', content: 'Hi' }] };
const access = readAccess({ apiKey: 'sk-one', region: 'international' });
const completion = partly<Completion>({ content: 'Nine.', usage: totalUsage(5) });
const failure = failureOf({ kind: 'server-fault', message: 'It failed', description: 'Wait.' });

interface Case {
	continues?: boolean;
	/** Whether the run ends at a failure. */
	ends?: boolean;
	/** Undefined where nobody listens. */
	hasWritten?: boolean;
	goesOn?: (failure: Failure) => boolean;
}

/** How a request is to be sent, and what was reported to its run. */
async function ask({ continues = false, ends = true, hasWritten, goesOn }: Case = {}) {
	const seen: string[] = [];
	let options: SendPatientlyOptions<unknown> | undefined;
	sending.mockImplementation(async (given) => {
		options = partly<SendPatientlyOptions<unknown>>(given);
		return partly<never>('sent');
	});
	const run = {
		stopsAtFailure: !continues,
		isOutage: true,
		checkBudget: (budget: number) => seen.push(`check ${budget}`),
		whyStopped: ({ apiKey }: typeof access) => `stopped ${apiKey}`,
		endsAt: ({ message }: Failure) => {
			seen.push(`ends at: ${message}`);
			return ends;
		},
		stop: ({ message }: Failure) => seen.push(`stop: ${message}`),
		noteConnection: (index: number, state: string) => seen.push(`${index} ${state}`),
		spend: ({ totalTokens }: { totalTokens: number }, budget: number) =>
			seen.push(`spend ${totalTokens} of ${budget}`),
	};
	const live = {
		hasWritten,
		restart: () => seen.push('restart'),
		write: (text: string) => void seen.push(`write ${text}`),
	};
	const item = partly<Parameters<typeof requestCompletion>[1]>({
		run,
		index: 2,
		requestOptions: { url: '/chat/completions' },
		live: hasWritten === undefined ? undefined : live,
		prepared: { settings: { maxConcurrency: 3, maxRetries: 4, tokenBudget: 99 }, media: [] },
	});
	const context = partly<IExecutePaginationFunctions>({
		getExecutionCancelSignal: () => undefined,
	});
	const read = ({ content }: Completion) => `read ${content}`;
	await requestCompletion(context, item, access, body, read, goesOn);
	if (options === undefined) throw new Error('Nothing was sent');
	return { options, seen };
}

it('checks the budget first, as earlier tries may have used it up', async () => {
	const { options, seen } = await ask();
	expect(seen).toEqual(['check 99']);
	expect(options).toMatchObject({ model: 'MiniMax-M3', maxConcurrency: 3, maxRetries: 4 });
	expect([options.isOutage?.(), options.shouldStop?.()]).toEqual([true, 'stopped sk-one']);
});

it.each([
	[undefined, true],
	[false, true],
	[true, false],
])('is repeated unless words of it were heard: %s', async (hasWritten, mayRetry) => {
	expect((await ask({ hasWritten })).options.mayRetry?.()).toBe(mayRetry);
});

describe('a failure', () => {
	it.each([true, false])('ends the run where that says so: %s', async (ends) => {
		const { options, seen } = await ask({ ends });
		expect(options.endsRun?.(failure)).toBe(ends);
		expect(seen).toEqual(['check 99', 'ends at: It failed']);
	});

	it('is none of the run where its rows are asked for in other requests', async () => {
		const goesOn = ({ kind }: Failure) => kind === 'content-rejected';
		const { options, seen } = await ask({ goesOn });
		expect(options.endsRun?.({ ...failure, kind: 'content-rejected' })).toBe(false);
		expect(seen).toEqual(['check 99']);
		expect(options.endsRun?.(failure)).toBe(true);
	});
});

describe('an attempt', () => {
	/** What comes of it, and what was reported to the run. */
	async function attempt(given: Case = {}) {
		const { options, seen } = await ask(given);
		seen.length = 0;
		const outcome = await options
			.attempt(1, () => seen.push('accepted'))
			.catch((error: unknown) => error);
		return { outcome, seen };
	}

	it('sends the body with its files, and reports what it has cost', async () => {
		const whole = { ...body, seed: 7 };
		attaching.mockResolvedValue(whole);
		exchanging.mockImplementation(async (_context, asked) => {
			asked.onConnection?.('answered');
			asked.accepted();
			await asked.onAnswer?.('Nine.');
			return completion;
		});
		const { outcome, seen } = await attempt({ hasWritten: false });
		expect(outcome).toBe('read Nine.');
		expect(seen).toEqual(['restart', '2 answered', 'accepted', 'write Nine.', 'spend 5 of 99']);
		expect(exchanging.mock.calls[0]?.[1]).toMatchObject({
			access,
			body: whole,
			requestOptions: { url: '/chat/completions' },
		});
	});

	it('writes nothing where nobody listens', async () => {
		exchanging.mockResolvedValue(completion);
		attaching.mockResolvedValue(body);
		const { seen } = await attempt();
		expect(seen).toEqual(['spend 5 of 99']);
		expect(exchanging.mock.calls[0]?.[1].onAnswer).toBeUndefined();
	});

	const invalid = new InvalidInput('The file is too large', 'Make it smaller.');
	it.each<[string, Error, boolean, string[]]>([
		['ends the run', invalid, false, ['stop: The file is too large']],
		['ends it not where the workflow continues', invalid, true, []],
		['ends it not where n8n could not read the file', new Error('gone'), false, []],
	])('whose files cannot be sent %s', async (_what, error, continues, reported) => {
		attaching.mockRejectedValue(error);
		const { outcome, seen } = await attempt({ continues });
		expect(outcome).toBe(error);
		expect(seen).toEqual(reported);
		expect(exchanging).not.toHaveBeenCalled();
	});
});
