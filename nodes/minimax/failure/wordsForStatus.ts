import { describeInvalidParameter } from './describeInvalidParameter';
import type { FailureKind } from './failure';
import {
	adviseOnBalance,
	adviseOnKey,
	final,
	lasting,
	passing,
	SEND_AGAIN,
	SLOW_DOWN,
	type FailureContext,
	type FailureWords,
} from './failureWords';
import type { FailureFacts } from './readFailureReply';

/** Words for a reply whose MiniMax code is missing or not known. */
export function wordsForStatus(
	facts: FailureFacts,
	status: number,
	context: FailureContext,
): FailureWords {
	const custom = context.region === 'custom';
	const server = custom ? "The server behind 'Base URL'" : 'MiniMax';
	const checkAddress = custom
		? "Check 'Base URL' in the credential: it must end in /v1 and lead to a server with a chat completions API."
		: 'Check whether a proxy or firewall stands between n8n and MiniMax.';
	const refused = (kind: FailureKind, message: string, description: string): FailureWords =>
		final({ kind, message, description });

	if (status === 400 || status === 404 || status === 422) {
		const told = describeInvalidParameter(facts.apiMessage ?? '', context.model, server);
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
			return passing('timed-out', `${server} waited too long for the request`, SEND_AGAIN);
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
				SLOW_DOWN,
			);
		case 503:
		case 529:
			return passing(
				'overloaded',
				`${server} is overloaded at the moment`,
				'Run the node again in a few minutes.',
			);
		case 504:
			return passing('timed-out', `${server} did not answer in time`, SEND_AGAIN);
		default:
	}

	if (status >= 500) {
		const message = `${server} reported an internal fault (HTTP ${status})`;
		return passing('server-fault', message, SEND_AGAIN);
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
			"Look the code up in MiniMax's documentation, or run the node again.",
		);
	}
	if (facts.isEmpty) return refused('reply-broken', `${server} sent an empty reply`, SEND_AGAIN);
	const what = facts.isHtml
		? 'a web page instead of a completion'
		: 'a reply that is no completion';
	return refused('reply-broken', `${server} sent ${what}`, checkAddress);
}
