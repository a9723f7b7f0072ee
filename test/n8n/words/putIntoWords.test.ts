import { chatFields } from '../../../nodes/MiniMaxChat/chat.fields';
import { chatOptions } from '../../../nodes/MiniMaxChat/chatOptions.fields';
import { LmChatMiniMax } from '../../../nodes/LmChatMiniMax/LmChatMiniMax.node';
import { CAUSES, type FailureCause } from '../../../nodes/minimax/failure/causes';
import { verdictOf, type Failure, type Verdict } from '../../../nodes/minimax/failure/failure';
import type { Panel } from '../../../nodes/n8n/words/panels';
import { putIntoWords, type WordsContext } from '../../../nodes/n8n/words/putIntoWords';
import { MiniMaxPlatformApi } from '../../../credentials/MiniMaxPlatformApi.credentials';

const HERE: WordsContext = { region: 'international', model: 'MiniMax-M2.7', panel: 'chat' };

const CAUSE_NAMES = Object.keys(CAUSES) as FailureCause[];

/** Everything that can be said in a panel, by its cause. */
function sayAll(context: WordsContext): Array<[FailureCause, Failure]> {
	return CAUSE_NAMES.map((cause) => [
		cause,
		putIntoWords(
			verdictOf(cause, { httpStatus: 500, silenceMs: 30_000, reported: 'abort' }),
			context,
		),
	]);
}

function say(cause: FailureCause, known: Partial<Verdict>, changes: Partial<WordsContext> = {}) {
	const { message, description } = putIntoWords(verdictOf(cause, known), { ...HERE, ...changes });
	return { message, description };
}

test.each<[Panel, WordsContext['region']]>([
	['chat', 'international'],
	['chat', 'custom'],
	['model', 'international'],
])('what is said in the panel %s with the region %s', (panel, region) => {
	const said = sayAll({ ...HERE, panel, region }).map(
		([cause, { message, description }]) => `${cause}: ${message}\n    ${description}`,
	);
	expect(said.join('\n')).toMatchSnapshot();
});

describe('the words follow what is known', () => {
	test('the API is quoted, with its code unless the quotation ends in it', () => {
		const { description } = say('growth-limited', { code: 2045, apiMessage: 'too steep' });
		expect(description).toMatch(/ The answer was: “too steep” \(2045\)$/);
		const ending = say('growth-limited', { code: 2045, apiMessage: 'too steep (2045)' });
		expect(ending.description).toMatch(/ The answer was: “too steep \(2045\)”$/);
		expect(say('growth-limited', { code: 2045 }).description).toMatch(/ \(MiniMax code 2045\)$/);
		const uncoded = say('growth-limited', { code: null, apiMessage: 'too steep' });
		expect(uncoded.description).toMatch(/ The answer was: “too steep”$/);
	});

	test.each([
		[
			'5-hour usage limit reached for Token Plan Max (900/900 used), resets at 2026-11-03T15:00:00+08:00',
			'The 5-hour usage limit of the MiniMax plan is used up until 2026-11-03T15:00:00+08:00',
			'Run the workflow again after that time',
		],
		[
			'daily usage limit reached, reset at 2026-11-03 15:00',
			'The daily usage limit of the MiniMax plan is used up until 2026-11-03 15:00',
			'Run the workflow again after that time',
		],
		[
			'monthly usage limit reached, resets on 2026-12-01T00:00:00+0800',
			'The monthly usage limit of the MiniMax plan is used up until 2026-12-01T00:00:00+0800',
			'Run the workflow again after that time',
		],
		[
			'weekly usage limit reached (7/7 used)',
			'The weekly usage limit of the MiniMax plan is used up',
			'The limit is renewed every 5 hours and every week.',
		],
		[
			'out of credits',
			'The usage limit of the MiniMax plan is used up',
			'The limit is renewed every 5 hours and every week.',
		],
	])('%s', (apiMessage, message, advice) => {
		const said = say('usage-limit-reached', { code: 2056, apiMessage });
		expect(said.message).toBe(message);
		expect(said.description.startsWith(advice)).toBe(true);
	});

	test('a code of MiniMax comes from MiniMax, whatever stands in front of it', () => {
		const custom = { region: 'custom' } as const;
		expect(say('internal-fault', { code: 1000, httpStatus: 500 }, custom).message).toBe(
			'MiniMax reported an internal fault',
		);
		expect(say('internal-fault', { code: 2999, httpStatus: 500 }, custom).message).toBe(
			"The server behind 'Base URL' reported an internal fault",
		);
		expect(say('internal-fault', { httpStatus: 502 }, custom).message).toBe(
			"The server behind 'Base URL' reported an internal fault (HTTP 502)",
		);
	});

	test.each<[Partial<Verdict>, string]>([
		[{ code: null, httpStatus: 500 }, ' (HTTP 500)'],
		[{ code: null, httpStatus: 503 }, ' (HTTP 503)'],
		[{ code: null, httpStatus: 499 }, ''],
		[{ code: null, httpStatus: 200 }, ''],
		[{ code: null, httpStatus: null }, ''],
		[{ code: 1000, httpStatus: 500 }, ''],
	])('the status is named where it says more than the code: %j', (known, named) => {
		expect(say('internal-fault', known).message).toBe(`MiniMax reported an internal fault${named}`);
	});

	test.each([
		['china', 'uses Mainland China (platform.minimax.cn)', 'choose International.'],
		['international', 'uses International (platform.minimax.io)', 'choose Mainland China.'],
		['custom', "the server behind 'Base URL'", 'are not interchangeable either'],
	] as const)('a key of the region %s is told where it works', (region, words, advice) => {
		const { description } = say('key-refused', {}, { region });
		expect(description).toContain(words);
		expect(description).toContain(advice);
	});

	test('an address is one to check where it is the user’s own', () => {
		const own = { region: 'custom' } as const;
		expect(say('address-unknown', {}, own).description).toContain("Check 'Base URL' in");
		expect(say('address-unknown', {}).description).toContain('a proxy or firewall');
		expect(say('no-reply', {}, own).description).toContain("Check 'Base URL' in");
		expect(say('no-reply', {}).description).toBe(
			"Check that n8n's machine can reach the internet, and its proxy and firewall settings.",
		);
		expect(say('connection-closed', {}).description).toBe(
			"Run the node again. If it happens often: check that n8n's machine can reach the internet, and its proxy and firewall settings.",
		);
	});

	test.each([
		[undefined, 'MiniMax sent nothing longer than the timeout'],
		[400, 'MiniMax sent nothing for 400 ms'],
		[1000, 'MiniMax sent nothing for 1 second'],
		[300_000, 'MiniMax sent nothing for 300 seconds'],
	])('silence of %s ms', (silenceMs, message) => {
		expect(say('went-silent', { silenceMs }).message).toBe(message);
	});

	test.each([
		['tool call result does not follow tool call: tool_call_id: call_7-a (2013)', ' call_7-a'],
		['unknown tool_call_id call_7', ' call_7'],
		['unknown tool_call_id:call_7', ' call_7'],
		['tool result without a call', ''],
		[null, ''],
	])('the call that is meant by %j is named:%s', (apiMessage, id) => {
		const { message, description } = say('tool-arguments-invalid', { apiMessage });
		const own = `${message} ${description.split(' The answer was')[0]}`;
		expect(/ call_7[\w-]*/.exec(own)?.[0] ?? '').toBe(id);
	});

	test('what n8n reported', () => {
		expect(say('no-reply', { reported: 'odd' }).description).toMatch(/ n8n reported: “odd”$/);
	});

	test.each([
		['MiniMax-M2.7', 'temperature-refused', ': MiniMax-M2.7 takes more than 0 and up to 1.'],
		['MiniMax-M3', 'temperature-refused', ': MiniMax-M3 takes 0 to 2.'],
		['MiniMax-M3', 'top-p-refused', ': MiniMax-M3 takes 0 to 1.'],
		['acme/Our-Tune', 'temperature-refused', ', to what the model takes.'],
		['acme/Our-Tune', 'top-p-refused', ', to what the model takes.'],
		['MiniMax-M3', 'max-tokens-too-high', 'to at most 524,288.'],
		['acme/Our-Tune', 'max-tokens-too-high', "Lower 'Max Tokens'."],
	] as const)('the range of %s: %s', (model, cause, rest) => {
		expect(say(cause, {}, { model }).description.endsWith(rest)).toBe(true);
	});
});

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

