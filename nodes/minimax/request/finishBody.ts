import { wellFormed } from '../json/wellFormed';
import type { WireRequest } from '../wireTypes';

/**
 * The body with what every request ends in. Thinking is asked for beside the answer; inline tags are still
 * understood, as not every server obeys. What the user adds comes last and wins.
 */
export function finishBody(
	request: WireRequest,
	{ streams, additional }: { streams: boolean; additional: Record<string, unknown> },
): WireRequest {
	return wellFormed({
		...request,
		reasoning_split: true,
		...(streams && { stream: true, stream_options: { include_usage: true } }),
		...additional,
	});
}
