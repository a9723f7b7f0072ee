import { describeInvalidParameter } from './describeInvalidParameter';
import {
	adviseOnAddress,
	adviseOnBalance,
	adviseOnKey,
	adviseOnQuota,
	final,
	lasting,
	passing,
	sendAgain,
	type FailureContext,
	type FailureTold,
	type FailureWords,
} from './failureWords';
import { wordsFor } from './panelWords';

/**
 * Words for MiniMax's own codes; null for a code that is not known.
 * Codes: https://platform.minimax.io/docs/api-reference/errorcode; 1013, 1028, 1030, 2061, 2062 and
 * 2064 are not on that page and were seen on the wire or in MiniMax's own command line client.
 */
export function wordsForCode(
	code: number,
	apiMessage: string,
	status: number,
	context: FailureContext,
): FailureWords | null {
	const { unit, slowDown, tooManyTokens } = wordsFor(context);
	switch (code) {
		case 1000:
		case 1013:
		case 1024:
			return passing('server-fault', 'MiniMax reported an internal fault', sendAgain(context));
		case 1033:
			return passing(
				'server-fault',
				'A system behind the MiniMax API did not answer',
				sendAgain(context),
			);
		case 1001:
			return passing(
				'timed-out',
				'MiniMax took too long and gave up on the request',
				`Run ${unit} again, with a shorter prompt if it happens often.`,
			);
		case 1002:
			return passing(
				'rate-limited',
				'MiniMax received more requests or tokens a minute than this account may send',
				slowDown,
			);
		case 2045:
			return passing(
				'rate-limited',
				'The number of requests grew faster than MiniMax allows',
				slowDown,
			);
		case 2062:
			return passing(
				'rate-limited',
				"The MiniMax plan's rate limit is reached for the moment",
				slowDown,
			);
		case 1041:
			return passing(
				'rate-limited',
				'MiniMax has too many open connections from this account',
				slowDown,
			);
		case 2064:
			return passing(
				'overloaded',
				'MiniMax is overloaded at the moment',
				`Run ${unit} again in a few minutes.`,
			);
		case 1039:
			return {
				kind: status === 429 ? 'rate-limited' : 'request-invalid',
				message: 'The request passes the limit on tokens of this account',
				description: tooManyTokens,
				retryable: status === 429,
				hopeless: false,
			};
		case 1004:
			return lasting(
				'credential-invalid',
				'MiniMax did not accept the API key',
				adviseOnKey(context.region),
			);
		case 2049:
			return lasting(
				'credential-invalid',
				'MiniMax does not know this API key',
				adviseOnKey(context.region),
			);
		case 1008:
			return lasting(
				'balance-exhausted',
				'The balance of the MiniMax account is used up',
				adviseOnBalance,
			);
		case 1028:
		case 1030:
			return lasting('quota-exhausted', 'The quota of the MiniMax plan is used up', adviseOnQuota);
		case 2056:
			return describeUsageLimit(apiMessage, context.model);
		case 2061:
			return final(lacksModel(context.model));
		case 1026:
			return final({
				kind: 'content-rejected',
				message: "MiniMax's content check rejected the messages",
				description: `Change what the messages say about sensitive topics, then run ${unit} again.`,
			});
		case 1027:
			return final({
				kind: 'content-rejected',
				message: "MiniMax's content check rejected the model's answer",
				description: `Ask in other words so that the answer stays clear of sensitive topics, then run ${unit} again.`,
			});
		case 1042:
			return final({
				kind: 'request-invalid',
				message: 'The messages hold too many invisible characters',
				description:
					'Remove control characters, zero-width characters and long runs of blanks from the messages.',
			});
		case 2013:
			return final(
				describeInvalidParameter(apiMessage, context, 'MiniMax') ?? {
					kind: 'request-invalid',
					message: 'MiniMax does not take one of the values of the request',
					description: "Compare the fields and options of the node with MiniMax's own words.",
				},
			);
		case 1043:
		case 1044:
		case 2037:
		case 2039:
		case 2042:
		case 2048:
		case 20132:
			return final({
				kind: 'request-invalid',
				message: 'MiniMax answered with a code of its voice cloning service',
				description: adviseOnAddress(context.region),
			});
		default:
			return null;
	}
}

function lacksModel(model: string): FailureTold {
	return {
		kind: 'plan-lacks-model',
		message: `The MiniMax plan of this key does not include ${model}`,
		description:
			"Choose another model in 'Model', get a plan that includes this one, or use a pay-as-you-go key.",
	};
}

/**
 * `usage limit exceeded, 5-hour usage limit reached for Token Plan Plus (1500/1500 used), resets at
 * 2026-05-20T20:00:00Z (2056)`. With `(0/0 used)` the plan has no share in the model at all, as the
 * Starter plan has none in the highspeed models, and waiting does not help.
 */
function describeUsageLimit(apiMessage: string, model: string): FailureWords {
	if (/\b0\/0 used/.test(apiMessage)) return final(lacksModel(model));

	const window = /\b(5-hour|hourly|daily|weekly|monthly) usage limit/i
		.exec(apiMessage)?.[1]
		?.toLowerCase();
	const resetsAt = /\bresets? (?:at|on) (\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)/i.exec(
		apiMessage,
	)?.[1];
	const limit = window === undefined ? 'The usage limit' : `The ${window} usage limit`;
	const until = resetsAt === undefined ? '' : ` until ${resetsAt}`;
	return lasting(
		'quota-exhausted',
		`${limit} of the MiniMax plan is used up${until}`,
		resetsAt === undefined
			? 'The limit is renewed every 5 hours and every week. Wait for that, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.'
			: 'Run the workflow again after that time, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.',
	);
}
