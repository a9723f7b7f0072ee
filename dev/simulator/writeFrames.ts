import { countTokens } from './countTokens.ts';
import { cutPieces } from './cutPieces.ts';
import type { Dialect, Draft, Piece } from './draft.ts';
import type { JsonValue } from './json.ts';
import type { SimulatorSettings } from './settings.ts';

/** One SSE event; `tokens` of new text say how long the model takes for it. */
export interface Frame {
	text: string;
	tokens: number;
}

/** A whole stream in events, endings included. */
export function* writeFrames(
	draft: Draft,
	dialect: Dialect,
	includeUsage: boolean,
): Generator<Frame> {
	const { settings, reply } = draft;
	const frame = (value: JsonValue, tokens = 0): Frame => ({
		text: writeEvent(JSON.stringify(value), settings),
		tokens,
	});
	if (settings.bom) yield { text: '\uFEFF', tokens: 0 };
	const opening = dialect.opening(draft);
	if (opening) yield frame(opening);

	const finishesWithText =
		dialect.finishesWithText && !settings.separateFinish && !settings.nullDelta;
	let held: Piece | undefined;
	for (const piece of cutPieces(draft)) {
		if (held) yield frame(dialect.chunk(draft, held, null), tokensOf(held));
		held = piece;
	}
	if (finishesWithText) {
		const last = held ?? { content: '' };
		yield frame(dialect.chunk(draft, last, reply.finishReason), tokensOf(last));
	} else {
		if (held) yield frame(dialect.chunk(draft, held, null), tokensOf(held));
		const empty = settings.nullDelta ? null : { content: '' };
		yield frame(dialect.chunk(draft, empty, reply.finishReason));
	}

	if (settings.finalFrame) yield frame(dialect.completion(draft));
	const { streamUsage } = settings;
	if (streamUsage === 'always' || (streamUsage !== 'never' && includeUsage)) {
		yield frame(dialect.usageChunk(draft));
	}
	if (settings.done ?? dialect.endsWithDone) {
		yield { text: writeEvent('[DONE]', settings), tokens: 0 };
	}
}

/** One `data:` event in the line ends the settings ask for. */
export function writeEvent(
	data: string,
	{ lineEnd, comments }: Pick<SimulatorSettings, 'lineEnd' | 'comments'>,
): string {
	const comment = comments ? `: keep-alive${lineEnd}` : '';
	return `${comment}data: ${data}${lineEnd}${lineEnd}`;
}

function tokensOf(piece: Piece): number {
	return countTokens(piece.reasoning ?? piece.content ?? piece.toolCall?.arguments ?? '');
}
