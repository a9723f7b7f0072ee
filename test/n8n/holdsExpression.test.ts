import { holdsExpression } from '../../nodes/n8n/holdsExpression';

it.each([
	'={{ $json.key }}',
	'=',
	{ apiKey: 'sk-1', baseUrl: '=https://x.test' },
	[{ a: [{ b: '=1' }] }],
])('%j holds one', (value) => {
	expect(holdsExpression(value)).toBe(true);
});

it.each([
	'',
	'a=b',
	' =1',
	'{{ 1 }}',
	null,
	undefined,
	7,
	true,
	{},
	[],
	{ a: 'b', c: [null, { d: 1 }] },
])('%j holds none', (value) => {
	expect(holdsExpression(value)).toBe(false);
});
