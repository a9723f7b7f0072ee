export interface StreamChunk {
	type: 'begin' | 'item' | 'end' | 'error';
	content?: string;
	metadata: { nodeName: string; itemIndex: number; runIndex: number };
}

/** The lines of a response in n8n's streaming mode, each as soon as it is there. */
export async function* readChunks(response: Response): AsyncGenerator<StreamChunk> {
	if (!response.body) throw new Error('The response has no body.');
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let rest = '';
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		const lines = (rest + value).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			if (line.trim() !== '') yield JSON.parse(line) as StreamChunk;
		}
	}
	if (rest.trim() !== '') yield JSON.parse(rest) as StreamChunk;
}
