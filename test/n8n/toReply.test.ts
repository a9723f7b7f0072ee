import { toReply } from '../../nodes/n8n/toReply';

const headers = { 'content-type': 'application/json' };

it('hands a stream on as it is', () => {
	const body = new ReadableStream();

	expect(toReply({ statusCode: 200, headers, body })).toEqual({ status: 200, headers, body });
	expect(toReply({ statusCode: 200, headers, body }).body).toBe(body);
});

it.each<[unknown, string]>([
	['{"id":"a"}', '{"id":"a"}'],
	['', ''],
	[null, ''],
	[undefined, ''],
	[7, '7'],
])('makes text of %j', (body, text) => {
	const reply = { statusCode: 503, headers, body } as Parameters<typeof toReply>[0];

	expect(toReply(reply)).toEqual({ status: 503, headers, body: text });
});
