import fc from '../support/fastCheck';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../dev/simulator/startSimulator.ts';
import { clock } from '../../nodes/n8n/clock';
import { LONG_MS, runs } from '../support/exploration';
import { rows, setupFor, tokens } from '../support/rowsTogether';
import { apiErrorOf, jsonOf, runChat, startChat, type ChatSetup } from '../support/runChat';
import { waitFor } from '../support/waitFor';

/** Backoffs and the windows of limits pass so many times as fast. */
const SPEED = 300;
/** Twelve seconds of this machine, which may be busy. */
const patient = { requestOptions: { timeout: 12_000 * SPEED } };

let simulator: Simulator;
let workflows = 0;
const fast = () => performance.now() * SPEED;
beforeAll(async () => {
	simulator = await startSimulator({ now: fast });
	const sleep = clock.sleep.bind(clock);
	jest.spyOn(clock, 'now').mockImplementation(fast);
	jest
		.spyOn(clock, 'sleep')
		.mockImplementation(async (ms, signal) => await sleep(ms / SPEED, signal));
});
afterAll(async () => {
	jest.restoreAllMocks();
	await simulator.close();
});

const share = (...shares: number[]) => fc.constantFrom(0, ...shares);

/**
 * What a model, a limit or a connection does to the requests. Two rows with each other's values are left out:
 * only somebody who reads them can tell.
 */
const troubles = fc.record({
	rowFaults: fc.record({
		leaveOut: share(0.03, 0.3),
		double: share(0.03, 0.3),
		rename: share(0.03, 0.3),
		spoil: share(0.03, 0.3),
		shuffle: share(1),
		words: share(0.5),
		cut: share(0.1, 0.5),
	}),
	faultRates: fc.record({
		status500: share(0.1),
		status529: share(0.1),
		reset: share(0.1),
		baseResp1002: share(0.1),
		streamReset: share(0.05),
		streamError: share(0.05),
	}),
	rateLimit: fc.option(
		fc.record({
			kind: fc.constantFrom('fixed' as const, 'sliding' as const),
			requests: fc.integer({ min: 2, max: 30 }),
			windowMs: fc.constantFrom(1000, 5000),
		}),
		{ nil: null },
	),
	maxInFlightPerKey: share(1, 4),
	seed: fc.integer({ min: 1, max: 1000 }),
});

/** A row that is refused for what it says, and in what way. */
const refusals = fc.option(
	fc.record({
		row: fc.integer({ min: 0, max: 39 }),
		as: fc.constantFrom<{ code?: number; status?: number; message?: string }>(
			{ code: 1026 },
			{ code: 1027 },
			{ code: 1042 },
			{ code: 1039, status: 400 },
			{ status: 413 },
			{ code: 2013, status: 413, message: 'image or text is too large' },
			{ code: 2013 },
			{ code: 1, status: 403, message: 'Request blocked' },
			{ code: 2013, message: 'invalid params, context window exceeds limit' },
		),
	}),
	{ nil: null },
);

const sizes = { count: fc.integer({ min: 1, max: 40 }), together: fc.integer({ min: 2, max: 50 }) };

/** Ends the text, or row 1 would be found in row 12. */
const dotted = (count: number) => rows(count).map(({ text }) => ({ text: `${text}.` }));

/** Each row has its own number, unless it was refused, or its answer broke off. */
function expectRows(items: IDataObject[], rejected: number | undefined, mayBreak: boolean): void {
	for (const [row, item] of items.entries()) {
		if (item.error === undefined) expect([row, item.row]).toEqual([row, row]);
		else if (row !== rejected) expect([mayBreak, item.error]).toEqual([true, expect.any(String)]);
		if (row === rejected) expect(item.error).toEqual(expect.any(String));
	}
}

it(
	'every row is right or fails by itself, and the tokens add up',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record({ ...sizes, troubles, refusals }),
				fc.constantFrom('continueRegularOutput' as const, 'continueErrorOutput' as const),
				fc.constantFrom('auto', 'off'),
				async ({ count, together, troubles: trouble, refusals: refused }, onError, streaming) => {
					simulator.reset();
					simulator.set({ ...trouble, ...refusalOf(refused) });
					const result = await runChat(
						simulator,
						setupFor(count, together, {
							items: dotted(count),
							parameters: patient,
							onError,
							options: { streaming, maxRetries: 20 },
						}),
					);
					const items = result.outputs
						.flat()
						.sort((one, other) => rowOf(one.pairedItem) - rowOf(other.pairedItem));

					expect(result.error).toBeUndefined();
					expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
						rows(count).map((_, item) => ({ item })),
					);
					const { streamReset, streamError } = trouble.faultRates;
					expectRows(jsonOf(items), refused?.row, streamReset + streamError > 0);
					if (onError === 'continueErrorOutput') {
						expect(jsonOf(result.outputs[0]).some(({ error }) => error !== undefined)).toBe(false);
					}
					expect(tokens(result).reported).toBe(tokens(result).paid);
				},
			),
			runs,
		);
	},
	LONG_MS,
);

it(
	'what was stopped or has failed goes on where it was',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.record({ ...sizes, troubles, refusals }),
				fc.option(fc.integer({ min: 1, max: 12 }), { nil: null }),
				async ({ count, together, troubles: trouble, refusals: refused }, stopAt) => {
					simulator.reset();
					simulator.set({ ...trouble, ...refusalOf(refused) });
					const setup: ChatSetup = setupFor(count, together, {
						items: dotted(count),
						parameters: patient,
						workflowId: `rows-${++workflows}`,
						options: { maxRetries: 20 },
					});
					const running = await startChat(simulator, setup);
					let isOver = false;
					const done = running.done.then((result) => {
						isOver = true;
						return result;
					});
					if (stopAt !== null) {
						await waitFor(() => isOver || simulator.requests.length >= stopAt);
						running.cancel();
					}
					const first = await done;
					const endedAt = fast();
					await afterOthers();
					const hasFailed = first.run.status === 'error';
					const kept = hasFailed
						? /(\d+) of \d+ answers are kept/.exec(apiErrorOf(first).description ?? '')
						: null;

					simulator.reset();
					const { outputs, error } = await runChat(simulator, setup);
					const items = jsonOf(outputs[0]);

					expect(error).toBeUndefined();
					expect(items.map(({ row }) => row)).toEqual(rows(count).map((_, row) => row));
					const reused = items.filter((item) => item.reused).length;
					if (first.run.status === 'success') expect(reused).toBe(0);
					// Answers are kept for an hour, which is twelve seconds here.
					const isInTime = fast() - endedAt < 60 * 60_000;
					if (hasFailed && isInTime) expect(reused).toBe(Number(kept?.[1] ?? 0));
					// Whole requests for the rest, and no more.
					expect(simulator.requests).toHaveLength(Math.ceil((count - reused) / together));
				},
			),
			runs,
		);
	},
	LONG_MS,
);

/** Resolves when the simulator has seen what was on its way when the run was stopped. */
async function afterOthers(): Promise<void> {
	for (let trip = 0; trip < 2; trip += 1) {
		// A connection of its own stands behind all that were made before.
		const [response] = (await once(get(simulator.url, { agent: false }), 'response')) as [
			IncomingMessage,
		];
		await once(response.resume(), 'close');
	}
	await waitFor(() => simulator.inFlight() === 0);
}

function refusalOf(refused: { row: number; as: object } | null) {
	return refused === null ? {} : { rejectText: `row ${refused.row}.`, rejectAs: refused.as };
}

function rowOf(paired: unknown): number {
	return (paired as { item: number }).item;
}