describe.each<Panel>(['chat', 'model'])('the panel %s', (panel) => {
	test.each(['international', 'china', 'custom'] as const)(
		'with the region %s names only fields it has',
		(region) => {
			const fields = [...panels[panel], ...(region === 'custom' ? ['Base URL'] : [])];
			const quoted = sayAll({ ...HERE, panel, region })
				.flatMap(([, { message, description }]) => [message, description])
				.flatMap((words) => [...words.matchAll(/(?<!\w)'([^']+)'(?!\w)/g)].map(([, name]) => name));

			expect(quoted.filter((name = '') => !fields.includes(name) && name !== HERE.model)).toEqual(
				[],
			);
			expect(quoted.length).toBeGreaterThan(10);
		},
	);
});

test('a chat model has no items, no Request Options and cannot be run by itself', () => {
	const words = sayAll({ ...HERE, panel: 'model' }).map(([, { description }]) => description);

	expect(words.filter((text) => /run the node|Request Options/i.test(text))).toEqual([]);
	expect(words.filter((text) => /is kept|On Error/.test(text))).toEqual([]);
});

test('what is kept is said to be so under the setting that keeps it', () => {
	const kept = sayAll(HERE).filter(([, { description }]) => description.includes('is kept'));

	expect(kept.map(([cause]) => cause)).toEqual([
		'reply-too-long',
		'ended-early',
		'ended-abnormally',
		'went-silent',
		'broke-off',
	]);
	for (const [, { description }] of kept) {
		expect(description).toContain(
			" With 'On Error' set to Continue, what had arrived is kept in details.partial of the item.",
		);
	}
});

test('no message holds a word for which n8n puts its own in place, or one that blames', () => {
	const taken =
		/ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENOENT|EACCES|EEXIST|EPERM|EISDIR|ENOTDIR|GETADDRINFO|\b(?:error|problem|failure|mistake)\b/i;
	const messages = sayAll(HERE).map(([, { message }]) => message);
	expect(messages.filter((message) => taken.test(message))).toEqual([]);
});
