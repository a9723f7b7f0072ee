import { readChoices } from '../../../nodes/minimax/columns/readChoices';

it.each<[string, unknown, string[]]>([
	['commas', 'billing, bug ,, wish,bug', ['billing', 'bug', 'wish']],
	['lines', '\nnew, unread\r\nold\n\n', ['new, unread', 'old']],
	['lines with commas at their ends', 'billing,\nbug,\nwish', ['billing', 'bug', 'wish']],
	['lines with blanks around their commas', '"billing" ,\nbug, \nwish', ['billing', 'bug', 'wish']],
	['one line with an end', 'billing, bug\n', ['billing', 'bug']],
	['Chinese commas', '退款，投诉、建议', ['退款', '投诉', '建议']],
	['Arabic commas', 'نعم، لا', ['نعم', 'لا']],
	['semicolons', 'billing; bug；wish', ['billing', 'bug', 'wish']],
	['semicolons beside commas', 'a; b, c', ['a; b', 'c']],
	['quotes', '"billing", "bug"', ['billing', 'bug']],
	['quotes around a comma', '"Smith, Jane", bug', ['Smith, Jane', 'bug']],
	['quotes around a comma behind a choice', 'bug, "Smith, Jane"', ['bug', 'Smith, Jane']],
	['a blank behind quotes', '"Smith, Jane" , "bug" , wish', ['Smith, Jane', 'bug', 'wish']],
	['typographic quotes', '“billing”, „bug“, «wish», 「其他」', ['billing', 'bug', 'wish', '其他']],
	['quoted lines', '"billing"\n\'bug\',', ['billing', 'bug']],
	['apostrophes', "won't do, don't know, 5' wall", ["won't do", "don't know", "5' wall"]],
	['a quote that does not end', '"billing, bug', ['"billing', 'bug']],
	['quotes inside of a choice', '6" pipe, 8" pipe', ['6" pipe', '8" pipe']],
	['a quoted word at the beginning', '"new" customer, old', ['"new" customer', 'old']],
	['a JSON list', '["a, b", 7, "c"]', ['a, b', '7', 'c']],
	['brackets that are no JSON', '[a], [b]', ['[a]', '[b]']],
	['a list', ['new, unread', 7, ' old ', '', null, 'old'], ['new, unread', '7', 'old']],
	['one choice', 'bug', ['bug']],
	['a number', 7, ['7']],
	['a number in a text', '7', ['7']],
	['nothing', '', []],
	['separators alone', ' , ,', []],
	['empty quotes', '"", ""', []],
	['no value', undefined, []],
])('%s', (_what, given, choices) => {
	expect(readChoices(given)).toEqual(choices);
});

it('reads 100,000 choices at once', () => {
	const names = Array.from({ length: 100_000 }, (_, index) => `"choice ${index}"`);

	expect(readChoices(names.join(', '))).toHaveLength(100_000);
});
