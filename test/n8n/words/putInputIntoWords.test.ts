import { MiniMaxPlatformApi } from '../../../credentials/MiniMaxPlatformApi.credentials';
import { LmChatMiniMax } from '../../../nodes/LmChatMiniMax/LmChatMiniMax.node';
import { MiniMaxChat } from '../../../nodes/MiniMaxChat/MiniMaxChat.node';
import { InvalidInput } from '../../../nodes/minimax/failure/invalidInput';
import { LABELS, putInputIntoWords } from '../../../nodes/n8n/words/putInputIntoWords';

const FROM_EXPRESSION =
	'If it comes from an expression, check that the expression gives a value for this item.';

it.each<[string, ConstructorParameters<typeof InvalidInput>, object]>([
	[
		'words of their own',
		['It is odd', 'Correct it.'],
		{ message: 'It is odd', description: 'Correct it.' },
	],
	[
		'a field',
		['is empty', 'Fill it.', { input: 'messages' }],
		{ message: "'Messages' is empty", description: 'Fill it.' },
	],
	[
		'a place in a field',
		['has no role', 'Give one.', { input: 'messages', at: 'message 2' }],
		{ message: "'Messages', message 2 has no role", description: 'Give one.' },
	],
	[
		'a field that is missing',
		['is empty', 'Fill it.', { input: 'model' }, true],
		{ message: "'Model' is empty", description: `Fill it. ${FROM_EXPRESSION}` },
	],
	[
		'the key',
		['is empty', 'Paste it.', { input: 'apiKey' }, true],
		{
			message: "'API Key' is empty",
			description: `Open the credential 'MiniMax Platform API'. Paste it. ${FROM_EXPRESSION}`,
		},
	],
	[
		'the address',
		['is none', 'Correct it.', { input: 'baseUrl' }],
		{
			message: "'Base URL' is none",
			description: "Open the credential 'MiniMax Platform API'. Correct it.",
		},
	],
])('of %s', (_what, [message, description, place, isMissing], words) => {
	expect(putInputIntoWords(new InvalidInput(message, description, place, isMissing))).toEqual(
		words,
	);
});

it('calls each field as a panel does', () => {
	const shown = new Set<unknown>();
	const collect = (value: unknown): void => {
		if (typeof value !== 'object' || value === null) return;
		if ('displayName' in value) shown.add(value.displayName);
		Object.values(value).forEach(collect);
	};
	for (const part of [new MiniMaxChat(), new LmChatMiniMax()]) collect(part.description.properties);
	collect(new MiniMaxPlatformApi().properties);
	expect(Object.values(LABELS).filter((label) => !shown.has(label))).toEqual([]);
});
