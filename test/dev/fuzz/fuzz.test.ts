import fc from '../../support/fastCheck';

import { checkOutcome, checkReply } from '../../../dev/fuzz/checkReply.ts';
import * as core from '../../../dev/fuzz/core';
import { floods } from '../../../dev/fuzz/floods.ts';
import { KEY, type FuzzedReply } from '../../../dev/fuzz/fuzzedReply.ts';
import { readReply, type Core } from '../../../dev/fuzz/readReply.ts';
import { reply } from '../../../dev/fuzz/replies.ts';

test('no reply made up at random breaks a promise', async () => {
	await fc.assert(
		fc.asyncProperty(reply, async (given) => {
			expect(await checkReply(core, given)).toEqual([]);
		}),
		{ seed: 20261128, numRuns: 600 },
	);
}, 60_000);

test.each(['blanks', 'an error page', 'one event', 'content'])(
	'a flood of %s ends with a failure',
	async (name) => {
		const flood = floods[name];
		if (flood === undefined) throw new Error(`no flood of ${name}`);
		const outcome = await readReply(core, flood);
		expect(outcome.result).toHaveProperty('failure');
		expect(checkOutcome(core, outcome)).toEqual([]);
	},
	60_000,
);

describe('the fuzzer notices', () => {
	const sound: FuzzedReply = {
		status: 200,
		headers: {},
		bytes: new TextEncoder().encode(
			'{"choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}',
		),
		pieces: [7],
		ending: 'end',
		openerMayBeMissing: false,
		alwaysThinks: false,
		whole: null,
	};
	const reading = (changed: Partial<Core>): Core => ({ ...core, ...changed });

	test('nothing of a sound reply', async () => {
		expect(await checkReply(core, sound)).toEqual([]);
	});

	test('what is thrown', async () => {
		const broken = reading({
			readCompletion: async () => await Promise.reject(new TypeError('broken')),
		});
		expect(await checkReply(broken, sound)).toContain('it throws TypeError: broken');
	});

	test('what never ends', async () => {
		const broken = reading({ readCompletion: async () => await new Promise(() => undefined) });
		expect(await checkReply(broken, sound)).toContain('it never ends');
	});

	test('a reply that is not the same whole', async () => {
		const whole = '{"choices":[{"message":{"content":"Ho"},"finish_reason":"stop"}]}';
		expect((await checkReply(core, { ...sound, whole }))[0]).toMatch(
			/^streamed .*"Hi".* whole .*"Ho"/,
		);
	});

	test('the key, and words of a program', async () => {
		const broken = reading({
			putIntoWords: (verdict, context) => ({
				...core.putIntoWords(verdict, context),
				message: `TypeError with ${KEY}`,
			}),
		});
		const refused = { ...sound, status: 500 };
		const found = (await checkReply(broken, refused)).join('\n');
		expect(found).toMatch(/words of a program: TypeError/);
		expect(found).toMatch(/the key shows in words/);
	});
});
