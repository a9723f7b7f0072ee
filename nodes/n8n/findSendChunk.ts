import type {
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IWorkflowExecuteAdditionalData,
	StructuredChunk,
} from 'n8n-workflow';

export type SendChunk = IExecuteFunctions['sendChunk'];

interface ChunkHooks {
	handlers?: { sendChunk?: unknown[] };
	runHook?: (name: 'sendChunk', chunks: [StructuredChunk]) => Promise<void>;
}

/** What single-item contexts have at run time and their types do not list. */
type StreamingContext = IExecuteSingleFunctions &
	Partial<Pick<IExecuteFunctions, 'isStreaming' | 'sendChunk'>> & {
		readonly additionalData?: Pick<IWorkflowExecuteAdditionalData, 'streamingEnabled'> & {
			hooks?: ChunkHooks;
		};
		readonly runIndex?: number;
	};

/** As in n8n's isStreaming. */
const STREAMING_MODES = ['manual', 'webhook', 'integrated', 'chat'];

/**
 * How to send chunks to whoever listens to the workflow's response; undefined where nobody does.
 *
 * n8n 2.37 and later have `isStreaming` and `sendChunk` on single-item contexts. Earlier versions have the two
 * only on contexts for whole nodes, but the hook that `sendChunk` runs can be reached from both. So it is run
 * here as they do (n8n-core 1.123 to 2.36, execute-context.js); those versions do not change any more.
 */
export function findSendChunk(context: StreamingContext): SendChunk | undefined {
	if (context.isStreaming !== undefined) {
		return context.isStreaming() ? context.sendChunk?.bind(context) : undefined;
	}
	const { hooks, streamingEnabled } = context.additionalData ?? {};
	const isHeard = streamingEnabled === true && (hooks?.handlers?.sendChunk ?? []).length > 0;
	if (!isHeard || !STREAMING_MODES.includes(context.getMode())) return undefined;
	return async (type, itemIndex, content) => {
		const { id: nodeId, name: nodeName } = context.getNode();
		await hooks?.runHook?.('sendChunk', [
			{
				type,
				content: typeof content === 'string' ? content : undefined,
				metadata: {
					nodeId,
					nodeName,
					itemIndex,
					runIndex: context.runIndex ?? 0,
					timestamp: Date.now(),
				},
			},
		]);
	};
}
