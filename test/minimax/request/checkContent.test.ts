import { checkContent } from '../../../nodes/minimax/request/checkContent';
import { refusal } from '../../support/refusal';

const check = (content: unknown, role = 'user', model = 'MiniMax-M3', others: object = {}) =>
	checkContent({ ...others, content }, role, model, { input: 'messages', at: 'entry 3' });

const text = { type: 'text', text: 'Hi' };
const image = { type: 'image_url', image_url: { url: 'https://x.test/i.png', detail: 'low' } };
const video = { type: 'video_url', video_url: { url: 'https://x.test/v.mp4' } };
const RIGHT =
	'The content has to be text, or an array of parts such as {"type": "text", "text": "…"}.';
const RIGHT_PART =
	'A part is {"type": "text", "text": "…"}, {"type": "image_url", "image_url": {"url": "…"}} or {"type": "video_url", "video_url": {"url": "…"}}.';

it.each<[unknown, unknown]>([
	['Hi', 'Hi'],
	['', ''],
	[42, '42'],
	[false, 'false'],
	[[], []],
	[
		[text, image, video],
		[text, image, video],
	],
	[[{ type: 'text', text: '' }], [{ type: 'text', text: '' }]],
])('%j is sent as %j', (content, sent) => {
	expect(check(content)).toEqual(sent);
});

it.each<[unknown, unknown]>([
	[{ depth: 9 }, '{"depth":9}'],
	[[1, 2], '[1,2]'],
	[[text, { depth: 9 }], JSON.stringify([text, { depth: 9 }])],
	[[{ type: 9 }], '[{"type":9}]'],
	[['type'], '["type"]'],
	[[text], [text]],
])('the result of a tool %j is sent as %j', (content, sent) => {
	expect(check(content, 'tool')).toEqual(sent);
});

it.each([undefined, null])('%j beside tool calls is the empty text', (content) => {
	expect(check(content, 'assistant', 'MiniMax-M3', { tool_calls: [] })).toBe('');
});

it.each<[string, unknown, string, object]>([
	['an assistant without tool calls', null, 'assistant', {}],
	['an assistant with something else there', undefined, 'assistant', { tool_calls: 'none' }],
	['a user beside tool calls', null, 'user', { tool_calls: [] }],
	['a tool', undefined, 'tool', {}],
])('nothing from %s is refused', (_, content, role, others) => {
	expect(refusal(() => check(content, role, 'MiniMax-M3', others))).toEqual([
		"'Messages', entry 3 has no content",
		RIGHT,
	]);
});

it('an object is refused but from a tool', () => {
	expect(refusal(() => check({ text: 'Hi' }))).toEqual([
		"'Messages', entry 3 has an object as its content",
		RIGHT,
	]);
});

it.each<[unknown]>([
	['text'],
	[null],
	[{ type: 'text' }],
	[{ type: 'text', text: 7 }],
	[{ text: 'Hi' }],
	[{ type: 'image', text: 'Hi' }],
	[{ type: 'image_url' }],
	[{ type: 'image_url', image_url: 'https://x.test/i.png' }],
	[{ type: 'image_url', image_url: { url: '' } }],
	[{ type: 'image_url', image_url: { url: 7 } }],
	[{ type: 'image_url', image_url: {} }],
	[{ type: 'image', image_url: { url: 'https://x.test/i.png' } }],
	[{ type: 'video_url' }],
	[{ type: 'video_url', video_url: { url: '' } }],
	[{ type: 'video', video_url: { url: 'https://x.test/v.mp4' } }],
])('the part %j is refused', (part) => {
	expect(refusal(() => check([text, part]))).toEqual([
		"'Messages', entry 3, part 2 is no part that MiniMax reads",
		RIGHT_PART,
	]);
});

it.each([
	['an image', image],
	['a video', video],
])('a model that does not see %s gets none', (what, part) => {
	expect(refusal(() => check([text, part], 'user', 'MiniMax-M2.7'))).toEqual([
		`'Messages', entry 3, part 2 is ${what}, which MiniMax-M2.7 does not see`,
		'Choose a model that sees it, for example MiniMax-M3.',
	]);
	// An unknown model may see anything.
	expect(check([text, part], 'user', 'some/model')).toEqual([text, part]);
});
