import { itemOf, keepItem, type ChatItem } from '../../nodes/MiniMaxChat/chatItem';
import { partly } from '../support/partly';

it('an item is found by the options of its request, and by no others that are like them', () => {
	const requestOptions = { url: '/chat/completions' };
	const item = partly<ChatItem>({ index: 0, requestOptions });
	keepItem(item);
	expect(itemOf(requestOptions)).toBe(item);
	expect(() => itemOf({ ...requestOptions })).toThrow(
		'This request was not prepared by MiniMax Chat',
	);
});
