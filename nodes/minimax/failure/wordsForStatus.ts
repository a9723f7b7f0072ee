import { describeInvalidParameter } from './describeInvalidParameter';
import type { FailureKind } from './failure';
import {
	adviseOnAddress,
	adviseOnBalance,
	adviseOnKey,
	final,
	lasting,
	passing,
	sendAgain,
	type FailureContext,
	type FailureWords,
} from './failureWords';
import { wordsFor } from './panelWords';
import type { FailureFacts } from './readFailureReply';

/** Words for a reply whose MiniMax code is missing or not known. */
export function wordsForStatus(
	facts: FailureFacts,
	status: number,
	context: FailureContext,
): FailureWords {
	const server = context.region === 'custom' ? "The server behind 'Base URL'" : 'MiniMax';
	const checkAddress = adviseOnAddress(context.region);
	const { unit, slowDown } = wordsFor(context);
	const again = sendAgain(context);
	const refused = (kind: FailureKind, message: string, description: string): FailureWords =>
		final({ kind, message, description });

	if (status === 400 || status === 404 || status === 422) {
		const told = describeInvalidParameter(facts.apiMessage ?? '', context, server);
		if (told !== null) return final(told);
	}

	switch (status) {
		case 401:
			return lasting(
				'credential-invalid',
				`${server} did not accept the API key`,
				adviseOnKey(context.region),
			);
		case 402:
			return lasting('balance-exhausted', `${server} asks for a payment first`, adviseOnBalance);
		case 403:
			return refused(
				'credential-invalid',
				`${server} denied access`,
				`The key may lack the right to use ${context.model}, or a firewall or the provider's rules stop the request. ${adviseOnKey(context.region)}`,
			);
		case 404:
		case 405:
			return refused(
				'request-invalid',
				`${server} has no chat completions at this address`,
				checkAddress,
			);
		case 408:
			return passing('timed-out', `${server} waited too long for the request`, again);
		case 413:
			return refused(
				'request-invalid',
				`${server} does not take a request of this size`,
				'Send shorter messages, fewer or smaller images and videos; MiniMax takes 64 MB in all.',
			);
		case 429:
			return passing(
				'rate-limited',
				`${server} received more requests than it takes at the moment`,
				slowDown,
			);
		case 503:
		case 529:
			return passing(
				'overloaded',
				`${server} is overloaded at the moment`,
				`Run ${unit} again in a few minutes.`,
			);
		case 504:
			return passing('timed-out', `${server} did not answer in time`, again);
		default:
	}

	if (status >= 500) {
		const message = `${server} reported an internal fault (HTTP ${status})`;
		return passing('server-fault', message, again);
	}
	if (status >= 400) {
		return refused(
			'request-invalid',
			`${server} does not take the request (HTTP ${status})`,
			'Compare the fields and options of the node with what the server says.',
		);
	}
	if (status >= 300) {
		return refused('request-invalid', `${server} redirects to another address`, checkAddress);
	}
	if (facts.code !== null) {
		return refused(
			'server-fault',
			`${server} answered with the code ${facts.code}, which is not known here`,
			`Look the code up in MiniMax's documentation, or run ${unit} again.`,
		);
	}
	if (facts.isEmpty) return refused('reply-broken', `${server} sent an empty reply`, again);
	const what = facts.isHtml
		? 'a web page instead of a completion'
		: 'a reply that is no completion';
	return refused('reply-broken', `${server} sent ${what}`, checkAddress);
}
