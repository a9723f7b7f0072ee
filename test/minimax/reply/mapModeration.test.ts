import { mapModeration } from '../../../nodes/minimax/reply/mapModeration';

it.each<[object, object | null]>([
	[{}, null],
	[{ input_sensitive: false, output_sensitive: false }, null],
	[{ input_sensitive: false, input_sensitive_type: 0, output_sensitive_type: 0 }, null],
	[{ input_sensitive: 'true', output_sensitive_type: '3' }, null],
	[
		{ input_sensitive: true, input_sensitive_type: 3 },
		{ input: { type: 3, label: 'advertising' } },
	],
	[
		{ output_sensitive: true, output_sensitive_type: 6 },
		{ output: { type: 6, label: 'violence or terrorism' } },
	],
	[
		{ input_sensitive_type: 5, output_sensitive_type: 1 },
		{ input: { type: 5, label: 'abuse' }, output: { type: 1, label: 'severe violation' } },
	],
	[{ output_sensitive: true }, { output: { type: 0, label: 'unspecified' } }],
	[
		{ output_sensitive: true, output_sensitive_type: '3' },
		{ output: { type: 0, label: 'unspecified' } },
	],
	[{ output_sensitive_type: 99 }, { output: { type: 99, label: 'unspecified' } }],
])('%j is flagged as %j', (wire, moderation) => {
	expect(mapModeration(wire)).toEqual(moderation);
});
