import type { ICredentialType } from 'n8n-workflow';

/** The credential of the echo node: a bearer key and an address. */
export const echoApi: ICredentialType = {
	name: 'echoApi',
	displayName: 'Echo API',
	properties: [
		{ displayName: 'Key', name: 'apiKey', type: 'string', default: '' },
		{ displayName: 'URL', name: 'baseUrl', type: 'string', default: '' },
	],
	authenticate: {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{ $credentials.apiKey }}' } },
	},
	test: {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/echo', method: 'POST' },
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'status.code', value: 1008, message: 'The balance is used up' },
			},
		],
	},
};
