interface Stoppable {
	getExecutionCancelSignal(): AbortSignal | undefined;
}

/**
 * The context with another signal for stopping: n8n's HTTP helper takes the signal from the context it is
 * called on, and overwrites one in the options.
 */
export function withSignal<Context extends Stoppable>(
	context: Context,
	signal: AbortSignal | undefined,
): Context {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } });
}
