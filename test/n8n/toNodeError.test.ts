import type { INode } from 'n8n-workflow';

import { failureOf, type FailureKind } from '../../nodes/minimax/failure/failure';
import { InvalidInput } from '../../nodes/minimax/failure/invalidInput';
import {
	adviceOn,
	errorDetails,
	failureToNodeError,
	invalidInputToNodeError,
	withRemark,
} from '../../nodes/n8n/toNodeError';

const node: INode = {
	id: 'n1',
	name: 'Chat',
	type: 'chat',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const words = { message: 'It failed', description: 'Try again' };
const usage = {
	promptTokens: 1,
	completionTokens: 2,
	reasoningTokens: null,
	cachedTokens: null,
	totalTokens: 3,
};
const partial = { content: 'Os', reasoning: null, usage, id: 'a', model: 'm' };

describe('a failure', () => {
	it.each<[FailureKind, object | undefined]>([
		['rate-limited', { cause: 'rate-limited', retryAfterMs: 7000 }],
		['overloaded', { cause: 'temporarily-unavailable', retryAfterMs: 7000 }],
		['server-fault', { cause: 'temporarily-unavailable', retryAfterMs: 7000 }],
		['connection-lost', { cause: 'temporarily-unavailable', retryAfterMs: 7000 }],
		['timed-out', { cause: 'temporarily-unavailable', retryAfterMs: 7000 }],
		['quota-exhausted', { cause: 'quota-exhausted' }],
		['balance-exhausted', { cause: 'quota-exhausted' }],
		['credential-invalid', { cause: 'credential-invalid' }],
		['request-invalid', { cause: 'configuration-invalid' }],
		['plan-lacks-model', { cause: 'configuration-invalid' }],
		['content-rejected', undefined],
		['reply-broken', undefined],
		['budget-reached', undefined],
	])('%s reports to the engine %j', (kind, reported) => {
		const failure = failureOf({ kind, ...words, retryAfterMs: 7000 });

		expect(failureToNodeError(node, failure, { itemIndex: 0 }).failure).toEqual(reported);
	});

	it('that says no time names none', () => {
		const failure = failureOf({ kind: 'rate-limited', ...words });

		expect(failureToNodeError(node, failure, { itemIndex: 0 }).failure).toEqual({
			cause: 'rate-limited',
		});
	});

	it('shows words, status, item and what was paid for', () => {
		const failure = failureOf({
			kind: 'server-fault',
			...words,
			httpStatus: 500,
			code: 1000,
			apiMessage: 'unknown error',
			requestId: 'r1',
			attempts: 3,
			partial,
		});
		const error = failureToNodeError(node, failure, {
			itemIndex: 4,
			remark: 'item 4',
			advice: 'Wait.',
		});

		expect(error).toMatchObject({
			message: 'It failed [item 4]',
			description: 'Try again. Wait. Request ID: r1.',
			httpCode: '500',
			context: {
				itemIndex: 4,
				data: {
					httpCode: 500,
					code: 1000,
					apiMessage: 'unknown error',
					requestId: 'r1',
					attempts: 3,
					partial,
				},
			},
		});
	});

	it('without a status has no code', () => {
		const failure = failureOf({ kind: 'connection-lost', ...words });

		expect(failureToNodeError(node, failure, { itemIndex: 0 }).httpCode).toBeNull();
	});

	it('names only what there is in its details', () => {
		expect(errorDetails(failureOf({ kind: 'server-fault', ...words }))).toStrictEqual({
			httpCode: null,
			code: null,
			apiMessage: null,
			requestId: null,
		});
	});

	it('gives away no object that it keeps itself', () => {
		const details = errorDetails(failureOf({ kind: 'server-fault', ...words, partial }));

		expect(details.partial).toEqual(partial);
		expect(details.partial).not.toBe(partial);
		expect(details.partial?.usage).not.toBe(usage);
	});
});

it('input that is refused shows its words and its item', () => {
	const error = invalidInputToNodeError(node, new InvalidInput("'A' is empty", 'Fill it.'), {
		itemIndex: 2,
		remark: 'item 2',
	});

	expect(error).toMatchObject({
		message: "'A' is empty [item 2]",
		description: 'Fill it.',
		context: { itemIndex: 2 },
	});
});

it.each<[string, string | undefined, string | null, string]>([
	['Do it', undefined, null, 'Do it.'],
	['Do it.', undefined, null, 'Do it.'],
	['Do it!', '', null, 'Do it!'],
	['Why?', 'Then.', 'r1', 'Why? Then. Request ID: r1.'],
	['Set it to 0.5 s', undefined, 'r1', 'Set it to 0.5 s. Request ID: r1.'],
])('advice: %j, %j, %j', (description, advice, requestId, text) => {
	const failure = failureOf({ kind: 'server-fault', message: '', description, requestId });

	expect(adviceOn(failure, advice)).toBe(text);
});

it('a remark stands in brackets', () => {
	expect(withRemark('It failed')).toBe('It failed');
	expect(withRemark('It failed', 'item 0')).toBe('It failed [item 0]');
});
