import type { Completion } from '../../nodes/minimax/completion';
import { normalizeCompletion } from '../../nodes/minimax/reply/normalizeCompletion';
import type { WireUsage } from '../../nodes/minimax/wireTypes';

/** The completion of a reply with this message and this usage. */
export function readWire(message: object, usage?: WireUsage): Completion {
	return normalizeCompletion(
		{
			id: 'c1',
			choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: '', ...message } }],
			usage,
		},
		{ openerMayBeMissing: false },
	);
}
