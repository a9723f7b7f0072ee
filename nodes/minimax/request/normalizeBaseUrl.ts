import { InvalidInput } from '../failure/failure';

export type Region = 'international' | 'china' | 'custom';

const REGION_BASES: Readonly<Record<string, string>> = {
	international: 'https://api.minimax.io/v1',
	china: 'https://api.minimaxi.com/v1',
};

/** Every domain MiniMax has served this API from, older ones included. */
const MINIMAX_DOMAINS = [
	'minimax.io',
	'minimaxi.com',
	'minimax.cn',
	'minimax.chat',
	'minimaxi.chat',
];

const RIGHT_BASE =
	'Give the address up to and including /v1, for example https://api.minimax.cn/v1 or http://localhost:8000/v1.';

/**
 * The base of every request, without a trailing slash: `https://api.minimax.io/v1`.
 * Throws InvalidInput for a custom base URL that cannot be one.
 */
export function baseUrlFor(credential: { region?: unknown; baseUrl?: unknown }): string {
	const region = typeof credential.region === 'string' ? credential.region : 'international';
	return REGION_BASES[region] ?? normalizeBaseUrl(credential.baseUrl);
}

/** Whether MiniMax itself answers there, rather than a gateway or a self-hosted server. */
export function isHostedByMiniMax(baseUrl: string): boolean {
	if (!URL.canParse(baseUrl)) return false;
	const { hostname } = new URL(baseUrl);
	return MINIMAX_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

function normalizeBaseUrl(value: unknown): string {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') throw new InvalidInput("'Base URL' is empty", RIGHT_BASE);

	if (/\s/.test(text) || !/^https?:\/\//i.test(text) || !URL.canParse(text)) {
		throw new InvalidInput(
			"'Base URL' is not an address that starts with http:// or https://",
			RIGHT_BASE,
		);
	}
	const url = new URL(text);
	if (url.username !== '' || url.password !== '') {
		throw new InvalidInput(
			"'Base URL' holds a user name or password",
			"Remove them from the address; the key belongs into 'API Key'.",
		);
	}
	if (/[?#]/.test(text)) {
		throw new InvalidInput(
			"'Base URL' holds a query or a fragment",
			`Remove everything from ? or # on. ${RIGHT_BASE}`,
		);
	}

	// People paste the endpoint out of the documentation, or the host alone.
	const path = url.pathname
		.replace(/\/+$/, '')
		.replace(/\/+chat\/completions$/i, '')
		.replace(/\/+$/, '');
	return url.origin + (path === '' && isHostedByMiniMax(text) ? '/v1' : path);
}
