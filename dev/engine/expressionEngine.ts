import { Expression } from 'n8n-workflow';
import { endWithEngine } from './closeEngine.ts';

let started: Promise<void> | undefined;

/**
 * Starts the engine a server evaluates `={{ … }}` with: isolated-vm, and n8n 2.41's defaults. Once per
 * process (about 0.2 s); `N8N_EXPRESSION_ENGINE=legacy` leaves it out, as on a server.
 */
export async function startExpressionEngine(): Promise<void> {
	if (process.env.N8N_EXPRESSION_ENGINE === 'legacy') return;
	if (started === undefined) {
		started = Expression.initExpressionEngine({
			engine: 'vm',
			poolSize: 1,
			maxCodeCacheSize: 1024,
			bridgeTimeout: 5000,
			bridgeMemoryLimit: 128,
		});
		// An isolate that is still in the pool keeps the process alive.
		endWithEngine(async () => {
			started = undefined;
			await Expression.disposeExpressionEngine();
		});
	}
	await started;
}
