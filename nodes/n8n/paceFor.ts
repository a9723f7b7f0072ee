import { LearnedPace } from '../minimax/pace/pace';
import { clock } from './clock';

const MOST_PACES = 100;
const paces = new Map<string, LearnedPace>();

/**
 * The pace of a credential, the same one for every node and execution in this process. A hundred are
 * remembered, and all that are in use.
 *
 * @param paceKey a hash of base URL and API key, never the key itself
 */
export function paceFor(paceKey: string): LearnedPace {
	const pace = paces.get(paceKey) ?? new LearnedPace(clock);
	paces.delete(paceKey);
	paces.set(paceKey, pace);
	for (const [oldKey, oldPace] of paces) {
		if (paces.size <= MOST_PACES) break;
		if (oldPace.idle && oldPace !== pace) paces.delete(oldKey);
	}
	return pace;
}
