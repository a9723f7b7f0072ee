const FIELD = 'error:';

/**
 * Versions of llama.cpp report a failure in a field of their own, `error: {"code": 500, …}`
 * (https://github.com/ggml-org/llama.cpp, examples/server: server_sent_event). The parser knows no such
 * field and drops it, so it is written as an event of that name before the parser sees it.
 *
 * @returns a function that takes the text of a stream piece by piece, however it is cut, and gives it back.
 * What may be the beginning of the field is held back until more comes; an empty piece means the end and
 * brings what is left.
 */
export function renameErrorField(): (text: string) => string {
	let held = '';
	let isLineStart = true;
	return (piece) => {
		// Nearly every piece: whole lines without the field.
		if (held === '' && piece.endsWith('\n') && !piece.includes(FIELD)) {
			isLineStart = true;
			return piece;
		}
		const text = held + piece;
		held = piece === '' ? '' : startedField(text, isLineStart);
		const certain = text.slice(0, text.length - held.length);
		const renamed = certain.includes(FIELD) ? rename(certain, isLineStart) : certain;
		if (certain !== '') isLineStart = /[\r\n]$/.test(certain);
		return renamed;
	};
}

function rename(text: string, isLineStart: boolean): string {
	return text.replace(/(^|[\r\n])error:/g, (field, lineEnd: string, at: number) =>
		at === 0 && lineEnd === '' && !isLineStart ? field : `${lineEnd}event: error\ndata:`,
	);
}

/** The last line, if it may become the field. */
function startedField(text: string, isLineStart: boolean): string {
	const from = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
	if (from === 0 && !isLineStart) return '';
	const line = text.slice(from);
	return line !== '' && line.length < FIELD.length && FIELD.startsWith(line) ? line : '';
}
