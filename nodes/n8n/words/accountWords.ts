import type { FailureCause } from '../../minimax/failure/causes';
import { checkKey, sendAgain, TOP_UP } from './advice';
import type { Say, Subject, Words } from './context';

/** The rate, the server and the account. */
export const accountWords = {
	'too-many-requests': ({ Server, panel }) => ({
		message: `${Server} received more requests than it takes at the moment`,
		description: panel.slowDown,
	}),
	'account-rate-exceeded': ({ panel }) => ({
		message: 'MiniMax received more requests or tokens a minute than this account may send',
		description: panel.slowDown,
	}),
	'plan-rate-exceeded': ({ panel }) => ({
		message: "The MiniMax plan's rate limit is reached for the moment",
		description: panel.slowDown,
	}),
	'growth-limited': ({ panel }) => ({
		message: 'The number of requests grew faster than MiniMax allows',
		description: panel.slowDown,
	}),
	'concurrency-limited': ({ panel }) => ({
		message: 'MiniMax has too many open connections from this account',
		description: panel.slowDown,
	}),
	'token-rate-exceeded': passesTokenLimit,
	'too-many-tokens': passesTokenLimit,

	overloaded: ({ Server, panel }) => ({
		message: `${Server} is overloaded at the moment`,
		description: `Run ${panel.unit} again in a few minutes.`,
	}),
	unavailable: ({ Server, panel }) => ({
		message: `${Server} is not available at the moment`,
		description: `Run ${panel.unit} again in a few minutes.`,
	}),
	'internal-fault': (subject) => ({
		message: `${subject.Server} reported an internal fault${nameStatus(subject)}`,
		description: sendAgain(subject),
	}),
	'backend-fault': (subject) => ({
		message: 'A system behind the MiniMax API did not answer',
		description: sendAgain(subject),
	}),
	'gave-up': ({ panel }) => ({
		message: 'MiniMax took too long and gave up on the request',
		description: `Run ${panel.unit} again, with a shorter prompt if it happens often.`,
	}),
	'gateway-timeout': (subject) => ({
		message: `${subject.Server} did not answer in time`,
		description: sendAgain(subject),
	}),
	'request-too-slow': (subject) => ({
		message: `${subject.Server} waited too long for the request`,
		description: sendAgain(subject),
	}),
	'code-unknown': ({ Server, verdict, panel }) => ({
		message: `${Server} answered with the code ${verdict.code}, which is not known here`,
		description: `Look the code up in MiniMax's documentation, or run ${panel.unit} again.`,
	}),

	'key-refused': (subject) => ({
		message: `${subject.Server} did not accept the API key`,
		description: checkKey(subject),
	}),
	'key-unknown': (subject) => ({
		message: 'MiniMax does not know this API key',
		description: checkKey(subject),
	}),
	'access-denied': (subject) => ({
		message: `${subject.Server} denied access`,
		description: `The key may lack the right to use ${subject.model}, or a firewall or the provider's rules stop the request. ${checkKey(subject)}`,
	}),
	'balance-exhausted': () => ({
		message: 'The balance of the MiniMax account is used up',
		description: TOP_UP,
	}),
	'payment-required': ({ Server }) => ({
		message: `${Server} asks for a payment first`,
		description: TOP_UP,
	}),
	'quota-exhausted': () => ({
		message: 'The quota of the MiniMax plan is used up',
		description:
			'Wait until the quota is renewed, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.',
	}),
	'usage-limit-reached': describeUsageLimit,
	'plan-lacks-model': ({ model }) => ({
		message: `The MiniMax plan of this key does not include ${model}`,
		description:
			"Choose another model in 'Model', get a plan that includes this one, or use a pay-as-you-go key.",
	}),
} satisfies Partial<Record<FailureCause, Say>>;

function passesTokenLimit({ panel }: Subject): Words {
	return {
		message: 'The request passes the limit on tokens of this account',
		description: panel.tooManyTokens,
	};
}

/** Where MiniMax's code does not say more. */
function nameStatus({ verdict }: Subject): string {
	const { code, httpStatus } = verdict;
	return code === null && (httpStatus ?? 0) >= 500 ? ` (HTTP ${httpStatus})` : '';
}

/**
 * `usage limit exceeded, 5-hour usage limit reached for Token Plan Plus (1500/1500 used), resets at
 * 2026-05-20T20:00:00Z (2056)`
 */
function describeUsageLimit({ verdict }: Subject): Words {
	const said = verdict.apiMessage ?? '';
	const window = /\b(5-hour|hourly|daily|weekly|monthly) usage limit/i
		.exec(said)?.[1]
		?.toLowerCase();
	const resetsAt = /\bresets? (?:at|on) (\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)/i.exec(
		said,
	)?.[1];
	const limit = window === undefined ? 'The usage limit' : `The ${window} usage limit`;
	const until = resetsAt === undefined ? '' : ` until ${resetsAt}`;
	return {
		message: `${limit} of the MiniMax plan is used up${until}`,
		description:
			resetsAt === undefined
				? 'The limit is renewed every 5 hours and every week. Wait for that, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.'
				: 'Run the workflow again after that time, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.',
	};
}
