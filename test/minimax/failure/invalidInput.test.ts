import { inside, InvalidInput } from '../../../nodes/minimax/failure/invalidInput';

it('is a value of the wrong kind, unless it says that there is none', () => {
	const wrong = new InvalidInput('is no number', 'Give one.', { input: 'topP' });
	expect(wrong).toMatchObject({
		message: 'is no number',
		description: 'Give one.',
		place: { input: 'topP' },
		isMissing: false,
	});
	expect(new InvalidInput('is empty', 'Give one.', undefined, true).isMissing).toBe(true);
});

it('a place may be inside of another one', () => {
	const entry = inside({ input: 'messages' }, 'entry 2');
	expect(entry).toEqual({ input: 'messages', at: 'entry 2' });
	expect(inside(entry, 'part 1')).toEqual({ input: 'messages', at: 'entry 2, part 1' });
});
