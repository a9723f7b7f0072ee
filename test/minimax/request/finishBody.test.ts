import { finishBody } from '../../../nodes/minimax/request/finishBody';

const request = { model: 'MiniMax-M3', messages: [{ role: 'user', content: 'Hi' }] };

it('asks for the thinking beside the answer', () => {
	expect(finishBody(request, { streams: false, additional: {} })).toEqual({
		...request,
		reasoning_split: true,
	});
});

it('asks for a stream and its usage', () => {
	expect(finishBody(request, { streams: true, additional: {} })).toEqual({
		...request,
		reasoning_split: true,
		stream: true,
		stream_options: { include_usage: true },
	});
});

it('lets the user have the last word', () => {
	const additional = { reasoning_split: false, stream: false, seed: 7, model: 'mine' };

	expect(finishBody(request, { streams: true, additional })).toEqual({
		messages: request.messages,
		stream_options: { include_usage: true },
		...additional,
	});
});

it('sends no half of a surrogate pair', () => {
	const messages = [{ role: 'user', content: 'a\ud83d' }];

	expect(
		finishBody({ ...request, messages }, { streams: false, additional: { user: '\udc00' } }),
	).toEqual({
		model: 'MiniMax-M3',
		messages: [{ role: 'user', content: 'a\ufffd' }],
		reasoning_split: true,
		user: '\ufffd',
	});
});
