import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { WireCompletion } from '../../nodes/minimax/wireTypes';

const FIXTURES = path.join(__dirname, '../fixtures');
/** Recordings of the real API that may stand beside the repository; they are not part of it. */
const RECORDINGS = path.join(__dirname, '../../../shared/recordings');

export interface ReplyPair {
	name: string;
	stream: string;
	whole: WireCompletion;
}

export interface NamedReply {
	name: string;
	body: string;
}

/** Each reply of the fixtures, streamed and whole. */
export function loadPairs(): ReplyPair[] {
	return readdirSync(FIXTURES)
		.filter((file) => file.endsWith('.sse'))
		.map((file) => {
			const name = path.basename(file, '.sse');
			return {
				name,
				stream: readFileSync(path.join(FIXTURES, file), 'utf8'),
				whole: JSON.parse(readFileSync(path.join(FIXTURES, `${name}.json`), 'utf8')),
			};
		});
}

/** Recorded completions, whole and streamed; none where the folder is not present. */
export function loadRecordings(): NamedReply[] {
	if (!existsSync(RECORDINGS)) return [];
	return readdirSync(RECORDINGS).flatMap((file) => {
		const text = readFileSync(path.join(RECORDINGS, file), 'utf8');
		const bodies = file.endsWith('.jsonl')
			? text.split('\n').filter((line) => line !== '')
			: [text];
		return bodies
			.filter((body) => body.includes('"choices"'))
			.map((body, at) => ({ name: `${file} ${at + 1}`, body }));
	});
}
