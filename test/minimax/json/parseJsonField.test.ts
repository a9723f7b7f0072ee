import { parseJsonField } from '../../../nodes/minimax/json/parseJsonField';

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const tooDeep = { ok: false, reason: 'The JSON is nested more than 1000 levels deep' };

test.each([
	['as text', nested(1001)],
	['from an expression', JSON.parse(nested(1001))],
	['far too deep', JSON.parse(nested(200_000))],
])('JSON that is nested too deeply is refused %s', (_name, value) => {
	expect(parseJsonField(value)).toEqual(tooDeep);
});

test('an object that holds itself, many times over, is refused at once', () => {
	const self: unknown[] = [];
	self.push(self, self, self);
	expect(parseJsonField({ self })).toEqual(tooDeep);
});

test.each([
	nested(1000),
	JSON.parse(nested(1000)),
	{ a: Array(100_000).fill({ b: 1 }) },
	`${nested(1000)} `,
	{ a: [null, 'x', { b: undefined }], c: true },
	'7',
	null,
])('other JSON is taken', (value) => {
	expect(parseJsonField(value)).toMatchObject({ ok: true });
});
