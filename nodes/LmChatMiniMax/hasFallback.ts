import { NodeConnectionTypes, type INode, type ISupplyDataFunctions } from 'n8n-workflow';

import { isRecord } from '../minimax/json/isRecord';

/** What the contexts of sub-nodes have, since n8n-core 1.122 at least, and their types do not list. */
type SubNodeContext = ISupplyDataFunctions & {
	/** Of the root: the agent or chain that is being executed. */
	getExecuteData?(): { readonly node: INode };
	/** The node that the model was asked for by. */
	readonly parentNode?: INode;
	/** The sub-nodes of a node by the index of its input. */
	getConnections?(node: INode, type: string): unknown;
};

/**
 * Whether a fallback model stands ready for this one: the agent or chain it serves has its fallback
 * enabled, and this is not the fallback itself. A Model Selector may stand in between.
 */
export function hasFallback(context: SubNodeContext): boolean {
	const self = context.getNode();
	const root = context.getExecuteData?.().node;
	if (root === undefined) return false;
	const parent = context.parentNode ?? root;
	if (enablesFallback(parent)) return !isFallbackOf(parent, self, context);
	return enablesFallback(root) && !isFallbackOf(root, parent, context);
}

function enablesFallback({ parameters }: INode): boolean {
	return parameters.needsFallback === true;
}

/** Agents and chains take the fallback model at their second input. */
function isFallbackOf(node: INode, model: INode, context: SubNodeContext): boolean {
	const inputs = context.getConnections?.(node, NodeConnectionTypes.AiLanguageModel);
	const fallbacks: unknown = Array.isArray(inputs) ? inputs[1] : undefined;
	return (
		Array.isArray(fallbacks) && fallbacks.some((one) => isRecord(one) && one.node === model.name)
	);
}
