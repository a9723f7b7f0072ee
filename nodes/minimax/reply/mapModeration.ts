import type { Moderation, ModerationFlag } from '../completion';
import type { WireEnvelope } from '../wireTypes';

/** Types 1 to 7 of https://platform.minimax.io/docs/api-reference/text-chat-openai */
const LABELS: readonly string[] = [
	'unspecified',
	'severe violation',
	'pornography',
	'advertising',
	'prohibited content',
	'abuse',
	'violence or terrorism',
	'other',
];

/** What the API flagged; null when it flagged nothing. */
export function mapModeration(wire: WireEnvelope): Moderation | null {
	const input = readFlag(wire.input_sensitive, wire.input_sensitive_type);
	const output = readFlag(wire.output_sensitive, wire.output_sensitive_type);
	if (input === null && output === null) return null;
	return { ...(input && { input }), ...(output && { output }) };
}

function readFlag(flagged: unknown, sentType: unknown): ModerationFlag | null {
	const type = typeof sentType === 'number' ? sentType : 0;
	if (flagged !== true && type === 0) return null;
	return { type, label: LABELS[type] ?? 'unspecified' };
}
