/** JSON text as a list of its pieces: brackets, commas, colons, texts, numbers and literals, blanks. */
export function splitJson(json: string): string[] {
	return json.match(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|\s+|[^\s{}[\]:,"]+/g) ?? [];
}

/** The places of the pieces that a test holds for. */
export function placesOf(
	pieces: readonly string[],
	holds: (piece: string, index: number) => boolean,
): number[] {
	return pieces.flatMap((piece, index) => (holds(piece, index) ? [index] : []));
}

/** The next piece that is no blank. */
export function following(pieces: readonly string[], index: number): string | undefined {
	return pieces.slice(index + 1).find((piece) => piece.trim() !== '');
}

export function preceding(pieces: readonly string[], index: number): string | undefined {
	return pieces.slice(0, index).findLast((piece) => piece.trim() !== '');
}

export function isString(piece: string): boolean {
	return piece.startsWith('"');
}

/** A text that names a member. */
export function isName(pieces: readonly string[], index: number): boolean {
	return isString(pieces[index] ?? '') && following(pieces, index) === ':';
}

/** The pieces with one replaced, or left out where there is nothing in its place. */
export function withPiece(pieces: readonly string[], index: number, piece: string): string {
	return [...pieces.slice(0, index), piece, ...pieces.slice(index + 1)].join('');
}
