import type { JsonAnswer } from '../../nodes/minimax/jsonAnswer/readJsonAnswer.ts';
import type { Damage } from './damage.ts';
import { inferSchema } from './inferSchema.ts';
import { following, splitJson } from './pieces.ts';
import type { Random } from './random.ts';

/** Reads an answer with a schema as it stands in the panel, or without one. */
export type Read = (
	text: string,
	schema: Record<string, unknown> | undefined,
	finishReason: string,
) => JsonAnswer;

export type Verdict = 'recovered' | 'refused' | 'wrong' | 'invisible' | 'none';

export interface Judgement {
	verdict: Verdict;
	meant?: string;
	text?: string;
	got?: string;
}

/** What becomes of a value that a model writes with the given damage; `none` where that cannot be. */
export function judge(value: unknown, damage: Damage, random: Random, read: Read): Judgement {
	const meant = JSON.stringify(value);
	const written = damage.write(writeJson(value, random), random, value);
	if (written === null) return { verdict: 'none' };
	const { text, finishReason = 'stop' } = typeof written === 'string' ? { text: written } : written;
	const answer = read(text, random.chance(0.5) ? inferSchema(value) : undefined, finishReason);
	if (!answer.ok) return { verdict: 'refused', meant, text, got: answer.reasons.join('; ') };
	const got = JSON.stringify(answer.value);
	if (got === meant) return { verdict: 'recovered', meant, text };
	return { verdict: isJson(text) ? 'invisible' : 'wrong', meant, text, got };
}

/** In one line, in one line with blanks as Python has them, or in many. */
function writeJson(value: unknown, random: Random): string {
	const style = random.below(4);
	if (style > 1) return JSON.stringify(value, null, style === 2 ? 2 : '\t');
	const json = JSON.stringify(value);
	if (style === 0) return json;
	return splitJson(json)
		.map((piece) => (piece === ',' || piece === ':' ? `${piece} ` : piece))
		.join('');
}

/** Whether it is JSON as it stands, a comma behind a last item and blanks of other kinds aside. */
function isJson(text: string): boolean {
	const pieces = splitJson(text);
	const kept = pieces.filter(
		(piece, index) => piece !== ',' || !/^[\]}]$/.test(following(pieces, index) ?? ''),
	);
	try {
		JSON.parse(kept.join('').replace(/[^\S\t\r\n]|[\u200B\u2060]/g, ' '));
		return true;
	} catch {
		return false;
	}
}
