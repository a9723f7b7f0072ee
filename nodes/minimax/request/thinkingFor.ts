import { findModel } from '../models';

/**
 * The body's thinking switch. Only to models that know it: the others think always, and M3.1-Flash
 * refuses it (2013). Models that are not known get what was chosen.
 */
export function thinkingFor(choice: unknown, model: string): { thinking?: { type: string } } {
	if (choice !== 'adaptive' && choice !== 'disabled') return {};
	const known = findModel(model);
	return known === undefined || known.thinking === 'switchable'
		? { thinking: { type: choice } }
		: {};
}
