import { planRow } from '../../../nodes/minimax/rows/planRow';
import type { WireRequest, WireRequestMessage } from '../../../nodes/minimax/wireTypes';
import { refusal } from '../../support/refusal';

const system: WireRequestMessage = { role: 'system', content: 'Find the number.' };
const user: WireRequestMessage = { role: 'user', content: 'Row 7' };
const schema = { type: 'object', properties: { row: { type: 'integer' } } };
const image = { type: 'image_url' as const, image_url: { url: 'https://x.test/i.png' } };

interface Row {
	rows?: number;
	messages?: WireRequestMessage[];
	body?: Partial<WireRequest>;
	answer?: Record<string, unknown> | null;
	additional?: Record<string, unknown>;
}

function plan({ rows = 20, messages = [system, user], body, answer = schema, additional }: Row) {
	const request = { model: 'MiniMax-M3', messages, ...body };
	return planRow(rows, messages, request, answer ?? undefined, additional ?? {});
}

it('takes instructions and text apart', () => {
	expect(plan({})).toEqual({
		system: 'Find the number.',
		text: 'Row 7',
		schema,
		mostRows: 20,
		mostCharacters: 500_000,
	});
});

it.each<[string, WireRequestMessage[], string]>([
	['without instructions', [user], ''],
	['with the instructions behind the text', [user, system], 'Find the number.'],
	[
		'with blank messages beside it',
		[
			{ role: 'system', content: ' ' },
			system,
			user,
			{ role: 'assistant', content: '' },
			{ role: 'user', content: '\n' },
		],
		'Find the number.',
	],
])('a row %s', (_how, messages, instructions) => {
	expect(plan({ messages })).toMatchObject({ system: instructions, text: 'Row 7' });
});

describe('the number of rows in a request', () => {
	it.each([1, 2, 49, 50])('may be %d', (rows) => {
		expect(plan({ rows }).mostRows).toBe(rows);
	});

	it.each([51, 1000])('may not be %d', (rows) => {
		expect(refusal(() => plan({ rows }))).toEqual([
			`'Rows per Request' is ${rows}, but at most 50 rows can share a request`,
			'Give a number from 1 to 50.',
		]);
	});

	it('grows with Max Tokens, up to what was asked for', () => {
		const mostRows = (maxTokens: number, answer: Record<string, unknown> = schema) =>
			plan({ rows: 50, body: { max_completion_tokens: maxTokens }, answer }).mostRows;
		const sizes = [1, 500, 1000, 2000, 4000, 8192, 100_000].map((tokens) => mostRows(tokens));

		expect(sizes[0]).toBe(1);
		expect(sizes.at(-1)).toBe(50);
		expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
		expect(new Set(sizes).size).toBeGreaterThan(4);
		// Half of the tokens are left to thinking, and an answer of some forty tokens a value fits in the rest.
		expect(mostRows(4000) * 2 * 40).toBeLessThanOrEqual(2000);
		expect(mostRows(4000)).toBeGreaterThanOrEqual(15);
	});

	it('falls as an answer holds more values, which all have their own type', () => {
		const wide = (count: number) => ({
			type: 'object',
			properties: Object.fromEntries(
				Array.from({ length: count }, (_, index) => [`c${index}`, { type: 'string' }]),
			),
		});
		const mostRows = (answer: Record<string, unknown>) =>
			plan({ rows: 50, body: { max_completion_tokens: 4000 }, answer }).mostRows;

		expect(mostRows(wide(9))).toBeLessThan(mostRows(wide(2)) / 2);
		// Where nothing says how much comes, it counts as one value.
		expect(mostRows({})).toBe(mostRows(wide(0)));
	});
});

it.each([
	['MiniMax-M3', 500_000],
	['minimax-m2.7', 102_400],
	['M2-her', 32_768],
	['served-by-somebody', 16_000],
])('a request to %s holds at most %d characters', (model, characters) => {
	expect(plan({ body: { model } }).mostCharacters).toBe(characters);
});

const otherwise = 'Change that, or set the number to 1.';

it.each<[Row, string]>([
	[
		{ answer: null },
		'needs answers of a known shape: columns, or JSON with an example or a schema',
	],
	[{ body: { tools: [] } }, 'does not go together with tools'],
	[
		{ additional: { messages: [] } },
		'does not go together with messages among the fields that are added to the body',
	],
	[
		{ additional: { response_format: null } },
		'does not go together with response_format among the fields that are added to the body',
	],
])('%j cannot share a request', (row, reason) => {
	expect(refusal(() => plan(row))).toEqual([`'Rows per Request' ${reason}`, otherwise]);
});

it('other fields of the body can', () => {
	expect(plan({ additional: { seed: 7, message: 'x' } }).text).toBe('Row 7');
});

it.each<[string, WireRequestMessage[]]>([
	['no text of the user', [system]],
	['two of them', [user, user]],
	['an answer between them', [user, { role: 'assistant', content: 'Seven.' }]],
	['an answer alone', [{ role: 'assistant', content: 'Seven.' }]],
	['a role of M2-her', [{ role: 'group', content: 'Us' }]],
	['a name', [{ ...user, name: 'Anna' }]],
	['a picture', [{ role: 'user', content: [image, { type: 'text', text: 'What is it?' }] }]],
	['a picture in the instructions', [{ role: 'system', content: [image] }, user]],
])('messages with %s cannot share a request', (_what, messages) => {
	expect(refusal(() => plan({ messages }))).toEqual([
		"'Rows per Request' needs messages of text, one of the role user and none of the role assistant, without a name",
		otherwise,
	]);
});
