import { THE_CREDENTIAL } from './theCredential';
import type { Subject } from './context';

/** Advice that several failures share. */

export function sendAgain({ panel }: Subject): string {
	return `Run ${panel.unit} again in a moment.`;
}

/** What to look at when something that is not the API seems to answer. */
export function checkAddress({ isCustom }: Subject): string {
	return isCustom
		? `Check 'Base URL' in ${THE_CREDENTIAL}: it must end in /v1 and lead to a server with a chat completions API.`
		: 'Check whether a proxy or firewall stands between n8n and MiniMax.';
}

export function checkNetwork({ isCustom }: Subject): string {
	return isCustom
		? `Check 'Base URL' in ${THE_CREDENTIAL}, that the server is running, and that n8n's machine can reach it.`
		: "Check that n8n's machine can reach the internet, and its proxy and firewall settings.";
}

/** A key works in the region it was made in, and there are two kinds of keys. */
export function checkKey({ region }: Subject): string {
	const kinds =
		'A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with.';
	switch (region) {
		case 'international':
			return `Check 'API Key' in ${THE_CREDENTIAL}. A key works only in its own region: this credential uses International (platform.minimax.io), so for a key from platform.minimax.cn choose Mainland China. ${kinds}`;
		case 'china':
			return `Check 'API Key' in ${THE_CREDENTIAL}. A key works only in its own region: this credential uses Mainland China (platform.minimax.cn), so for a key from platform.minimax.io choose International. ${kinds}`;
		default:
			return `Check 'API Key' in ${THE_CREDENTIAL} and whether it belongs to the server behind 'Base URL'. ${kinds}`;
	}
}

export const TOP_UP =
	'Top up the account in the MiniMax console. If you have a subscription, use its subscription key: a pay-as-you-go key does not draw on the plan.';

export const SWITCH_PARSER_ON =
	"The server's tool call parser is switched off, or is one for another model. Switch it on at the server, for MiniMax-M2 on vLLM with --enable-auto-tool-choice --tool-call-parser minimax_m2.";

export const COMPARE_FIELDS =
	'Compare the fields and options of the node with what the server says.';
