import { findModel } from '../models';

const LEVELS = ['low', 'medium', 'high', 'xhigh', 'max'];

/**
 * The body's thinking effort: to models that have levels (M3.1-Flash) and to those that are not known here.
 * M3 is reported to refuse it (esengine/DeepSeek-Reasonix #3432).
 */
export function effortFor(choice: unknown, model: string): { reasoning_effort?: string } {
	if (typeof choice !== 'string' || !LEVELS.includes(choice)) return {};
	const known = findModel(model);
	return known === undefined || known.effort ? { reasoning_effort: choice } : {};
}
