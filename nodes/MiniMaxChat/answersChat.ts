import type { IExecuteFunctions, IExecuteSingleFunctions } from 'n8n-workflow';

/** On every context of n8n; the types of single-item ones do not list it. */
type ChatContext = IExecuteSingleFunctions & Partial<Pick<IExecuteFunctions, 'getChatTrigger'>>;

/**
 * Whether a Chat Trigger belongs to the workflow. n8n's chat shows the last item's `output`, `text` or
 * `message`, and the item's JSON where it has none of them.
 */
export function answersChat(context: ChatContext): boolean {
	return (context.getChatTrigger?.() ?? null) !== null;
}
