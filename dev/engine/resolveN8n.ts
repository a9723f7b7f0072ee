/**
 * Imported before the engine where Node runs these files itself (jest needs none of it): n8n-workflow's
 * ES modules (2.41) leave out the extensions of their imports, which only bundlers take. Its CommonJS
 * files are the ones that n8n-core requires, so the engine and we have one and the same.
 */
import { registerHooks } from 'node:module';

registerHooks({
	resolve: (specifier, context, nextResolve) =>
		nextResolve(
			specifier,
			specifier === 'n8n-workflow' ? { ...context, conditions: ['require', 'node'] } : context,
		),
});
