import { chatFields } from '../../../nodes/MiniMaxChat/chat.fields';
import { chatOptions } from '../../../nodes/MiniMaxChat/chatOptions.fields';
import { LmChatMiniMax } from '../../../nodes/LmChatMiniMax/LmChatMiniMax.node';
import {
	endedEarly,
	eventTooLong,
	malformedBody,
	malformedEvent,
} from '../../../nodes/minimax/failure/brokenReply';
import { describeConnectionFailure } from '../../../nodes/minimax/failure/describeConnectionFailure';
import { describeFailure } from '../../../nodes/minimax/failure/describeFailure';
import { explainInterruption } from '../../../nodes/minimax/failure/explainInterruption';
import type { Failure } from '../../../nodes/minimax/failure/failure';
import type { FailureContext } from '../../../nodes/minimax/failure/failureWords';
import type { Panel } from '../../../nodes/minimax/failure/panelWords';
import { MiniMaxPlatformApi } from '../../../credentials/MiniMaxPlatformApi.credentials';

const MODEL: FailureContext = { region: 'international', model: 'MiniMax-M2.7', panel: 'model' };

function refusedWith(words: string, context: FailureContext = MODEL): Failure {
	const bodyText = JSON.stringify({ error: { message: words } });
	return describeFailure({ status: 400, headers: {}, bodyText }, context);
}

const codes = [
	1000, 1001, 1002, 1004, 1008, 1013, 1024, 1026, 1027, 1028, 1030, 1033, 1039, 1041, 1042, 1043,
	2013, 2045, 2049, 2056, 2061, 2062, 2064,
];
const statuses = [200, 302, 400, 401, 402, 403, 404, 408, 413, 418, 429, 500, 503, 504, 529];
const refusals = [
	'context window exceeds limit',
	'unknown model',
	'does not support max tokens > 5',
	'tool id(call_1) not found',
	'invalid tool type',
	'invalid message role: critic',
	'invalid chat setting',
	'invalid thinking.type',
	'chat content is empty',
	'temperature out of range',
	'top_p out of range',
	'image is too large',
];
const faults = [
	'canceled',
	'timeout of 1000ms exceeded',
	'ECONNREFUSED',
	'ENOTFOUND',
	'EPROTO',
	'stream has been aborted',
	'ECONNRESET',
	'odd',
];

/** Everything that can be told about a request. */
function everyFailure(context: FailureContext): Failure[] {
	const interruption = { silenceMs: 1000, timeoutMs: null };
	const answer = (status: number, body: object) =>
		describeFailure({ status, headers: {}, bodyText: JSON.stringify(body) }, context);
	return [
		...codes.map((status_code) => answer(200, { base_resp: { status_code } })),
		...statuses.map((status) => answer(status, {})),
		...refusals.map((words) => refusedWith(words, context)),
		...faults.map((message) => describeConnectionFailure({ message }, context)),
		explainInterruption({ ...interruption, error: new Error('timeout') }, context),
		explainInterruption({ ...interruption, error: new Error('reset') }, context),
		endedEarly(context),
		malformedEvent(),
		malformedBody(),
		eventTooLong(1024),
	];
}

const credential = new MiniMaxPlatformApi();
const labels = (fields: Array<{ displayName: string }>) => fields.map((field) => field.displayName);
const optionsOf = (field: unknown) => labels((field as { options: [] }).options);
const { properties } = new LmChatMiniMax().description;
const shared = [credential.displayName, 'API Key'];
const panels: Record<Panel, string[]> = {
	// n8n's own: Request Options, and the node's settings.
	chat: [...shared, ...labels(chatFields), ...optionsOf(chatOptions), 'Timeout', 'On Error'],
	// The memory beside the model has a field of that name.
	model: [...shared, ...labels(properties), ...properties.flatMap(named), 'Context Window Length'],
};

function named(field: { type: string }): string[] {
	return field.type === 'collection' ? optionsOf(field) : [];
}

test.each<[Panel, FailureContext['region']]>([
	['chat', 'international'],
	['chat', 'china'],
	['chat', 'custom'],
	['model', 'international'],
	['model', 'china'],
	['model', 'custom'],
])('advice for %s, %s, names only fields it has', (panel, region) => {
	const fields = [...panels[panel], ...(region === 'custom' ? ['Base URL'] : [])];
	const failures = everyFailure({ region, model: 'MiniMax-M2.7', panel });
	const named = failures
		.flatMap(({ message, description }) => [message, description])
		.flatMap((words) => [...words.matchAll(/(?<!\w)'([^']+)'(?!\w)/g)].map(([, name]) => name));

	expect(named.filter((name = '') => !fields.includes(name) && name !== 'MiniMax-M2.7')).toEqual(
		[],
	);
	expect(named.length).toBeGreaterThan(10);
});

test('a chat model has no items, no Request Options and cannot be run by itself', () => {
	const words = everyFailure(MODEL).map(({ description }) => description);

	expect(words.filter((text) => /run the node|Request Options/i.test(text))).toEqual([]);
	expect(words.filter((text) => /is kept|On Error/.test(text))).toEqual([]);
});

test('what is kept is said to be so under the setting that keeps it', () => {
	const words = everyFailure({ ...MODEL, panel: 'chat' }).map(({ description }) => description);
	const kept = words.filter((text) => text.includes('is kept'));

	expect(kept).toHaveLength(3);
	for (const text of kept) {
		expect(text).toContain(
			" With 'On Error' set to Continue, what had arrived is kept in details.partial of the item.",
		);
	}
});

test('a reply that came and cannot be read is not asked for again', () => {
	const unreadable = [malformedEvent(), malformedBody(), eventTooLong(1024)];
	expect(unreadable.map(({ retryable }) => retryable)).toEqual([false, false, false]);
});

describe('the range of the model in question', () => {
	it.each([
		[
			'MiniMax-M2.7',
			'temperature',
			"'Temperature'",
			': MiniMax-M2.7 takes more than 0 and up to 1.',
		],
		['MiniMax-M3', 'temperature', "'Temperature'", ': MiniMax-M3 takes 0 to 2.'],
		['MiniMax-M3', 'top_p', "'Top P'", ': MiniMax-M3 takes 0 to 1.'],
		['acme/Our-Tune', 'temperature', "'Temperature'", ', to what the model takes.'],
	])('%s, %s', (model, field, label, rest) => {
		const { message, description } = refusedWith(`${field} out of range`, { ...MODEL, model });

		expect(message).toBe(`${model} does not take this ${label}`);
		expect(description).toBe(
			`Change ${label}, or its value in 'Additional Body Fields'${rest} The answer was: “${field} out of range”`,
		);
	});
});

it.each<[Panel | undefined, string, string]>([
	[
		undefined,
		"Run the node again in a minute, or lower 'Max Concurrency' in the options.",
		"MiniMax cannot use what 'Tools' describes",
	],
	[
		'chat',
		"Run the node again in a minute, or lower 'Max Concurrency' in the options.",
		"MiniMax cannot use what 'Tools' describes",
	],
	[
		'model',
		'Run the workflow again in a minute, or let fewer executions run at the same time.',
		'MiniMax cannot use one of the connected tools',
	],
])('the panel %s', (panel, slowDown, tools) => {
	const context = { ...MODEL, panel };

	expect(describeFailure({ status: 429, headers: {}, bodyText: '' }, context).description).toBe(
		slowDown,
	);
	expect(refusedWith('invalid tool type', context).message).toBe(tools);
});
