import { isBlank, mergeSystemMessages } from '../../../nodes/minimax/request/mergeSystemMessages';

const user = { role: 'user', content: 'Hi' };
const system = (content: string | Array<{ type: 'text'; text: string }>) => ({
	role: 'system',
	content,
});
const image = { type: 'image_url' as const, image_url: { url: 'https://x.test/i.png' } };

it.each([
	['none', [user], [user]],
	['one, moved to the front', [user, system('A')], [system('A'), user]],
	['two', [system('A'), user, system('B')], [system('A\n\nB'), user]],
	['parts of text', [system([{ type: 'text', text: 'A' }]), system('B')], [system('A\n\nB')]],
	['blank ones', [system(' '), user, system([]), system([{ type: 'text', text: '\n' }])], [user]],
	['a blank one beside another', [system(''), system('A'), user], [system('A'), user]],
])('%s', (_, given, sent) => {
	expect(mergeSystemMessages(given)).toEqual(sent);
});

it('keeps the fields of the first, and parts that are no text', () => {
	expect(
		mergeSystemMessages([
			{ ...system('A'), name: 'Anna' },
			{ role: 'system', content: [image, { type: 'text', text: 'B' }] },
		]),
	).toEqual([
		{
			role: 'system',
			name: 'Anna',
			content: [{ type: 'text', text: 'A' }, image, { type: 'text', text: 'B' }],
		},
	]);
});

it('keeps a message without content among those of others', () => {
	const call = { role: 'assistant', content: undefined };

	expect(mergeSystemMessages([call, { role: 'system', content: undefined }])).toEqual([call]);
});

it.each<[Parameters<typeof isBlank>[0], boolean]>([
	['', true],
	[' \n', true],
	['a', false],
	[undefined, true],
	[[], true],
	[[{ type: 'text', text: ' ' }], true],
	[[{ type: 'text', text: 'a' }], false],
	[[image], false],
	[[{ type: 'text', text: '' }, image], false],
])('%j is blank: %s', (content, blank) => {
	expect(isBlank(content)).toBe(blank);
});
