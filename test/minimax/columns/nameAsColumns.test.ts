import { nameAsColumns } from '../../../nodes/minimax/columns/nameAsColumns';
import { toNode } from '../../../nodes/minimax/json/jsonNode';

const node = toNode(1);
const rename = (given: string[], columns: string[]) =>
	nameAsColumns(
		given.map((name) => ({ name, node })),
		columns.map((name) => ({ name, type: 'text', choices: [], description: '', required: true })),
	).map(({ name }) => name);

it.each([
	['Invoice Date', 'invoice_date'],
	['Invoice Date', 'invoiceDate'],
	['total (EUR)', 'Total EUR'],
	['Gr\u00f6\u00dfe', 'GRO\u0308\u00dfE'],
	['订单号', '订单_号'],
])('the column %s written as %s', (column, written) => {
	expect(rename(['x', written], [column])).toEqual(['x', column]);
});

it.each([
	['two columns are alike', ['a_b'], ['a.b', 'a b']],
	['two names are alike', ['A-B', 'a b'], ['a_b']],
	['there are no letters', ['%'], ['€']],
	['one is part of the other', ['dates'], ['date']],
	['each is there as it is', ['C++', 'C'], ['C', 'C++']],
	['the name itself is there', ['a_b', 'A B'], ['a_b']],
])('stays where %s', (_why, given, columns) => {
	expect(rename(given, columns)).toEqual(given);
});

it('keeps a name that stands twice', () => {
	expect(rename(['due_date', 'due_date'], ['Due Date'])).toEqual(['Due Date', 'Due Date']);
});
