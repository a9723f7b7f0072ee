import type { INode } from 'n8n-workflow';

import { nameCredential } from '../../nodes/n8n/nameCredential';

const words =
	"Check the credential 'MiniMax Platform API'; the credential 'MiniMax Platform API' is it.";
const nodeWith = (credentials?: INode['credentials']): INode => ({
	id: 'n1',
	name: 'Chat',
	type: 'chat',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	credentials,
});

it('calls a credential by the name it was given, each time', () => {
	const node = nodeWith({ miniMaxPlatformApi: { id: '7', name: 'Anna’s $& key' } });
	expect(nameCredential(words, node)).toBe(
		"Check the credential 'Anna’s $& key'; the credential 'Anna’s $& key' is it.",
	);
	expect(nameCredential('Wait.', node)).toBe('Wait.');
});

it.each<[string, INode['credentials']]>([
	['the node has none', undefined],
	['it is another one', { openAiApi: { id: '7', name: 'Other' } }],
	['it has no name', { miniMaxPlatformApi: { id: '7', name: '' } }],
])('calls it by its type where %s', (_where, credentials) => {
	expect(nameCredential(words, nodeWith(credentials))).toBe(words);
});
