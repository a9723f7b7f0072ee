import { InvalidInput, type Place } from '../failure/invalidInput';

export type Region = 'international' | 'china' | 'custom';

export const REGION_BASES: Readonly<Record<string, string>> = {
	international: 'https://api.minimax.io/v1',
	china: 'https://api.minimax.cn/v1',
};

/** Where MiniMax has served this API from, older domains included. */
export const MINIMAX_ORIGIN =
	/^https?:\/\/(?:[\w-]+\.)*(?:minimax\.(?:io|cn|chat)|minimaxi\.(?:com|chat))(?::\d+)?$/i;

const LONGEST = 2048;
/** `BEHIND_BASE` takes 7 ms for 2,000 slashes and 4 s for 50,000. */
export const TOO_LONG = new RegExp(`^[^]{${LONGEST + 1},}$`);

/** Around the address where it was copied out of code or a text. */
export const QUOTES = /^["'`“”‘’]+|["'`“”‘’]+$/g;

/** What people paste behind the base: the endpoint as the documentation shows it, slashes. */
export const BEHIND_BASE = /(?:\/+chat\/completions)?\/*$/i;

const BASE_URL: Place = { input: 'baseUrl' };
const RIGHT_BASE =
	'Give the address up to and including /v1, for example https://api.minimax.cn/v1 or http://localhost:8000/v1.';

/**
 * The base of every request, without a trailing slash: `https://api.minimax.io/v1`.
 *
 * @throws InvalidInput for a custom base URL that cannot be one
 */
export function baseUrlFor(credential: { region?: unknown; baseUrl?: unknown }): string {
	const region = typeof credential.region === 'string' ? credential.region : 'international';
	return REGION_BASES[region] ?? normalizeBaseUrl(credential.baseUrl);
}

/** Whether MiniMax itself answers there, rather than a gateway or a self-hosted server. */
export function isHostedByMiniMax(baseUrl: string): boolean {
	return URL.canParse(baseUrl) && MINIMAX_ORIGIN.test(new URL(baseUrl).origin);
}

function normalizeBaseUrl(value: unknown): string {
	const pasted = typeof value === 'string' ? value.trim() : '';
	if (TOO_LONG.test(pasted)) {
		throw new InvalidInput(
			`has more than ${LONGEST} characters`,
			`No address is that long. ${RIGHT_BASE}`,
			BASE_URL,
		);
	}
	const text = pasted.replace(QUOTES, '').trim();
	if (text === '') throw new InvalidInput('is empty', RIGHT_BASE, BASE_URL);

	if (/\s/.test(text) || !/^https?:\/\//i.test(text) || !URL.canParse(text)) {
		throw new InvalidInput(
			'is not an address that starts with http:// or https://',
			RIGHT_BASE,
			BASE_URL,
		);
	}
	const url = new URL(text);
	if (url.username !== '' || url.password !== '') {
		throw new InvalidInput(
			'holds a user name or password',
			'Remove them from the address; the key has a field of its own.',
			BASE_URL,
		);
	}
	if (/[?#]/.test(text)) {
		throw new InvalidInput(
			'holds a query or a fragment',
			`Remove everything from ? or # on. ${RIGHT_BASE}`,
			BASE_URL,
		);
	}

	return (url.origin + url.pathname).replace(BEHIND_BASE, '').replace(MINIMAX_ORIGIN, '$&/v1');
}
