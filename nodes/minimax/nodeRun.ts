/** A node run: how many requests it has in flight, over all keys and models, and the paces that it sends through. */
export interface NodeRun {
	inFlight: number;
	readonly paces: Set<{ proceed(): void }>;
}

const runs = new WeakMap<object, NodeRun>();

/** @param owner what stands for the node run */
export function nodeRunOf(owner: object): NodeRun {
	const run = runs.get(owner) ?? { inFlight: 0, paces: new Set() };
	runs.set(owner, run);
	return run;
}
