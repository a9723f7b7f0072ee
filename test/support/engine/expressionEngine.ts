import { Expression } from 'n8n-workflow';

let started: Promise<void> | undefined;

/**
 * Starts the engine a server evaluates `={{ … }}` with: isolated-vm, and n8n 2.41's defaults. Once per
 * test file (about 0.2 s); `N8N_EXPRESSION_ENGINE=legacy` leaves it out, as on a server.
 */
export async function startExpressionEngine(): Promise<void> {
	if (process.env.N8N_EXPRESSION_ENGINE === 'legacy') return;
	started ??= Expression.initExpressionEngine({
		engine: 'vm',
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
	});
	await started;
}

// An isolate that is still in the pool would keep jest's process alive.
afterAll(async () => await Expression.disposeExpressionEngine());
