import { renameErrorField } from '../../../nodes/minimax/reply/renameErrorField';

function renamed(pieces: string[]): string {
	const rename = renameErrorField();
	return [...pieces, ''].map(rename).join('');
}

test.each([
	['error: x\n\n', 'event: error\ndata: x\n\n'],
	['data: a\n\nerror:{"code":500}\n\n', 'data: a\n\nevent: error\ndata:{"code":500}\n\n'],
	['data: a\r\rerror: x\r\r', 'data: a\r\revent: error\ndata: x\r\r'],
	['data: a\r\n\r\nerror: x', 'data: a\r\n\r\nevent: error\ndata: x'],
	['data: an error: x\n', 'data: an error: x\n'],
	['data: \u2028error: x\n', 'data: \u2028error: x\n'],
	['errors: x\n', 'errors: x\n'],
	['data: a\nerr', 'data: a\nerr'],
	['error\n', 'error\n'],
	['', ''],
])('%j, cut anywhere', (text, expected) => {
	for (let at = 0; at <= text.length; at += 1) {
		const pieces = [text.slice(0, at), text.slice(at)].filter((piece) => piece !== '');
		expect(renamed(pieces)).toBe(expected);
	}
	expect(renamed([...text])).toBe(expected);
});

test('knows the field behind a line end that came with its beginning', () => {
	expect(renamed(['data: a\n', '\nerr', 'or: x\n\n'])).toBe('data: a\n\nevent: error\ndata: x\n\n');
});

test('holds nothing back in the middle of a line', () => {
	const rename = renameErrorField();
	expect(['data: an ', 'err', 'or: x'].map(rename)).toEqual(['data: an ', 'err', 'or: x']);
});
