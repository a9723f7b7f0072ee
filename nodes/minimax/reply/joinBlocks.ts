/** Makes one text of several blocks of thinking: trimmed, with a blank line between two. */
export interface BlockJoiner {
	/** Takes the next piece of the block, cut anywhere, and gives what is certain to belong to the text. */
	add(text: string): string;
	/** The block has ended. */
	close(): void;
}

export function createBlockJoiner(): BlockJoiner {
	let textBegan = false;
	let blockBegan = false;
	/** White space that counts only when more thinking follows. */
	let space = '';
	return {
		add(text) {
			const fresh = blockBegan ? text : text.trimStart();
			if (fresh === '') return '';
			if (!blockBegan && textBegan) space = '\n\n';
			blockBegan = true;
			const body = fresh.trimEnd();
			if (body === '') {
				space += fresh;
				return '';
			}
			const added = space + body;
			space = fresh.slice(body.length);
			textBegan = true;
			return added;
		},
		close() {
			blockBegan = false;
			space = '';
		},
	};
}
