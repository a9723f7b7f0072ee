import type { FailureKind } from './failure';
import type { Region } from '../request/normalizeBaseUrl';
import { wordsFor, type Panel } from './panelWords';

export interface FailureContext {
	region: Region;
	model: string;
	/** MiniMax Chat's by default. */
	panel?: Panel;
	/** Keys that must not show up in the API's words. */
	secrets?: readonly string[];
	/** Whether some of the reply had arrived; such a request is not sent again. */
	replyBegan?: boolean;
}

/** What one code or status means, in words. */
export interface FailureWords {
	kind: FailureKind;
	message: string;
	description: string;
	retryable: boolean;
	hopeless: boolean;
}

/** The words without the verdict on what comes next. */
export type FailureTold = Pick<FailureWords, 'kind' | 'message' | 'description'>;

/** Goes away by itself. */
export function passing(kind: FailureKind, message: string, description: string): FailureWords {
	return { kind, message, description, retryable: true, hopeless: false };
}

/** Hits every request that is made with this credential. */
export function lasting(kind: FailureKind, message: string, description: string): FailureWords {
	return { kind, message, description, retryable: false, hopeless: true };
}

/** Stays with this very request; another one may succeed. */
export function final(told: FailureTold): FailureWords {
	return { ...told, retryable: false, hopeless: false };
}

export function sendAgain(context: FailureContext): string {
	return `Run ${wordsFor(context).unit} again in a moment.`;
}

/** The credential by the name its dialog has. */
export const THE_CREDENTIAL = "the credential 'MiniMax Platform API'";

/** What to look at when something that is not the API seems to answer. */
export function adviseOnAddress(region: Region): string {
	return region === 'custom'
		? `Check 'Base URL' in ${THE_CREDENTIAL}: it must end in /v1 and lead to a server with a chat completions API.`
		: 'Check whether a proxy or firewall stands between n8n and MiniMax.';
}

/** A key works in the region it was made in, and there are two kinds of keys. */
export function adviseOnKey(region: Region): string {
	const kinds =
		'A pay-as-you-go key and a subscription key are not interchangeable either, so use the kind that your account pays with.';
	switch (region) {
		case 'international':
			return `Check 'API Key' in ${THE_CREDENTIAL}. A key works only in its own region: this credential uses International (platform.minimax.io), so for a key from platform.minimaxi.com choose Mainland China. ${kinds}`;
		case 'china':
			return `Check 'API Key' in ${THE_CREDENTIAL}. A key works only in its own region: this credential uses Mainland China (platform.minimaxi.com), so for a key from platform.minimax.io choose International. ${kinds}`;
		default:
			return `Check 'API Key' in ${THE_CREDENTIAL} and whether it belongs to the server behind 'Base URL'. ${kinds}`;
	}
}

export const adviseOnBalance =
	'Top up the account in the MiniMax console. If you have a subscription, use its subscription key: a pay-as-you-go key does not draw on the plan.';

export const adviseOnQuota =
	'Wait until the quota is renewed, get a larger plan or credits in the MiniMax console, or use a pay-as-you-go key.';
