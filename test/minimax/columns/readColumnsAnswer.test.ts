import { compileColumns, compileQuickColumns } from '../../../nodes/minimax/columns/compileColumns';
import { readColumnsAnswer } from '../../../nodes/minimax/columns/readColumnsAnswer';
import { refusal } from '../../support/refusal';

const field = () => ({
	values: [
		{ name: 'label', type: 'choice', choices: 'bug, wish' },
		{ name: 'due', type: 'date', required: false },
	],
});

describe('what columns ask for', () => {
	it('is their schema, and each column', () => {
		const { columns, schema } = compileColumns(field());
		expect(columns).toEqual([
			{ name: 'label', type: 'choice', choices: ['bug', 'wish'], description: '', required: true },
			{ name: 'due', type: 'date', choices: [], description: '', required: false },
		]);
		expect(schema.json).toEqual({
			type: 'object',
			properties: {
				label: { type: 'string', enum: ['bug', 'wish'] },
				due: {
					type: ['string', 'null'],
					format: 'date',
					description: 'ISO 8601 date, YYYY-MM-DD; null if there is none',
				},
			},
			required: ['label'],
		});
	});

	it('is worked out once for the same rows', () => {
		const rows = field();
		expect(compileColumns(rows)).toBe(compileColumns(rows));
		expect(compileColumns(field())).not.toBe(compileColumns(rows));
	});

	it('may be written in a text, and is worked out once for the same one', () => {
		const plan = compileQuickColumns('label: bug | wish');
		expect(plan.columns).toMatchObject([{ name: 'label', choices: ['bug', 'wish'] }]);
		expect(plan.schema.json.required).toEqual(['label']);
		expect(compileQuickColumns('label: bug | wish')).toBe(plan);
		expect(compileQuickColumns('label').columns).toMatchObject([{ type: 'text' }]);
		expect(compileQuickColumns('label: bug | wish')).toEqual(plan);
	});

	it.each([undefined, null, 'label', 7])('is nothing where %j stands', (none) => {
		expect(refusal(() => compileColumns(none))[0]).toBe("'Columns' holds no column");
	});
});

describe('an answer', () => {
	const read = (text: string, finishReason: string | null = 'stop') =>
		readColumnsAnswer(text, compileColumns(field()), finishReason);

	it.each([
		['{"label":"bug","due":"2026-01-31"}', { label: 'bug', due: '2026-01-31' }],
		[
			'Here: {"due":"2026-01-31T00:00:00Z","label":"wish","more":1}',
			{ label: 'wish', due: '2026-01-31' },
		],
		['{"label":"bug"}', { label: 'bug', due: null }],
	])('%s gives %j', (text, value) => {
		expect(read(text)).toEqual({ ok: true, value });
	});

	it('is converted as its columns ask for, but for days, which are read in more ways', () => {
		const plan = compileColumns({
			values: [
				{ name: 'amount', type: 'number' },
				{ name: 'paid', type: 'boolean' },
				{ name: 'code', type: 'text' },
				{ name: 'due', type: 'date' },
			],
		});
		const text = '{"amount": "12.5", "paid": "TRUE", "code": 1.10, "due": "2026/1/31"}';
		expect(readColumnsAnswer(text, plan, 'stop')).toEqual({
			ok: true,
			value: { amount: 12.5, paid: true, code: '1.10', due: '2026-01-31' },
		});
	});

	it('is refused where it takes too long to be compared with all choices', () => {
		const choices = Array.from({ length: 110_000 }, (_, index) => `choice ${index}`);
		const plan = compileColumns([{ name: 'label', type: 'choice', choices }]);
		expect(readColumnsAnswer('{"label":"bug"}', plan, 'stop')).toEqual({
			ok: false,
			reasons: ['No column can be read: the value takes too long to be checked against the schema'],
			isCut: false,
		});
	});

	it.each(['{"DUE_DATE":"2026-01-31"}', '[{"due_date":"2026-01-31"}]'])(
		'%s has the name of its column in the way of programs',
		(text) => {
			const plan = compileColumns([{ name: 'Due Date', type: 'date' }]);
			expect(readColumnsAnswer(text, plan, 'stop')).toEqual({
				ok: true,
				value: { 'Due Date': '2026-01-31' },
			});
		},
	);

	it('is taken out of a list of one row', () => {
		expect(read('[{"label":"bug"}]')).toEqual({ ok: true, value: { label: 'bug', due: null } });
	});

	it.each(['[{"label":"bug"},{"label":"wish"}]', '[]', '["bug"]', '["bug","wish"]', '"bug"', '7'])(
		'%s is no row',
		(text) => {
			const answer = read(text);
			expect(answer.ok).toBe(false);
			expect(answer.ok ? [] : answer.reasons).not.toEqual([]);
		},
	);

	it('reports what is wrong with a value that its schema lets through', () => {
		expect(read('{"label":"bug","due":"soon"}', 'length')).toEqual({
			ok: false,
			reasons: [`Column 'due' is to be a date such as 2026-01-31, but "soon" came`],
			isCut: false,
		});
	});

	it('reports by column what is wrong with one that it does not', () => {
		expect(read('{"label":"praise","due":7}')).toMatchObject({
			ok: false,
			reasons: [
				`Column 'label' is to be one of "bug", "wish", but "praise" came`,
				"Column 'due' is to be a date such as 2026-01-31, but 7 came",
			],
			isCut: false,
		});
	});

	it('says that no column can be read where there is no JSON', () => {
		expect(read('I cannot do that.')).toMatchObject({
			ok: false,
			reasons: ['No column can be read: the answer holds no JSON'],
		});
	});

	it('is cut where the model was', () => {
		expect(read('{"label":"bug","due":"2026-0', 'length')).toMatchObject({
			ok: false,
			reasons: [expect.stringMatching(/^No column can be read: [a-z]/)],
			isCut: true,
		});
	});
});
