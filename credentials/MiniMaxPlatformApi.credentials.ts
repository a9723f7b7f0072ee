import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import {
	BEHIND_BASE,
	MINIMAX_ORIGIN,
	QUOTES,
	REGION_BASES,
	TOO_LONG,
} from '../nodes/minimax/request/normalizeBaseUrl';
import { unwrapApiKey } from '../nodes/minimax/request/unwrapApiKey';

const KEY_REFUSED =
	'This API key was not accepted. Check that it is copied whole and that Region is the platform it was created on: keys of International and Mainland China are not interchangeable.';
const BALANCE_USED_UP =
	'The key is right, but the account has no balance left. Top it up on the MiniMax platform.';
const RATE_USED_UP =
	'The key is right, but its rate limit is used up at the moment. Try again in a minute.';

/** Read in order; the first that matches is shown. */
const refusals: Array<[key: string, value: unknown, message: string]> = [
	['error.http_code', '401', KEY_REFUSED],
	['base_resp.status_code', 1004, KEY_REFUSED],
	['base_resp.status_code', 2049, KEY_REFUSED],
	// Gateways and self-hosted servers: LiteLLM, OpenAI-compatible ones, vLLM.
	['error.code', '401', KEY_REFUSED],
	['error.code', 401, KEY_REFUSED],
	['error.code', 'invalid_api_key', KEY_REFUSED],
	['error', 'Unauthorized', KEY_REFUSED],
	['error.http_code', '402', BALANCE_USED_UP],
	['base_resp.status_code', 1008, BALANCE_USED_UP],
	['error.http_code', '429', RATE_USED_UP],
	['base_resp.status_code', 1002, RATE_USED_UP],
	[
		'base_resp.status_code',
		2056,
		'The key is right, but the usage of its plan is exhausted. Wait for its next window or raise the plan.',
	],
	[
		'base_resp.status_code',
		2061,
		'The key is right, but its plan does not include this API. Use a pay-as-you-go key or raise the plan.',
	],
	[
		'data[0].id',
		undefined,
		'The server answered, but not with a list of models. Check the API Key, the Region and, for Custom, that the Base URL ends in the version, e.g. /v1.',
	],
];

/** What `baseUrlFor` makes of region and base URL, as n8n evaluates it; its rules stand there. */
const baseURL = `={{ (${JSON.stringify(REGION_BASES)})[$credentials.region ?? "international"] ?? String($credentials.baseUrl ?? "").trim().replace(${TOO_LONG}, "").replace(${QUOTES}, "").trim().replace(${BEHIND_BASE}, "").replace(${MINIMAX_ORIGIN}, "$&/v1") }}`;

/**
 * Spends no tokens. MiniMax can refuse with HTTP 200 and a `base_resp` code
 * (https://platform.minimax.io/docs/api-reference/errorcode), so only a reply that holds a model
 * counts as success, and the rules look at the body whatever its status.
 */
const test: ICredentialTestRequest = {
	request: {
		baseURL,
		url: '/models',
		ignoreHttpStatusErrors: true,
		// n8n sends the key along on redirects, also to another host.
		disableFollowRedirect: true,
	},
	rules: refusals.map(([key, value, message]) => ({
		type: 'responseSuccessBody',
		properties: { key, value, message },
	})),
};

/**
 * The key as the nodes send it. They refuse one with characters that no header can hold before anything
 * is sent; the test sends what is left of it, so that the API refuses it rather than the HTTP client.
 */
function toHeader(apiKey: unknown): string {
	return unwrapApiKey(apiKey).replace(/[^\x21-\x7e]/g, '');
}

export class MiniMaxPlatformApi implements ICredentialType {
	name = 'miniMaxPlatformApi';

	displayName = 'MiniMax Platform API';

	/** Where a key comes from; the node's own help links are made from package.json's homepage. */
	documentationUrl = 'https://platform.minimax.io/docs/guides/quickstart';

	icon: Icon = {
		light: 'file:../nodes/MiniMaxChat/minimax.svg',
		dark: 'file:../nodes/MiniMaxChat/minimax.dark.svg',
	};

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'From the MiniMax platform under Account Management > API Keys. A subscription key works too.',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			options: [
				{
					name: 'International',
					value: 'international',
					description: 'Keys of platform.minimax.io',
				},
				{
					name: 'Mainland China',
					value: 'china',
					description: 'Keys of platform.minimax.cn, formerly platform.minimaxi.com',
				},
				{
					name: 'Custom',
					value: 'custom',
					description:
						'A gateway, a self-hosted vLLM or SGLang server, or the older address of mainland China, https://api.minimaxi.com/v1',
				},
			],
			default: 'international',
			description: 'Where the key was created. A key works only in its own region.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { region: ['custom'] } },
			default: '',
			placeholder: 'e.g. https://llm.example.com/v1',
			description: 'Address of the API including the version, e.g. /v1',
		},
	];

	/** A function, because the generic form costs one expression evaluation a request (0.3 ms measured). */
	authenticate: IAuthenticate = async ({ apiKey }, requestOptions) => ({
		...requestOptions,
		headers: { ...requestOptions.headers, Authorization: `Bearer ${toHeader(apiKey)}` },
	});

	test = test;
}
